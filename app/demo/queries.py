"""Whether this database holds sample data."""

from typing import Final

from sqlalchemy import select

from app.demo.models import SampleMark
from app.foundation.prepared import Prepared

MARK: Final = Prepared(select(SampleMark.id))


def sample_is_loaded() -> bool:
    """Tell whether the mark 見本データ stands on every page."""
    return MARK.row() is not None
