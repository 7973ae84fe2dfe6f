"""How good guidance was: what found nothing, what went to the wrong window, and what came after that."""

from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import aliased

from app.cases.models import Case
from app.cases.queries import person_id, stands_for
from app.guidance.models import Guidance
from app.kpi.metric import Metric
from app.kpi.period import Period
from app.kpi.referral_metrics import SENT_ON, guidance_given, has_move, moves_to
from app.kpi.vocabulary import By, Fitting, MetricKind, Rerouting
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.referrals.lifecycle import ANSWERED
from app.referrals.models import Referral, ReferralMove
from app.referrals.queries import counts
from app.referrals.vocabulary import DeclineCode, State
from app.situation.programme import Programme

JUDGED = (By.PART, By.MONTH, By.OFFICE, By.AGENCY, By.WINDOW, By.TARGET_GROUP)


def guidance_unmatched(period: Period) -> Select[Any]:
    """Return guidance of the year for which no window fitted."""
    return guidance_given(period).where(Guidance.nothing_matched.is_(True))


def wrong_window(period: Period) -> Select[Any]:
    """Return referrals sent in the year and answered, with whether it was the wrong window."""
    move = aliased(ReferralMove)
    wrong = (
        select(move.id)
        .where(
            move.referral_id == Referral.id,
            move.to_state == State.DECLINED,
            move.code == DeclineCode.WRONG_WINDOW.value,
            counts(move),
        )
        .correlate(Referral)
        .exists()
    )
    part = case((wrong, Fitting.WRONG_WINDOW.value), else_=Fitting.OTHERWISE.value)
    return moves_to(period, State.SENT, part=part).where(has_move(*ANSWERED))


def rerouted(period: Period) -> Select[Any]:
    """Return referrals declined in the year as the wrong window, with whether another one was found."""
    part = case(
        (or_(referred_again(), guided_again()), Rerouting.REROUTED.value), else_=Rerouting.NOT_YET.value
    )
    return moves_to(period, State.DECLINED, part=part).where(
        ReferralMove.code == DeclineCode.WRONG_WINDOW.value
    )


def referred_again() -> ColumnElement[bool]:
    """Return the condition that the person was sent to another window on the day of the refusal or later."""
    other, sent, void, own = aliased(Referral), aliased(ReferralMove), aliased(ReferralMove), aliased(Case)
    in_error = select(void.id).where(void.referral_id == other.id, void.to_state == State.VOID)
    return (
        select(other.id)
        .join(sent, sent.referral_id == other.id)
        .join(own, own.id == other.case_id)
        .where(
            stands_for(own, person_id()),
            other.window_id != Referral.window_id,
            sent.to_state == State.SENT,
            sent.happened_on >= ReferralMove.happened_on,
            ~in_error.correlate(other).exists(),
        )
        .correlate(Referral, ReferralMove, Case)
        .exists()
    )


def guided_again() -> ColumnElement[bool]:
    """Return the condition that another window was named to the person on that day or later."""
    own = aliased(Case)
    return (
        select(Guidance.id)
        .join(own, own.id == Guidance.case_id)
        .where(
            stands_for(own, person_id()),
            Guidance.window_id != Referral.window_id,
            Guidance.given_on >= ReferralMove.happened_on,
            Guidance.voided_at.is_(None),
        )
        .correlate(Referral, ReferralMove, Case)
        .exists()
    )


METRICS = (
    Metric(
        key="guidance_unmatched",
        title=Words(ja="合う窓口がなかった案内", en="Guidance that found no window"),
        unit=Words(ja="件", en="times"),
        counting=Counting.VISITS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内の窓口案内のうち、聞いた状況に合う窓口がなく、総合窓口などを案内した件数。",
            en="Guidance of the year in situations that no window fits; some window was named all the same.",
        ),
        rows=guidance_unmatched,
        by=(By.MONTH, By.OFFICE, By.AGENCY, By.WINDOW, By.TARGET_GROUP),
        programme=Programme.GUIDANCE,
        day_title=Words(ja="案内日", en="Day"),
    ),
    Metric(
        key="wrong_window_rate",
        title=Words(ja="窓口違いの割合", en="Referrals to the wrong window"),
        unit=Words(ja="%", en="%"),
        counting=Counting.NEITHER,
        kind=MetricKind.COHORT,
        rule=Words(
            ja="年度内に送って返事のあった紹介のうち、「窓口違い」として受理されなかったものの割合。",
            en="Of the year's referrals that were answered, the share declined as sent to the wrong window.",
        ),
        rows=wrong_window,
        by=JUDGED,
        programme=Programme.GUIDANCE,
        parts=Fitting,
        numerator=Fitting.WRONG_WINDOW.value,
        day_title=SENT_ON,
        decimals=1,
    ),
    Metric(
        key="rerouted_rate",
        title=Words(ja="窓口違いのあとの再案内", en="Found another window afterwards"),
        unit=Words(ja="%", en="%"),
        counting=Counting.NEITHER,
        kind=MetricKind.COHORT,
        rule=Words(
            ja="年度内に「窓口違い」として受理されなかった紹介のうち、その日から後に、"
            "別の窓口への紹介か案内があった割合。初めに紹介した窓口ごとに数えます。",
            en="Of the referrals declined in the year as sent to the wrong window, the share after which the "
            "person was referred or guided to another window, that day or later; by the window first chosen.",
        ),
        rows=rerouted,
        by=JUDGED,
        programme=Programme.GUIDANCE,
        parts=Rerouting,
        numerator=Rerouting.REROUTED.value,
        day_title=Words(ja="不受理の日", en="Declined on"),
        decimals=1,
        looks_at_person=True,
    ),
)
