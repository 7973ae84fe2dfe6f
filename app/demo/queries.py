"""Whether this database holds sample data."""

from sqlalchemy import select

from app.demo.models import SampleMark
from app.foundation.db import db


def sample_is_loaded() -> bool:
    """Tell whether the mark 見本データ stands on every page."""
    return db.session.scalar(select(SampleMark.id)) is not None
