"""Following the figures of pages, as one who is signed in."""

from collections import Counter
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

from app.foundation.fiscal_year import fiscal_year_of
from app.kpi.period import Period
from app.kpi.vocabulary import MetricKind
from app.web.pagination import PAGE_SIZE
from tests.demo.figures import targets
from tests.demo.figures.cells import Cell, cells_of
from tests.demo.figures.reading import number_in, text_of, total_of, tree_of
from tests.demo.figures.targets import MetricPage, metric_of

NO_FIGURE = ("・", "記録なし")
"""A month to come, and a year of which nothing was typed."""
# The row is the record and the figure one of its facts, or it was typed by hand and has no rows.
FACTS = {
    ("kpi.metric", "h-rows", ""): "the rows themselves",
    ("cases.log", "", "人数（延べ）"): "the row is the consultation",
    ("map.index", "", "部数"): "the row is the printing",
    ("map.edition", "", "部数"): "the row is the printing",
    ("map.edition", "", "番号"): "a place in the list",
    ("register.distributions", "", "部数"): "the row is what was laid out",
    ("register.briefings", "", "人数"): "the row is the briefing",
    ("windows.window", "", "版"): "the number of a version",
    ("windows.version", "", "版"): "the number of a version",
    ("rules.index", "", "点数"): "a fact of the rule",
    ("rules.edit", "", "点数"): "a fact of the rule",
    ("series.measure", "", "目標"): "set by the city",
    ("dashboard.show", "h-lead", "目安"): "reckoned from the target: tests/home/test_dashboard.py",
    ("national.show", "h-reported", "除く人"): "reported by hand",
    ("months.show", "h-goals", "目標"): "set by the city",
    ("months.show", "h-goals", "目安"): "reckoned from it: tests/months/test_months.py",
    ("months.show", "h-late", "前に報告した数"): "as it was reported",
    ("plan.results", "", ""): "typed by departments",
    ("collecting.index", "", "実績"): "typed by departments; what is counted leads on",
    ("collecting.measure", "", "実績"): "typed by departments; what is counted leads on",
    ("collecting.measure", "", "前の年度"): "the table of the year before, which the page names",
    ("collecting.measure", "", "目標"): "set by the city",
    ("handovers.index", "h-loads", ""): "work to be shared out, which the page of the colleague lists",
}


