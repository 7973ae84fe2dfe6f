"""Forms of the rules of guidance and of their scenarios."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.foundation.errors import N_, DomainError
from app.foundation.labels import LabelledEnum, Words
from app.guidance.forms import SituationForm
from app.situation.situation import Language, WorkHistory, WorkWish
from app.situation.vocabulary import AssistanceStatus, TargetGroup, Topic
from app.web.fields import Checks, Choice, DayField, EnumChecks, EnumChoice, MemoField, NumberField, TextField
from app.web.forms import Form
from app.windows.rules import MOST_POINTS, Conditions, Rule, RuleKind

SETS = ("target_groups", "assistance", "work", "wish", "needs", "language")
FLAGS = ("single_parent", "certificate", "children")
UNKNOWN_IS_NO_CONDITION = N_("「不明」は条件にできません。")


class Whether(LabelledEnum):
    ANY = "any", "問わない", "Either"
    YES = "yes", "はい", "Yes"
    NO = "no", "いいえ", "No"


TRUTH = {Whether.YES: True, Whether.NO: False}


class RuleForm(Form):
    previewed = HiddenField()
    kind = EnumChoice(_l("はたらき"), RuleKind)
    points = NumberField(
        _l("点数"),
        least=0,
        most=MOST_POINTS,
        description=_l("合う窓口が二つ以上あるとき、点数の大きいルールの窓口が先になります。"),
    )
    target_groups = EnumChecks(_l("対象者"), TargetGroup, required=False)
    single_parent = EnumChoice(_l("ひとり親"), Whether, shortcuts=False, required=False)
    age_from = NumberField(_l("年齢の下限"), least=0, most=120, unit=_l("歳から"), required=False)
    age_to = NumberField(_l("年齢の上限"), least=0, most=120, unit=_l("歳まで"), required=False)
    assistance = EnumChecks(_l("保護・手当"), AssistanceStatus, required=False)
    certificate = EnumChoice(_l("障害者手帳がある"), Whether, shortcuts=False, required=False)
    children = EnumChoice(_l("子どもを育てている"), Whether, shortcuts=False, required=False)
    work = EnumChecks(_l("これまでの仕事"), WorkHistory, required=False)
    wish = EnumChecks(_l("希望する働き方"), WorkWish, required=False)
    needs = EnumChecks(_l("相談内容"), Topic, required=False)
    language = EnumChecks(_l("ことば"), Language, required=False)
    reason = MemoField(
        _l("理由（日本語）"), required=True, description=_l("案内する方に見せる、やさしい日本語の一文です。")
    )
    reason_en = MemoField(_l("理由（英語）"))
    valid_from = DayField(_l("この日から"), required=False, shortcuts=False)
    valid_to = DayField(_l("この日まで"), required=False, shortcuts=False)


class NewRuleForm(RuleForm):
    window = Choice(_l("窓口"), kind="select")
    key = TextField(
        _l("ルールの名前"),
        max_length=60,
        fold=True,
        description=_l("英数字の短い名前です。あとから変えられません。"),
    )


class ScenarioForm(SituationForm):
    title = TextField(_l("どんな方か"), max_length=120)
    key = TextField(_l("番号"), max_length=60, fold=True, description=_l("英数字の短い番号です。"))
    first = Choice(_l("最初に案内する窓口"), kind="select")
    also = Checks(_l("あわせて案内する窓口"), required=False)
    never = Checks(_l("案内しない窓口"), required=False)
    reason = MemoField(_l("理由"), required=True, description=_l("なぜその窓口なのかを書きます。"))
    day = DayField(_l("ある日のこととして調べる"), required=False, shortcuts=False)


def values_of(rule: Rule) -> dict[str, Any]:
    """Return what a form shows of a rule."""
    when = rule.conditions
    flags = {name: whether(getattr(when, name)) for name in FLAGS}
    sets = {name: tuple(getattr(when, name)) for name in SETS}
    return {
        **sets,
        **flags,
        "kind": rule.kind,
        "points": rule.points,
        "age_from": when.age_from,
        "age_to": when.age_to,
        "reason": rule.reason.ja,
        "reason_en": rule.reason.en,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
    }


def whether(value: bool | None) -> Whether:
    """Return a condition as it is chosen."""
    return next((choice for choice, truth in TRUTH.items() if truth is value), Whether.ANY)


def rule_from(form: RuleForm, *, key: str, window_key: str) -> Rule:
    """Return the rule that a form describes.

    Raises:
        DomainError: "unknown" was chosen as a condition.
    """
    if AssistanceStatus.UNKNOWN in form.assistance.data:
        raise DomainError(UNKNOWN_IS_NO_CONDITION, field="assistance")
    sets = {name: frozenset(form[name].data) for name in SETS}
    flags = {name: TRUTH.get(form[name].data) for name in FLAGS}
    when: dict[str, Any] = {**sets, **flags, "age_from": form.age_from.data, "age_to": form.age_to.data}
    return Rule(
        key=key,
        window_key=window_key,
        kind=form.kind.data,
        conditions=Conditions(**when),
        points=form.points.data,
        reason=Words(ja=form.reason.data, en=form.reason_en.data),
        valid_from=form.valid_from.data,
        valid_to=form.valid_to.data,
    )
