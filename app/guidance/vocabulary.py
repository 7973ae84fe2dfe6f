"""Words with which guidance asks for, and repeats, a situation."""

from app.foundation.labels import LabelledEnum


class Said(LabelledEnum):
    """An answer to a question that may not have been asked."""

    YES = "yes", "あり", "Yes"
    NO = "no", "なし", "No"
    UNASKED = "unasked", "聞いていない", "Not asked"

    @property
    def truth(self) -> bool | None:
        """Return the answer as a situation keeps it."""
        return {Said.YES: True, Said.NO: False}.get(self)

    @classmethod
    def of(cls, truth: bool | None) -> "Said":
        """Return the answer that a situation has kept."""
        return {True: cls.YES, False: cls.NO, None: cls.UNASKED}[truth]


class Fact(LabelledEnum):
    """What a situation says without a word of its own in the vocabulary."""

    CERTIFICATE = "certificate", "障害者手帳あり", "Disability certificate"
    NO_CERTIFICATE = "no_certificate", "障害者手帳なし", "No disability certificate"
    CHILDREN = "children", "子どもあり", "Has children"
    NO_CHILDREN = "no_children", "子どもなし", "No children"
    NOTHING = "nothing", "何も聞いていない", "Nothing was asked"