class Walk:
    """What one person finds behind the figures; every address is opened once.

    Every figure must lead somewhere. With ``most``, of figures of one metric and one kind of limit (a month,
    a window, …) only so many are followed: what is behind them is counted by the same lines of the program.
    """

    def __init__(
        self, client: FlaskClient, today: date, *, most: int | None = None, sees_rows: bool = True
    ) -> None:
        self.client, self.today, self.most, self.sees_rows = client, today, most, sees_rows
        self.trees, self.metrics = {}, {}
        self.followed: Counter[str] = Counter()
        self.shapes: Counter[tuple] = Counter()

    def tree(self, address: str):
        """Return the page at an address."""
        path = address.split("#")[0]
        if path not in self.trees:
            # The board of referrals leads on to what was last looked at.
            answer = self.client.get(path, follow_redirects=True)
            assert answer.status_code == 200, f"{path} answers {answer.status_code}"
            self.trees[path] = tree_of(answer.text)
        return self.trees[path]

    def opens(self, address: str) -> bool:
        """Tell whether a page opens; records of other offices do not."""
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code in (200, 404), f"{address} answers {answer.status_code}"
        if answer.status_code == 200:
            self.trees[address.split("#")[0]] = tree_of(answer.text)
        return answer.status_code == 200

    def metric_page(self, address: str) -> MetricPage:
        """Return the page of a metric, its figure proved from its records."""
        if address not in self.metrics:
            page = MetricPage(metric_of(address), self.tree(address))
            page.prove()
            self.metrics[address] = page
            self.trees.pop(address)
        return self.metrics[address]

    def look(self, endpoint: str, address: str) -> list[str]:
        """Open a page, unless it is another office's, and follow its figures; return what is wrong."""
        return self.read(endpoint, address) if self.opens(address) else []

    def read(self, endpoint: str, address: str) -> list[str]:
        """Follow every figure of a page that was opened; return what is wrong."""
        wrong = []
        for cell in cells_of(self.tree(address)):
            if (
                cell.text in NO_FIGURE
                or is_fact(endpoint, cell)
                or (cell.kind, endpoint) == ("big", "kpi.metric")
            ):
                continue
            try:
                self.follow(cell)
            except AssertionError as error:
                wrong.append(f"{address} · {cell} → {cell.hrefs}: {error}")
        return wrong

    def follow(self, cell: Cell) -> None:
        """Open what a figure leads to and compare."""
        if cell.kind == "plan" and not self.sees_rows:
            assert not [one for one in cell.hrefs if metric_of(one)], "it leads to what this role may not see"
            return
        assert cell.hrefs, "it leads nowhere"
        href = cell.hrefs[0]
        if self.is_enough(cell, href):
            return
        self.followed[cell.kind] += 1
        if cell.heading in RECKONED:
            RECKONED[cell.heading](self, cell)
        elif metric_of(href):
            self.compare(cell, self.metric_page(href))
            if cell.kind == "big" and len(cell.hrefs) > 1:
                self.goal(cell, cell.hrefs[1], number_in(cell.text.split("目標")[1]))
        else:
            OTHERS[urlsplit(href).path.split("/")[1]](self, cell, href)

    def is_enough(self, cell: Cell, href: str) -> bool:
        """Tell whether enough figures of this shape were followed."""
        metric = metric_of(href)
        shape = (metric.key if metric else urlsplit(href).path.split("/")[1], cell.kind, *limits_of(href))
        self.shapes[shape] += 1
        return self.most is not None and self.shapes[shape] > self.most

    def compare(self, cell: Cell, page: MetricPage) -> None:
        """A count of records is as many as stand there, any other figure is the one proved from them."""
        shown = number_in(cell.text.removeprefix("前年度の計は"))
        if "該当なし" in cell.text:
            assert page.value is None, f"{page.written} stands there"
            return
        if cell.kind == "plan":
            shown = number_in(text_of(cell.element.find(".//b")))
        counts_rows = page.metric.kind is MetricKind.COHORT and "%" not in cell.text.split("n =")[0]
        expected = Decimal(page.n) if counts_rows or cell.heading == "n" else page.value
        assert shown is not None, "no figure"
        assert shown == expected, f"{expected} stands there"

    # ---- figures that are reckoned from others ----------------------------------------------------

    def reach(self, cell: Cell) -> None:
        """Referrals met divided by referrals sent."""
        met, sent = (number_in(text_of(cell.row[one])) for one in ("到達件数", "紹介件数"))
        rows = self.metric_page(cell.hrefs[0]).n
        assert rows == met
        assert_share(cell, met, sent)

    def wrong_share(self, cell: Cell) -> None:
        """Wrong windows divided by answers."""
        wrong, answered = (number_in(text_of(cell.row[one])) for one in ("窓口違い", "返事のあった紹介"))
        assert self.metric_page(cell.hrefs[0]).n == answered
        assert_share(cell, wrong, answered)

    def national_rate(self, cell: Cell) -> None:
        """The numerator divided by the denominator."""
        above, below = (number_in(text_of(cell.row[one])) for one in ("分子", "分母"))
        assert_share(cell, above, below)

    def attained(self, cell: Cell) -> None:
        """What was counted so far divided by the target."""
        counted, target = (number_in(text_of(cell.row[one])) for one in ("年度累計", "目標"))
        assert_share(cell, counted, target)

    def pace(self, cell: Cell) -> None:
        """The target in equal days."""
        period = Period.of(fiscal_year_of(self.today), today=self.today)
        target = self.goal(cell, cell.hrefs[0], None)
        assert number_in(cell.text) == Decimal(f"{float(target) * period.days / period.days_of_year:.1f}")

    def forecast(self, cell: Cell) -> None:
        """What was counted so far, over the whole year."""
        period = Period.of(fiscal_year_of(self.today), today=self.today)
        so_far = self.metric_page(cell.hrefs[0]).value
        assert number_in(cell.text) == round(float(so_far) / period.days * period.days_of_year)

    def goal(self, cell: Cell, href: str, shown: Decimal | None) -> Decimal:
        """The measure's page names the target of the running year."""
        found = urlsplit(href).fragment
        section = next(one for one in self.tree(href).iter("section") if one.get("aria-labelledby") == found)
        rows = [one for one in cells_of(section) if one.heading == "目標"]
        year = f"({fiscal_year_of(self.today)})"
        target = next(number_in(one.text) for one in rows if year in text_of(one.row["年度"]))
        assert shown in (None, target), f"the plan aims at {target}"
        return target

    # ---- lists that are no page of a metric -------------------------------------------------------

    def referrals(self, cell: Cell, href: str) -> None:
        """The board, or the reminder of an agency, lists as many."""
        if "/chasers/" in href:
            each = [one for one in self.tree(href).iter("details") if (one.get("id") or "").startswith("r-")]
            assert len(each) == number_in(cell.text)
            return
        assert total_of(self.tree(href)) == number_in(text_of(cell.element.find(".//b")))

    def consultations(self, cell: Cell, href: str) -> None:
        """The list holds as many visits."""
        shown, tree = number_in(text_of(cell.element.find(".//b"))), self.tree(href)
        assert targets.people_in_log(tree) == shown
        pages = range(1, -(-total_of(tree) // PAGE_SIZE) + 1)
        assert sum(targets.log_makes(self.tree(f"{href}&page={page}")) for page in pages) == shown

    def today(self, cell: Cell, href: str) -> None:
        """The section holds as many lines, or says how many more there are."""
        named = urlsplit(href).fragment
        section = next(one for one in self.tree(href).iter("section") if one.get("id") == named)
        assert targets.lines_of_section(section) == number_in(text_of(cell.element.find(".//b")))

    def case(self, cell: Cell, href: str) -> None:
        """The case's time line shows as many consultations."""
        assert targets.consultations_of_case(self.tree(href)) == number_in(cell.text)

    def plan(self, cell: Cell, href: str) -> None:
        """The plan's table shows the same figure in the measure's row."""
        anchor = urlsplit(href).fragment
        if not anchor:
            self.frozen(cell, href)
            return
        row = next(
            one
            for one in self.tree(href).iter("tr")
            if any(td.get("id") == anchor for td in one.findall("td"))
        )
        shown = cell.text.removesuffix("※")
        assert shown == "表で見る" or shown in text_of(row), f"{shown} is not in {text_of(row)}"

    def frozen(self, cell: Cell, href: str) -> None:
        """The page of a frozen figure says it, or names it as one of its parts."""
        bold = cell.element.find(".//b")
        shown = cell.text if bold is None else text_of(bold)
        said = text_of(self.tree(href))
        assert str(number_in(shown)) in said.replace(",", ""), f"{shown} is not said there"


def reported(walk: Walk, cell: Cell, href: str) -> None:
    """Counts that a department reports stand on the page itself."""
    assert urlsplit(href).fragment == "h-reported"


def limits_of(href: str) -> list[str]:
    """Return by what a figure is limited, without to what."""
    return sorted(parse_qs(urlsplit(href).query))


def is_fact(endpoint: str, cell: Cell) -> bool:
    """Tell whether a cell holds a fact and no count."""
    return any(
        (endpoint, section, heading) in FACTS
        for section in (cell.section, "")
        for heading in (cell.heading, "")
    )


def assert_share(cell: Cell, part: Decimal, whole: Decimal) -> None:
    if whole:
        assert number_in(cell.text) == Decimal(f"{float(part) / float(whole) * 100:.1f}")
    else:
        assert cell.text == "該当なし"


RECKONED = {
    "到達率": Walk.reach,
    "割合": Walk.wrong_share,
    "率": Walk.national_rate,
    "達成率": Walk.attained,
    "今日の目安": Walk.pace,
    "3月末の見込み": Walk.forecast,
}
OTHERS = {
    "national-figures": reported,
    "today": Walk.today,
    "referrals": Walk.referrals,
    "consultations": Walk.consultations,
    "cases": Walk.case,
    "plan": Walk.plan,
}
