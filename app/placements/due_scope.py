"""What the list of checks to be made is narrowed to; pure."""

from datetime import date, timedelta
from typing import Final

from app.foundation.labels import LabelledEnum

AHEAD: Final = timedelta(days=31)


class Whose(LabelledEnum):
    """Whose cases."""

    OFFICE = "office", "課の全体", "Whole office"
    MINE = "mine", "自分の分", "Mine"


class Due(LabelledEnum):
    """Until when."""

    TODAY = "today", "今日まで", "By today"
    OVERDUE = "overdue", "期日を過ぎたもの", "Overdue"
    AHEAD = "ahead", "これから1か月も", "The month ahead too"

    def until(self, today: date) -> date:
        """Return the last due day that is shown."""
        if self is Due.OVERDUE:
            return today - timedelta(days=1)
        return today + AHEAD if self is Due.AHEAD else today
