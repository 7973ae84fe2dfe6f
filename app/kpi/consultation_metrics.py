"""Figures of consultations and of registrations at the centre."""

from functools import partial
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, null, type_coerce

from app.cases.group_counts import UNKNOWN
from app.cases.models import Case, Consultation, ConsultationCount, Registration
from app.cases.vocabulary import ConsultationKind, Dimension, RegistrationKind
from app.foundation.db import Coded
from app.kpi.metric import CARD_BASED, Metric, row_select, sums_select, within
from app.kpi.period import Period
from app.kpi.rollup_models import ConsultationDay
from app.kpi.rows import consultation_rows
from app.kpi.vocabulary import By, MetricKind
from app.plan.register import Words
from app.plan.vocabulary import Counting
from app.situation.programme import Programme
from app.situation.vocabulary import TargetGroup

HELD_ON = Words(ja="相談日", en="Day of consultation")
HEADCOUNT = Words(ja="人数", en="People")
CONSULTED = (By.MONTH, By.OFFICE, By.TARGET_GROUP)


def consultations(period: Period, programme: Programme, kind: ConsultationKind) -> Select[Any]:
    """Return live consultations of a programme and kind; each weighs as many people as came.

    A group session that was counted by target group makes one row for each, which sum up to its headcount.
    """
    counted = ConsultationCount
    group = case(
        (counted.heads.is_(None), Consultation.target_group),
        (counted.value == UNKNOWN, null()),
        else_=type_coerce(counted.value, Coded(TargetGroup)),
    )
    return (
        consultation_rows(
            weight=func.coalesce(counted.heads, Consultation.headcount),
            target_group=type_coerce(group, Coded(TargetGroup)),
        )
        .outerjoin(
            counted,
            and_(counted.consultation_id == Consultation.id, counted.dimension == Dimension.TARGET_GROUP),
        )
        .where(
            Consultation.programme == programme,
            Consultation.kind == kind,
            *within(period, Consultation.fiscal_year, Consultation.held_on),
        )
    )


def consultation_days(period: Period, programme: Programme, kind: ConsultationKind) -> Select[Any]:
    """Return the same consultations as sums by day, office and target group, as the database keeps them."""
    return sums_select(
        ConsultationDay.held_on,
        entries=ConsultationDay.entries,
        weight=ConsultationDay.heads,
        office_id=ConsultationDay.office_id,
        programme=ConsultationDay.programme,
        target_group=type_coerce(func.nullif(ConsultationDay.target_group, ""), Coded(TargetGroup)),
    ).where(
        ConsultationDay.programme == programme,
        ConsultationDay.kind == kind,
        ConsultationDay.entries > 0,
        *within(period, ConsultationDay.fiscal_year, ConsultationDay.held_on),
    )


def assistance_consultations(period: Period) -> Select[Any]:
    """Return the consultations of measure 6."""
    return consultations(period, Programme.ASSISTANCE, ConsultationKind.CONSULTATION)


def centre_consultations(period: Period) -> Select[Any]:
    """Return the consultations of the centre; retention contacts are none of them."""
    return consultations(period, Programme.CENTRE, ConsultationKind.CONSULTATION)


def centre_retention_contacts(period: Period) -> Select[Any]:
    """Return the retention contacts of the centre."""
    return consultations(period, Programme.CENTRE, ConsultationKind.RETENTION)


def centre_registrants(period: Period) -> Select[Any]:
    """Return registrations valid at the end of the period's last day, 31 March or today."""
    return (
        row_select(
            "registration",
            Registration.id,
            Registration.starts_on,
            other_day=Registration.ends_on,
            case=Registration.case_id,
            part=Registration.kind,
            office=Registration.office_id,
            programme=literal(Programme.CENTRE, Coded(Programme)),
            # The centre registers disabled people only (measure 4).
            target_group=literal(TargetGroup.DISABILITY, Coded(TargetGroup)),
        )
        .join(Case, Case.id == Registration.case_id)
        .where(
            Registration.starts_on <= period.last,
            Registration.ends_on >= period.last,
            Registration.voided_at.is_(None),
        )
    )


METRICS = (
    Metric(
        key="assistance_consultations",
        title=Words(ja="相談者の延べ件数", en="Consultations (visits)"),
        unit=Words(ja="件", en="consultations"),
        counting=Counting.VISITS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に行った、生活保護被保護者等就労促進事業の相談の人数の合計。定着支援と誤入力は含みません。",
            en="People in consultations of the year under the employment promotion programme, each "
            "visit counted; retention contacts and entries in error are left out.",
        ),
        rows=assistance_consultations,
        sums=partial(consultation_days, programme=Programme.ASSISTANCE, kind=ConsultationKind.CONSULTATION),
        by=CONSULTED,
        programme=Programme.ASSISTANCE,
        day_title=HELD_ON,
        weight_title=HEADCOUNT,
    ),
    Metric(
        key="centre_registrants",
        title=Words(ja="登録人数", en="People registered"),
        unit=Words(ja="人", en="people"),
        counting=Counting.PERSONS,
        kind=MetricKind.STOCK,
        rule=Words(
            ja="3月31日（年度の途中は今日）の終わりに、障害者就労支援センターの登録が有効な人の数。"
            "登録は1年間で、1年後の同じ日の前日まで有効です。",
            en="People whose registration at the centre is valid at the end of 31 March (today in a "
            "running year). It lasts one year, to the day before its anniversary.",
        ),
        rows=centre_registrants,
        by=(By.PART, By.OFFICE),
        programme=Programme.CENTRE,
        note=CARD_BASED,
        parts=RegistrationKind,
        day_title=Words(ja="登録の始まり", en="Registered from"),
        other_day_title=Words(ja="有効期限", en="Valid to"),
    ),
    Metric(
        key="centre_consultations",
        title=Words(ja="相談人数", en="People consulted (visits)"),
        unit=Words(ja="人", en="visits"),
        counting=Counting.VISITS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に行った、障害者就労支援センターの相談の人数の合計。定着支援は別に数え、重ねて数えません。",
            en="People in consultations of the year at the centre, each visit counted; "
            "retention contacts are counted apart, never twice.",
        ),
        rows=centre_consultations,
        sums=partial(consultation_days, programme=Programme.CENTRE, kind=ConsultationKind.CONSULTATION),
        by=CONSULTED,
        programme=Programme.CENTRE,
        note=Words(
            ja="計画書の相談人数は、数の大きさから延べ人数と読んでいます。",
            en="The plan's figure is read as visits, because of its size.",
        ),
        day_title=HELD_ON,
        weight_title=HEADCOUNT,
    ),
    Metric(
        key="centre_retention_contacts",
        title=Words(ja="定着支援人数延べ", en="Retention support (visits)"),
        unit=Words(ja="人", en="visits"),
        counting=Counting.VISITS,
        kind=MetricKind.FLOW,
        rule=Words(
            ja="年度内に行った、障害者就労支援センターの定着支援の人数の合計。",
            en="People in retention contacts of the year at the centre, each contact counted.",
        ),
        rows=centre_retention_contacts,
        sums=partial(consultation_days, programme=Programme.CENTRE, kind=ConsultationKind.RETENTION),
        by=CONSULTED,
        programme=Programme.CENTRE,
        day_title=HELD_ON,
        weight_title=HEADCOUNT,
    ),
)
