"""The plan and the standing clock of tests/kpi."""

from tests.kpi.conftest import plan, standing_still

__all__ = ["plan", "standing_still"]
