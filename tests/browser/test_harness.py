"""The harness finds what it is there to find."""

import pytest

from tests.browser.harness.checks import accessibility_violations, assert_accessible, assert_fits

SOUND = "<!doctype html><html lang=ja><title>頁</title><main><h1>見出し</h1><p>本文</p></main>"
POLICY = {"Content-Security-Policy": "default-src 'none'", "Content-Type": "text/html; charset=utf-8"}


def show(page, body, headers=None):
    page.route("**/made-up", lambda route: route.fulfill(body=body, headers=headers or POLICY))
    page.goto("/made-up")


def test_a_sound_page_passes_even_under_the_strictest_content_policy(page):
    show(page, SOUND)
    assert_accessible(page)
    assert_fits(page)


def test_axe_finds_a_picture_without_words_and_pale_text(page):
    show(page, SOUND + "<img src='data:,'><p style='color:#ccc'>淡い</p>", {"Content-Type": "text/html"})
    found = "\n".join(accessibility_violations(page))
    assert "image-alt" in found
    assert "color-contrast" in found


def test_a_page_that_is_too_wide_is_found(page):
    show(page, SOUND + "<pre style='width:3000px'>広い</pre>", {"Content-Type": "text/html"})
    with pytest.raises(AssertionError, match="px wide"):
        assert_fits(page)


@pytest.mark.parametrize(
    ("body", "headers", "problem"),
    [
        ("<script>1</script>", POLICY, "Content Security Policy"),
        ("<p style='color:red'>", POLICY, "Content Security Policy"),
        (
            "<script>console.error('いけない')</script>",
            {"Content-Type": "text/html; charset=utf-8"},
            "いけない",
        ),
        (
            "<script>throw Error('壊れた')</script>",
            {"Content-Type": "text/html; charset=utf-8"},
            "script error",
        ),
        ("<img alt='' src='http://192.0.2.1/x.png'>", {"Content-Type": "text/html"}, "request outside"),
    ],
)
def test_what_no_page_may_do_is_noticed(page, watcher, body, headers, problem):
    show(page, SOUND + body, headers)
    page.wait_for_load_state()
    assert any(problem in each for each in watcher.unexpected())
    watcher.allow(".")


def test_a_page_that_is_not_there_is_noticed_unless_it_is_looked_for_on_purpose(page, watcher):
    page.goto("/there-is-no-such-page")
    assert watcher.unexpected()
    watcher.allow("status of 404")
    assert not watcher.unexpected()
