"""The dashboard: who sees it, what its filters and charts do, and leaving somebody out of its list."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine

from app.access.permissions import Role
from app.audit.models import AuditEntry
from app.foundation.db import db
from app.foundation.errors import Conflict, DomainError, Forbidden, NotFound
from app.foundation.transaction import transaction
from app.home.dashboard import pace_on
from app.kpi.long_support_models import LongSupportBreak
from app.kpi.long_support_operations import SetAside, set_aside, undo
from app.kpi.period import Period
from app.kpi.vocabulary import LongSupportReason
from app.placements.vocabulary import PlacementCategory
from app.referrals.vocabulary import State
from app.situation.programme import Programme
from tests import factories
from tests.kpi.counting import figure

TODAY = date(2025, 11, 20)


@pytest.fixture(autouse=True)
def standing_day():
    with time_machine.travel("2025-11-20T03:00:00+00:00", tick=False):
        yield


@pytest.fixture
def office(db_session):
    return factories.make_office(name="生活福祉課", programme=Programme.ASSISTANCE)


def supported_for_long(office, first=date(2024, 5, 1), newest=date(2025, 10, 1)):
    case = factories.make_case(office)
    for day in (first, newest):
        factories.make_consultation(case, held_on=day)
    db.session.commit()
    return case


def open_page(client, office, address="/dashboard", role=Role.SUPERVISOR) -> str:
    factories.sign_in(client, factories.make_account(role=role, office=office))
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def chief(office):
    return factories.make_actor(Role.SUPERVISOR, office)


HEALTH = SetAside(reason=LongSupportReason.HEALTH, reason_other="", until_on=date(2026, 3, 1))


def test_an_office_without_any_record_is_told_what_will_stand_here(office, client):
    page = open_page(client, office)
    assert "ここには月ごとの数が並びます" in page
    assert "まだ、1か月を過ぎた就職がありません" in page
    assert "長く支援していて就職のない人は、いまいません" in page


def test_on_the_first_of_april_the_year_stands_at_nought(office, client):
    with time_machine.travel("2026-04-01T03:00:00+00:00", tick=False):
        assert "前年の同じ日" in open_page(client, office)


def test_without_a_target_there_is_no_pace_and_it_says_why(office, client):
    page = open_page(client, office)
    assert "今日の目安" not in page
    assert "計画に目標のない年度には出ません" in page


def test_the_pace_of_a_month_is_the_target_in_equal_days():
    whole = SimpleNamespace(target=Decimal(60), period=Period.of(2025, today=TODAY))
    assert pace_on(whole, 30) == pytest.approx(60 * 30 / 365)
    assert pace_on(SimpleNamespace(target=None, period=whole.period), 30) is None


def test_every_mark_of_a_chart_leads_to_its_rows(office, client):
    case = factories.make_case(office)
    factories.make_consultation(case, held_on=date(2025, 5, 1))
    factories.make_placement(case, started_on=date(2025, 5, 20), category=PlacementCategory.RECIPIENT)
    db.session.commit()
    page = open_page(client, office)
    marks = page.split('<svg viewBox="0 0 384 132"')[1].split("</svg>")[0]
    assert marks.count("<rect") == marks.count("<a href=") == 1
    assert "/figures/assistance_placements/2025?part=recipient&amp;month=5" in marks


def test_the_filters_hold_for_everything_at_once_and_stand_in_the_address(office, client):
    other = factories.make_office(name="経済課", programme=Programme.GUIDANCE)
    for one, day in ((office, date(2025, 5, 1)), (other, date(2025, 5, 1)), (office, date(2025, 10, 1))):
        case = factories.make_case(one)
        factories.make_consultation(case, held_on=day)
        factories.make_placement(case, started_on=day, category=PlacementCategory.RECIPIENT)
    db.session.commit()
    address = f"/dashboard.json?office={office.id}&until=2025-09-30&programme=assistance"
    factories.sign_in(client, factories.make_account(role=Role.SUPERVISOR, office=office))
    data = client.get(address).json
    blocks = {block["key"]: block["lines"] for block in data["blocks"]}
    assert data["value"] == 1
    assert [blocks[key][-1]["cells"][-1]["value"] for key in ("by_month", "consultations")] == [1, 1]
    assert blocks["steps"][0]["cells"][0]["value"] == 1
    assert "until=2025-09-30" in blocks["by_office"][-1]["cells"][0]["rows"]


def test_a_wrong_address_shows_this_year_and_breaks_nothing(office, client):
    assert "令和7年度(2025)" in open_page(client, office, "/dashboard?year=xx&until=32&office=999999&long=5")


@pytest.mark.parametrize(("role", "status"), [(Role.COUNSELLOR, 403), (Role.PLAN_DESK, 200)])
def test_supervisors_and_the_plan_desk_see_it(office, client, role, status):
    factories.sign_in(client, factories.make_account(role=role, office=office))
    assert client.get("/dashboard").status_code == status


def test_the_plan_desk_sees_counts_but_neither_numbers_nor_references(office, client):
    case = supported_for_long(office)
    referral = factories.make_referral(case, sent_on=date(2025, 11, 4))
    db.session.commit()
    page = open_page(client, factories.make_office(), "/dashboard?programme=assistance", Role.PLAN_DESK)
    assert case.number not in page
    assert referral.reference not in page
    assert "15日" not in page
    assert "1人すべて" in page


def test_a_supervisor_sees_numbers_of_the_own_office_only(office, client):
    own, foreign = supported_for_long(office), supported_for_long(factories.make_office())
    page = open_page(client, office, "/dashboard?programme=assistance")
    assert own.number in page
    assert foreign.number not in page


def test_what_waits_longest_stands_first(office, client):
    late, early = (
        factories.make_referral(
            case := factories.make_case(office),
            sent_on=day,
            consultation=factories.make_consultation(case, held_on=day),
        )
        for day in (date(2025, 11, 10), date(2025, 10, 1))
    )
    ended = factories.make_referral(factories.make_case(office), sent_on=date(2025, 9, 1))
    factories.make_move(ended, State.WITHDRAWN, happened_on=date(2025, 9, 2), number=2)
    db.session.commit()
    page = open_page(client, office)
    assert 0 < page.index(early.reference) < page.index(late.reference)
    assert ended.reference not in page
    assert "送付" in page.split(early.reference)[-1].split("</tr>")[0]


@pytest.mark.parametrize("more", ["job", "closed", "lately", "gone"])
def test_whoever_found_a_job_or_is_no_more_supported_is_not_on_the_list(office, more):
    newest = date(2024, 9, 1) if more == "gone" else date(2025, 10, 1)
    case = supported_for_long(office, date(2025, 8, 1) if more == "lately" else date(2024, 5, 1), newest)
    if more == "job":
        factories.make_placement(case, started_on=date(2024, 8, 1))
    case.closed_on = date(2025, 11, 1) if more == "closed" else None
    db.session.flush()
    assert figure("long_support_6", 2025).value == 0


def test_a_job_of_the_merged_case_is_a_result_of_the_person(office):
    case = supported_for_long(office)
    other = factories.make_case(office)
    factories.make_placement(other, started_on=date(2025, 1, 10))
    assert figure("long_support_12", 2025).value == 1
    other.merged_into_id = case.id
    db.session.flush()
    assert figure("long_support_12", 2025).value == 0


def test_who_is_left_out_for_a_reason_comes_back_after_the_day(office):
    case = supported_for_long(office)
    set_aside(actor=chief(office), number=case.number, programme=Programme.ASSISTANCE, said=HEALTH)
    parts = standings()
    assert parts == {"set_aside": 1}
    with time_machine.travel("2026-03-02T03:00:00+00:00", tick=False):
        assert standings() == {"listed": 1}


def standings() -> dict[str, int]:
    from app.foundation import clock
    from app.kpi import counts
    from app.kpi.metrics import get_metric
    from app.kpi.period import Period
    from app.kpi.vocabulary import By

    found = counts.breakdown(get_metric("long_support_12"), Period.of(2025, today=clock.today()), By.PART)
    return {key: one.value for key, one in found.items()}


def test_leaving_out_can_be_undone_once_and_is_in_the_trail(office):
    case = supported_for_long(office)
    with transaction():
        kept = set_aside(actor=chief(office), number=case.number, programme=Programme.ASSISTANCE, said=HEALTH)
    with transaction():
        undo(actor=chief(office), break_id=kept.id, version=kept.version)
    assert standings() == {"listed": 1}
    with pytest.raises(Conflict):
        undo(actor=chief(office), break_id=kept.id, version=None)
    actions = db.session.query(AuditEntry.action).filter(AuditEntry.action.like("long_support.%"))
    assert [one for (one,) in actions.order_by(AuditEntry.id)] == [
        "long_support.set_aside",
        "long_support.undone",
    ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (SetAside(reason=LongSupportReason.CARE, reason_other="", until_on=date(2025, 11, 19)), "until_on"),
        (SetAside(reason=LongSupportReason.CARE, reason_other="", until_on=date(2026, 12, 1)), "until_on"),
        (SetAside(reason=LongSupportReason.OTHER, reason_other="", until_on=TODAY), "reason_other"),
        (
            SetAside(reason=LongSupportReason.OTHER, reason_other="090-1234-5678", until_on=TODAY),
            "reason_other",
        ),
    ],
)
def test_a_reason_and_a_day_within_a_year_are_asked_for(office, said, field):
    case = supported_for_long(office)
    with pytest.raises(DomainError) as refused:
        set_aside(actor=chief(office), number=case.number, programme=Programme.ASSISTANCE, said=said)
    assert refused.value.field == field


def test_only_the_own_supervisor_decides(office):
    case = supported_for_long(office)
    with pytest.raises(Forbidden):
        set_aside(
            actor=factories.make_actor(office=office), number=case.number,
            programme=Programme.ASSISTANCE, said=HEALTH,
        )  # fmt: skip
    kept = set_aside(actor=chief(office), number=case.number, programme=Programme.ASSISTANCE, said=HEALTH)
    with pytest.raises(NotFound):
        undo(actor=chief(factories.make_office()), break_id=kept.id, version=None)


def test_the_page_leaves_somebody_out_and_puts_them_back(office, client):
    case = supported_for_long(office)
    page = open_page(client, office, "/dashboard?programme=assistance")
    address = f"/cases/{case.number}/long-support/assistance"
    assert address in page
    assert client.get(address).status_code == 200
    sent = {"reason": "training", "until_on": "2026-03-31", "submission_key": "a" * 32}
    answer = client.post(address, data=sent, follow_redirects=True)
    assert "訓練・学校に通っている" in answer.text
    kept = db.session.query(LongSupportBreak).one()
    client.post(f"/dashboard/long-support/{kept.id}/undo", data={"seen": kept.version})
    db.session.expire_all()
    assert db.session.query(LongSupportBreak).one().undone_at is not None


def test_the_dashboard_reads_as_often_whatever_is_stored(office, client, count_statements):
    def statements() -> int:
        with count_statements() as found:
            assert client.get("/dashboard?programme=assistance").status_code == 200
        return len(found)

    factories.sign_in(client, factories.make_account(role=Role.SUPERVISOR, office=office))
    for _one in range(2):
        case = supported_for_long(office)
        factories.make_referral(case, sent_on=date(2025, 10, 1))
        factories.make_placement(case, started_on=date(2024, 4, 10), category=PlacementCategory.RECIPIENT)
    db.session.commit()
    statements()
    before = statements()
    for _one in range(12):
        case = supported_for_long(office)
        factories.make_referral(case, sent_on=date(2025, 10, 1))
        factories.make_placement(case, started_on=date(2025, 10, 10), category=PlacementCategory.RECIPIENT)
    db.session.commit()
    statements()  # what waits is kept between requests while nothing moves
    assert statements() == before
