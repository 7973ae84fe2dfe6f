"""Where figures lead, and the proof that what stands there makes the figure."""

from decimal import Decimal
from statistics import median
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from app.kpi.metric import Metric
from app.kpi.metrics import METRICS
from app.kpi.vocabulary import MetricKind
from app.plan.vocabulary import Counting
from tests.demo.figures import reading
from tests.demo.figures.reading import number_in, text_of


class MetricPage:
    """The page of one metric: what it says, and the records that it lists."""

    def __init__(self, metric: Metric, tree: Element) -> None:
        self.metric = metric
        self.written = text_of(reading.first(tree, "p", "big").find("b"))
        self.value = number_in(self.written)
        self.n = int(number_in(text_of(next(one for one in tree.iter("p") if "n = " in text_of(one)))))
        listed = reading.section(tree, "h-rows").find(".//table")
        self.rows = [] if listed is None else [texts(row) for row in reading.rows_of(listed)]

    def prove(self) -> None:
        """The listed records are as many as said, and they make the figure."""
        assert len(self.rows) == self.n, f"{self.n} records are said, {len(self.rows)} stand there"
        kind, made = self.metric.kind, None
        if kind is MetricKind.COHORT:
            made = self.share()
        elif kind is MetricKind.MEDIAN:
            days = [int(number_in(row["日数"])) for row in self.rows]
            made = Decimal(str(median(days))) if days else None
        elif kind is MetricKind.HIGH:
            days = sorted(int(number_in(row["日数"])) for row in self.rows)
            made = Decimal(next(one for one in days if sum(day <= one for day in days) * 10 >= 9 * len(days)))
        elif self.metric.counting is Counting.PERSONS:
            numbers = [row["相談番号"] for row in self.rows]
            if "表示しません" in "".join(numbers):
                assert self.value <= self.n
                return
            made = Decimal(len(set(numbers)))
        elif self.metric.weight_title:
            made = Decimal(sum(int(number_in(row[self.metric.weight_title.ja])) for row in self.rows))
        else:
            made = Decimal(self.n)
        if self.value is None:
            assert made in (None, 0), f"{self.written} but {made}"
        else:
            assert made == self.value, f"the records make {made}, the page says {self.written}"

    def share(self) -> Decimal | None:
        """Return the share of the listed records that makes the numerator, in per cent."""
        label = self.metric.parts(self.metric.numerator).ja
        kept = sum(row["内訳"] == label for row in self.rows)
        return Decimal(f"{kept / self.n * 100:.1f}") if self.n else None


def texts(row: dict[str, Element]) -> dict[str, str]:
    """Return the texts of a row."""
    return {heading: text_of(cell) for heading, cell in row.items()}


def metric_of(path: str) -> Metric | None:
    """Return the metric whose page an address leads to."""
    parts = urlsplit(path).path.split("/")
    return METRICS.get(parts[2]) if len(parts) == 4 and parts[1] == "figures" else None


def people_in_log(tree: Element) -> int:
    """Return the visits that the list of consultations says it holds."""
    return int(number_in(text_of(reading.first(tree, "span", "soft"))))


def log_makes(tree: Element) -> int:
    """Return the visits that the listed consultations make."""
    listed = tree.find(".//table")
    return sum(int(number_in(text_of(row["人数（延べ）"]))) for row in reading.rows_of(listed))


def consultations_of_case(tree: Element) -> int:
    """Return the consultations on a case's time line."""
    return sum(reading.is_of(one, "event-consultation") for one in tree.iter("li"))


def lines_of_section(section: Element) -> int:
    """Return the lines of a section of today's work: those that stand there, and the rest that it names."""
    standing = sum(one.get("scope") == "row" for one in section.iter("th"))
    rest = [text_of(one) for one in section.iter("td") if text_of(one).startswith("ほかに")]
    return standing + sum(1 for _one in section.iter("li")) + sum(int(number_in(one)) for one in rest)
