"""The form of a group session: how many people, and how many of them were what."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.cases.group_counts import Counts, offered
from app.cases.vocabulary import Channel, Dimension, Source
from app.foundation.errors import DomainError
from app.situation.programme import Programme
from app.situation.vocabulary import Topic
from app.web.fields import (
    DayField,
    EnumChecks,
    EnumChoice,
    MemoField,
    MinutesField,
    NumberField,
    PrimaryChoice,
    TextField,
)
from app.web.filters import label
from app.web.forms import Form


class GroupForm(Form):
    held_on = DayField(_l("日付"), not_future=True)
    programme = EnumChoice(_l("事業"), Programme, kind="select")
    channel = EnumChoice(_l("対応方法"), Channel)
    minutes = MinutesField(_l("時間"), buttons=(30, 45, 60, 90, 120))
    headcount = NumberField(_l("人数"), least=2, most=500, unit=_l("人"))
    topics = EnumChecks(_l("相談内容"), Topic)
    topic = PrimaryChoice(_l("主な内容"), Topic, of="topics")
    topic_other = TextField(_l("そのほかの内容"), required=False, max_length=60)
    source = EnumChoice(_l("相談経路"), Source, kind="select")
    source_other = TextField(_l("そのほかの経路"), required=False, max_length=60)
    memo = MemoField(
        _l("メモ"), required=False, max_length=200, description=_l("氏名や連絡先は書かないでください")
    )

    def counts_of(self, dimension: Dimension) -> list[Any]:
        """Return the fields of one dimension."""
        return [self[count_name(dimension, value)] for value in offered(dimension)]

    def counts(self) -> Counts:
        """Return what was counted, by dimension."""
        return {
            dimension: {
                value.value: self[count_name(dimension, value)].data or 0 for value in offered(dimension)
            }
            for dimension in Dimension
        }

    def show(self, error: DomainError) -> None:
        """Say what is wrong with a dimension at its first number."""
        for dimension in Dimension:
            if error.field == f"{dimension.value}_counts":
                error.field = count_name(dimension, offered(dimension)[0])
        super().show(error)


def count_name(dimension: Dimension, value: Any) -> str:
    """Return the name of the field of one count."""
    return f"{dimension.value}_{value.name.lower()}"


def add_counts() -> None:
    """Give the form one number for each value of each dimension."""
    for dimension in Dimension:
        for value in offered(dimension):
            number = NumberField(LazyString(label, value), required=False, most=500)
            setattr(GroupForm, count_name(dimension, value), number)


add_counts()
