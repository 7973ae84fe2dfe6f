"""Words of the plan register."""

from app.foundation.labels import LabelledEnum


class ResultSource(LabelledEnum):
    """Where an indicator's yearly figure comes from."""

    RECORDS = "records", "記録から", "From the records"
    REPORTED = "reported", "所管課報告", "Reported by the department"
    MAP = "map", "マップ台帳", "From the map register"


class ResultKind(LabelledEnum):
    """Whether a figure kept here was printed in a plan or typed by a department."""

    PUBLISHED = "published", "既公表値", "Published before"
    REPORTED = "reported", "所管課報告", "Reported by the department"


class Counting(LabelledEnum):
    """What one unit of a figure is."""

    VISITS = "visits", "延べ", "visits"
    PERSONS = "persons", "実", "persons"
    NEITHER = "neither", "－", "–"


class TargetSense(LabelledEnum):
    """When a target is met."""

    AT_LEAST = "at_least", "以上", "or more"
    AT_MOST = "at_most", "以下", "or less"
    REACH = "reach", "めざす値", "to be reached"


class TextKind(LabelledEnum):
    """Which column a yearly text belongs to."""

    ACTUAL = "actual", "実績", "Result"
    TARGET = "target", "目標", "Target"
    # In no column: where the department has its figures from.
    SOURCE = "source", "数字の出どころ", "Source of the figures"


class NotePlace(LabelledEnum):
    """What in a measure's row a note is about."""

    TITLE = "title", "事業名", "Title"
    AUDIENCE = "audience", "対象者", "Audience"
    FIGURE = "figure", "数字", "Figure"


class PrintedWord(LabelledEnum):
    """The word that the plan prints instead of a zero; stored and printed as it is."""

    NONE = "なし", "なし", "None"
    NOT_HELD = "開催なし", "開催なし", "Not held"
