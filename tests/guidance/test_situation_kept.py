"""What is stored with guidance reproduces the answer that was given."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.foundation import clock
from app.foundation.db import db
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.guidance import kept, operations, queries
from app.guidance.facts import facts_of, is_blank, without_moment
from app.guidance.models import Guidance
from app.guidance.operations import NewGuidance
from app.guidance.panel import find_answer, get_panel, moment_on
from app.situation.situation import Language, Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.windows.loading import load_directory
from tests.factories import make_case, make_consultation, system_actor

MOMENT = datetime(2026, 11, 20, 1, 42, tzinfo=UTC)
SITUATIONS = some.builds(
    Situation,
    target_groups=some.frozensets(some.sampled_from(TargetGroup)),
    single_parent=some.booleans(),
    age_band=some.sampled_from(AgeBand),
    assistance=some.sampled_from(AssistanceStatus),
    certificate=some.sampled_from([None, True, False]),
    children=some.sampled_from([None, True, False]),
    work=some.none() | some.sampled_from(WorkHistory),
    wish=some.none() | some.sampled_from(WorkWish),
    needs=some.frozensets(some.sampled_from(Topic)),
    language=some.none() | some.sampled_from(Language),
    at=some.none() | some.just(MOMENT),
)
A_MOTHER = Situation(
    target_groups=frozenset({TargetGroup.PARENT}),
    single_parent=True,
    age_band=AgeBand.A35_39,
    assistance=AssistanceStatus.CHILD_ALLOWANCE,
    children=True,
    wish=WorkWish.TRAINING,
    needs=frozenset({Topic.TRAINING}),
    at=MOMENT,
)


@pytest.fixture
def directory(db_session):
    with clock.standing_at(MOMENT):
        with transaction():
            load_directory(actor=system_actor())
        yield


@given(SITUATIONS)
def test_a_situation_is_read_back_as_it_was_written(situation):
    assert kept.read_situation(kept.write_situation(situation)) == situation
    assert len(kept.write_situation(situation)) <= kept.LONGEST


@pytest.mark.parametrize(
    "text",
    ["", "null", "[]", "{", '{"age_band":"200"}', '{"name":"x"}', '{"needs":"debt"}', '{"at":"soon"}',
     '{"certificate":"yes"}', "[" * 3000, "9" * 5000],
)  # fmt: skip
def test_what_is_no_situation_is_refused_with_a_sentence(text):
    with pytest.raises(DomainError):
        kept.read_situation(text)


@given(SITUATIONS)
def test_the_moment_is_no_part_of_what_a_situation_says(situation):
    assert facts_of(situation) == facts_of(without_moment(situation))
    said = [(type(one), one.value) for one in facts_of(situation)]
    assert len(set(said)) == len(said)


def test_who_gets_no_help_and_said_nothing_else_said_nothing():
    assert is_blank(Situation(assistance=AssistanceStatus.NONE, at=MOMENT))
    assert not is_blank(Situation(needs=frozenset({Topic.DEBT})))


def record(situation, key=None):
    """Record guidance to the window of a key, by default to the first one proposed."""
    day = clock.today()
    found = find_answer(situation, day)
    case = make_case(opened_on=day)
    held = make_consultation(case, held_on=day)
    chosen = next(
        (one for one in found.answer.suggestions if key in (None, one.window_key)), None
    ) or pytest.fail("no such window was proposed")
    db.session.commit()
    new = NewGuidance(
        consultation_id=held.id, case_id=case.id, window_id=chosen.window_id, given_on=day,
        target_group=held.target_group, found=found,
    )  # fmt: skip
    with transaction():
        made = operations.record_guidance(actor=system_actor(), new=[new])[0]
    return found, made


@pytest.mark.both_databases
def test_what_is_stored_gives_the_same_answer_again(directory):
    asked = [A_MOTHER] + [
        Situation(
            target_groups=frozenset({group}),
            age_band=age,
            assistance=status,
            needs=frozenset({need}),
            at=MOMENT,
        )
        for group, age, status, need in zip(
            TargetGroup, list(AgeBand)[::2], AssistanceStatus, list(Topic)[::3], strict=True
        )
    ]
    for situation in asked:
        found, made = record(situation)
        stored = queries.list_of_consultation(actor=system_actor(), consultation_id=made.consultation_id)[0]
        again = find_answer(stored.situation, stored.given_on)
        assert again == found
        assert stored.ranked == tuple((one.window_key, one.points) for one in again.answer.suggestions)
        assert stored.chosen_rank == 1
        assert stored.nothing_matched == again.answer.nothing_matched


@pytest.mark.both_databases
def test_a_window_that_was_not_proposed_has_no_rank(directory):
    panel = get_panel(A_MOTHER, clock.today())
    ranked = {one.window_id for one in panel.suggestions}
    other = next(window for window in panel.windows if window.window_id not in ranked)
    assert panel.found.rank_of(other.window_id) is None
    assert not panel.is_ranked(other.window_id)


def test_guidance_named_without_asking_keeps_nothing(directory):
    day = clock.today()
    held = make_consultation(make_case(opened_on=day), held_on=day)
    window = get_panel(A_MOTHER, day).windows[0]
    db.session.commit()
    with transaction():
        operations.record_guidance(
            actor=system_actor(),
            new=[NewGuidance(
                consultation_id=held.id, case_id=held.case_id, window_id=window.window_id, given_on=day,
                target_group=held.target_group,
            )],
        )  # fmt: skip
    stored = db.session.query(Guidance).one()
    assert (stored.situation, stored.ranked, stored.chosen_rank) == (None, None, None)
    assert stored.nothing_matched is False


def test_only_codes_are_stored(directory):
    _found, made = record(A_MOTHER)
    codes = json.loads(made.situation)
    assert codes == A_MOTHER.codes()
    assert {type(one) for one in codes.values()} <= {str, bool, list, type(None)}


def test_the_hour_is_asked_only_of_today():
    with clock.standing_at(MOMENT):
        assert moment_on(date(2026, 11, 20)) == MOMENT
        assert moment_on(date(2026, 11, 19)) is None


def test_the_panel_asks_the_database_as_often_for_any_situation(directory, count_statements):
    sent = []
    for situation in (A_MOTHER, Situation(needs=frozenset(Topic), target_groups=frozenset(TargetGroup))):
        db.session.rollback()
        db.session.expunge_all()
        with count_statements() as statements:
            get_panel(situation, clock.today())
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 4, statements
