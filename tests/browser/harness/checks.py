"""What browser tests ask of a page."""

import importlib.resources
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"


@cache
def axe_source() -> str:
    """Return the text of axe-core."""
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def accessibility_violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.1 A and AA, one line per rule with the elements concerned."""
    page.evaluate(axe_source())  # through the debugger, so the page's content policy stays as it is
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)",
        WCAG,
    )
    return [
        f"{rule['id']}: {rule['help']}: " + " · ".join(str(node["html"])[:160] for node in rule["nodes"])
        for rule in found
    ]


def assert_accessible(page: Page) -> None:
    """Fail when axe finds anything on the page as it stands."""
    violations = accessibility_violations(page)
    assert not violations, f"{page.url} is not accessible:\n" + "\n".join(violations)


def assert_fits(page: Page) -> None:
    """Fail when the page has to be scrolled sideways."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"{page.url} is {wide} px wide in a window of {window} px"


def screenshot(page: Page, name: str, width: int = 1280) -> Path:
    """Save a picture of the whole page at a window width and return its (git-ignored) file."""
    SCREENSHOTS.mkdir(exist_ok=True)
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 900})
    file = SCREENSHOTS / f"{name}-{width}.png"
    page.screenshot(path=file, full_page=True)
    if before:
        page.set_viewport_size(before)
    return file
