"""Public pages: start, windows, map, "find my window", statements; nobody signs in, nothing is stored."""

import json
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask.blueprints import BlueprintSetupState

from app.access.guards import public
from app.feed import caching
from app.feed.answering import USUAL, Found, Guide
from app.feed.finder_queries import get_finder_data
from app.feed.forms import FinderForm
from app.feed.furigana import SWITCH, with_furigana
from app.feed.queries import find_edition, get_catalogue, get_guide, get_public_map
from app.foundation import clock
from app.foundation.errors import NotFound
from app.foundation.labels import Words
from app.situation.vocabulary import TargetGroup, Topic
from app.web.filters import locale
from app.windows.opening import week_lines
from app.windows.views import spoken

blueprint = Blueprint("feed", __name__)


@blueprint.record_once
def exempt_finder(state: BlueprintSetupState) -> None:
    """Let the five questions be answered without a CSRF token.

    The form changes nothing and shows nothing of anybody, so there is nothing to forge; a token would need a
    session cookie, and nobody is to get one here.
    """
    state.app.extensions["csrf"].exempt(finder)


@blueprint.after_request
def finish(answer: Response) -> Response:
    """Set readings above the words where asked for, and say what may be kept."""
    if wants_furigana() and answer.mimetype == "text/html":
        answer.set_data(with_furigana(answer.get_data(as_text=True)))
    return caching.keep(answer)


@blueprint.context_processor
def switches() -> dict[str, object]:
    """Tell the templates whether readings are shown and which address shows or hides them."""
    shown = wants_furigana()
    return {
        "furigana": shown,
        # On a site of files the reader's own machine answers, and no cookie names the language.
        "is_served": caching.site_of_files() is None,
        "furigana_url": request.path if shown else f"{request.path}?{SWITCH}",
        "week_lines": week_lines,
        "spoken": lambda ja, en: spoken(ja, en, locale()),
    }


def wants_furigana() -> bool:
    """Tell whether the reader asked for furigana; only Japanese has them."""
    return request.args.get("furigana") == "1" and locale() == "ja"


@blueprint.get("/public/")
@public
def start() -> Any:
    """Show what there is: find a window, the map, all windows, open data."""
    return render_template("feed/start.html", edition=find_edition(clock.today()))


@blueprint.get("/public/windows/")
@public
def windows() -> Any:
    """List the windows of today."""
    return render_template("feed/windows.html", catalogue=get_catalogue(clock.today()))


@blueprint.get("/public/windows/<string:key>")
@public
def window(key: str) -> Any:
    """Show one window; one that ended says so and leads to the one that took over."""
    catalogue = get_catalogue(clock.today())
    line = catalogue.find(key)
    if line is None:
        raise NotFound
    return render_template(
        "feed/window.html",
        line=line,
        view=line.view,
        facts=line.view.facts,
        heir=catalogue.heir_of(line),
        earlier=catalogue.earlier(line),
    )


@blueprint.get("/public/map", endpoint="map")
@public
def show_map() -> Any:
    """Show the current edition of the map, by target group and by need; before the first, the directory."""
    shown = get_public_map(clock.today())
    return render_template(
        "feed/map.html",
        map=shown,
        groups=[
            (group, [x for x in shown.lines if group in x.view.facts.meant_for]) for group in TargetGroup
        ],
        others=[x for x in shown.lines if not x.view.facts.meant_for],
        needs=[(need, [x for x in shown.lines if need in x.view.facts.needs]) for need in Topic],
    )


@blueprint.route("/public/finder", methods=["GET", "POST"])
@public
def finder() -> Any:
    """Ask five plain questions and answer with windows and reasons; an answer is kept nowhere."""
    form = FinderForm(request.form if request.method == "POST" else None)
    if caching.site_of_files() is not None:
        return finder_of_files(form)
    if request.method != "POST" or not form.validate():
        return render_template("feed/finder.html", form=form, found=None), 422 if form.problems else 200
    found = get_guide(clock.now()).find(form.answers)
    return make_response(render_template("feed/finder.html", form=form, found=found))


def finder_of_files(form: FinderForm) -> str:
    """Return the five questions with all that a script needs to answer them, and the usual situations."""
    day, guide = clock.today(), get_guide(clock.now())
    data = get_finder_data(day, locale(), furigana=wants_furigana())
    return render_template(
        "feed/finder_site.html",
        form=form,
        day=day,
        guide=json.dumps(data, ensure_ascii=False, separators=(",", ":")),
        usual=usual_situations(guide),
    )


@blueprint.get("/public/situations")
@public
def situations() -> Any:
    """Show windows for situations that many are in, for who would rather read than answer."""
    return render_template("feed/situations.html", usual=usual_situations(get_guide(clock.now())))


def usual_situations(guide: Guide) -> list[tuple[Words, Found]]:
    """Return the usual situations with their answers."""
    return [(words, guide.find(one)) for words, one in USUAL]


@blueprint.get("/public/open-data")
@public
def open_data() -> Any:
    """Say which files there are and how they may be used."""
    return render_template("feed/open_data.html")


@blueprint.get("/public/accessibility")
@public
def accessibility() -> Any:
    """Say how usable these pages are and what is known to be missing."""
    return render_template("feed/accessibility.html")


@blueprint.get("/public/privacy")
@public
def privacy() -> Any:
    """Say what these pages learn of a reader: nothing that is kept."""
    return render_template("feed/privacy.html")
