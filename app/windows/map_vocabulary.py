"""Words of the map register."""

from app.foundation.labels import LabelledEnum


class EditionState(LabelledEnum):
    """Whether an edition of the map is still being made; what was published stays as it is."""

    DRAFT = "draft", "下書き", "Draft"
    PUBLISHED = "published", "発行ずみ", "Published"


class MapReason(LabelledEnum):
    """訂正・取り消しの理由: why an entry of the register was mended or leaves every count."""

    WRONG_CONTENT = "wrong_content", "内容の誤り", "Wrong content"
    DUPLICATE = "duplicate", "二重入力", "Entered twice"
    DID_NOT_HAPPEN = "did_not_happen", "実際には行われなかった", "Did not take place"


class ChangeKind(LabelledEnum):
    """How a window differs between two editions of the map."""

    ADDED = "added", "新しく載った窓口", "New on the map"
    CHANGED = "changed", "内容が変わった窓口", "Changed"
    ENDED = "ended", "載らなくなった窓口", "No longer on the map"


class PosterSize(LabelledEnum):
    """Paper of the poster."""

    A3 = "a3", "A3", "A3"
    A2 = "a2", "A2", "A2"
