"""How a person comes to the counter."""

from app.foundation.labels import LabelledEnum


class Who(LabelledEnum):
    """相談者: with a card, for the first time, or once without a case."""

    CARD = "card", "カードで", "With a card"
    NEW = "new", "新しい方", "New person"
    ONCE = "once", "1回だけ", "Only once"
