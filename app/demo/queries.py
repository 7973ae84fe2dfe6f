"""Whether this database holds sample data."""

from typing import Final

from sqlalchemy import select

from app.demo.models import SampleMark
from app.foundation.db import read

MARK: Final = select(SampleMark.id)


def sample_is_loaded() -> bool:
    """Tell whether the mark 見本データ stands on every page."""
    return read(MARK).first() is not None
