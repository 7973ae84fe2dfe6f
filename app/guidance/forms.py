"""The questions of guidance, beside a consultation and alone."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.guidance.vocabulary import Said
from app.situation.situation import Language, Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.web.fields import EnumChecks, EnumChoice, TickField
from app.web.forms import Form

SHARED = (
    "target_groups",
    "single_parent",
    "age_band",
    "assistance",
    "topics",
    "certificate",
    "children",
    "work",
    "wish",
    "language",
)
"""Names of the questions, the same wherever they are asked."""


class Questions:
    """What only guidance asks, as fields to be mixed into a form that asks the rest."""

    certificate = EnumChoice(_l("障害者手帳"), Said, shortcuts=False, required=False)
    children = EnumChoice(_l("子ども"), Said, shortcuts=False, required=False)
    work = EnumChoice(_l("いまの仕事"), WorkHistory, kind="select", required=False)
    wish = EnumChoice(_l("希望する働き方"), WorkWish, kind="select", required=False)
    language = EnumChoice(_l("ことば"), Language, kind="select", required=False)


class SituationForm(Questions, Form):
    topics = EnumChecks(_l("相談内容"), Topic, required=False)
    target_groups = EnumChecks(_l("対象者"), TargetGroup, required=False)
    single_parent = TickField(_l("ひとり親（母子・父子）"))
    age_band = EnumChoice(_l("年代"), AgeBand, kind="select", required=False)
    assistance = EnumChoice(_l("保護・手当"), AssistanceStatus, required=False)


def situation_of(form: Form, *, at: datetime | None) -> Situation:
    """Return the situation that a form describes so far; what cannot be read yet was not asked."""
    return Situation(
        target_groups=frozenset(form["target_groups"].data or ()),
        single_parent=bool(form["single_parent"].data),
        age_band=form["age_band"].data or AgeBand.UNKNOWN,
        assistance=form["assistance"].data or AssistanceStatus.UNKNOWN,
        certificate=form["certificate"].data.truth if form["certificate"].data else None,
        children=form["children"].data.truth if form["children"].data else None,
        work=form["work"].data,
        wish=form["wish"].data,
        needs=frozenset(form["topics"].data or ()),
        language=form["language"].data,
        at=at,
    )
