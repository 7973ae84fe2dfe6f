"""集団の相談: counts per dimension sum up to the headcount, and figures follow them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.consultation_operations import change_consultation, record_consultations
from app.cases.consultation_queries import list_counts
from app.cases.entries import NewConsultation
from app.cases.group_counts import UNKNOWN, complete, most_of, offered
from app.cases.vocabulary import Channel, Dimension, Source
from app.foundation.errors import DomainError
from app.kpi import counts as figures
from app.kpi.metrics import get_metric
from app.kpi.period import Period
from app.kpi.vocabulary import By
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic
from tests import factories

DAY = date(2025, 6, 2)
GROUPS = {Dimension.TARGET_GROUP: {"youth": 6, "middle_aged": 3}}


def session(headcount=12, counts=GROUPS, **more):
    facts = {
        "case_id": None,
        "programme": Programme.ASSISTANCE,
        "held_on": DAY,
        "minutes": 90,
        "channel": Channel.VISIT,
        "source": Source.SELF,
        "assistance": AssistanceStatus.UNKNOWN,
        "age_band": AgeBand.UNKNOWN,
        "household": Household.UNKNOWN,
        "target_group": TargetGroup.YOUTH,
        "topic": Topic.JOB_SEARCH,
        "headcount": headcount,
        "counts": counts,
    } | more
    return NewConsultation(**facts)


@given(
    st.sampled_from(Dimension).flatmap(
        lambda dimension: st.tuples(
            st.just(dimension),
            st.dictionaries(
                st.sampled_from([value.value for value in offered(dimension)]), st.integers(0, 40)
            ),
        )
    ),
    st.integers(1, 500),
)
def test_a_dimension_sums_up_to_the_headcount_or_is_refused(counted, headcount):
    dimension, heads = counted
    if sum(heads.values()) > headcount:
        with pytest.raises(DomainError) as refused:
            complete({dimension: heads}, headcount=headcount)
        assert refused.value.field == f"{dimension.value}_counts"
        return
    done = complete({dimension: heads}, headcount=headcount)
    if not any(heads.values()):
        assert done == {}
        return
    assert sum(done[dimension].values()) == headcount
    assert {value: count for value, count in done[dimension].items() if value != UNKNOWN} == {
        value: count for value, count in heads.items() if count
    }


def test_the_group_that_most_were_of_stands_for_the_session():
    assert most_of(GROUPS, Dimension.TARGET_GROUP, TargetGroup.OTHER) == "youth"
    assert most_of({}, Dimension.TARGET_GROUP, TargetGroup.OTHER) == "other"


@pytest.fixture
def desk(db_session):
    return factories.make_actor()


def by_group():
    found = figures.breakdown(
        get_metric("assistance_consultations"), Period.of(2025, today=date(2026, 4, 1)), By.TARGET_GROUP
    )
    return {group: figure.value for group, figure in found.items()}


@pytest.mark.both_databases
def test_figures_by_target_group_follow_the_counts_and_the_total_the_headcount(desk):
    record_consultations(actor=desk, new=[session(), session(headcount=4, counts=None)])
    assert by_group() == {TargetGroup.YOUTH: 6 + 4, TargetGroup.MIDDLE_AGED: 3, None: 3}
    total = figures.value(get_metric("assistance_consultations"), Period.of(2025, today=date(2026, 4, 1)))
    assert total.value == 16


@pytest.mark.both_databases
def test_a_correction_keeps_the_counts_unless_it_says_others(desk):
    made = record_consultations(actor=desk, new=[session()])[0]
    change_consultation(actor=desk, consultation_id=made, version=1, entry=session(headcount=20, counts=None))
    assert list_counts(consultation_id=made) == {
        Dimension.TARGET_GROUP: {"youth": 6, "middle_aged": 3, UNKNOWN: 11}
    }
    change_consultation(actor=desk, consultation_id=made, version=2, entry=session(counts={}))
    assert list_counts(consultation_id=made) == {}


@pytest.mark.both_databases
def test_fewer_people_than_were_counted_are_refused(desk):
    made = record_consultations(actor=desk, new=[session()])[0]
    with pytest.raises(DomainError, match="9人"):
        change_consultation(
            actor=desk, consultation_id=made, version=1, entry=session(headcount=5, counts=None)
        )


def test_one_person_with_a_case_is_not_counted_by_dimensions(desk):
    case = factories.make_case()
    with pytest.raises(DomainError):
        record_consultations(actor=desk, new=[session(headcount=1, case_id=case.id)])
