"""The counts that are reported once a year for the national figures."""

from flask_babel import lazy_gettext as _l

from app.web.fields import DayField, NumberField, TextField, TickField
from app.web.forms import Form


class CountsForm(Form):
    as_of = DayField(
        _l("時点"), not_future=True, description=_l("数を調べた日。ふつうは年度の7月末日や3月末日です。")
    )
    working_age = NumberField(
        _l("稼働年齢層の生活保護受給者"),
        unit=_l("人"),
        most=100_000,
        description=_l("15歳から64歳までの人。"),
    )
    excluded_illness = NumberField(_l("うち、傷病・障害のため就労が難しい人"), unit=_l("人"), most=100_000)
    excluded_school = NumberField(_l("うち、就学中の人"), unit=_l("人"), most=100_000)
    excluded_care = NumberField(_l("うち、育児・介護のため就労が難しい人"), unit=_l("人"), most=100_000)
    excluded_working = NumberField(_l("うち、すでに能力に応じて就労している人"), unit=_l("人"), most=100_000)
    excluded_other = NumberField(_l("うち、その他の理由で参加できない人"), unit=_l("人"), most=100_000)
    other_households = NumberField(
        _l("その他の世帯"),
        unit=_l("世帯"),
        most=100_000,
        description=_l("高齢者・母子・傷病者・障害者のどれでもない世帯。"),
    )
    other_households_working = NumberField(
        _l("うち、就労している人のいる世帯"), unit=_l("世帯"), most=100_000
    )
    source = TextField(
        _l("出典"), max_length=200, description=_l("例：被保護者調査（7月末現在）、福祉事務所の台帳")
    )
    sure = TickField(_l("100%を超える参加率になることを確かめました"))
