"""The world that these tests share with their neighbours."""

from tests.factories.world import standing_day, world

__all__ = ["standing_day", "world"]
