"""No form ends in an error page: every form of every page, with one answer at a time turned into nonsense.

The forms are found on the pages of the sample city, so a new form is tried by itself. Which answers are
tried is drawn with a fixed seed; a request that is taken is undone before the next one.
"""

import re
import unicodedata
from collections import defaultdict
from datetime import timedelta
from random import Random
from urllib.parse import urldefrag, urljoin

import pytest

from app.cases.vocabulary import Channel
from app.demo.loading import load_sample
from app.foundation import clock
from app.foundation.db import db
from app.foundation.transaction import transaction
from app.placements.vocabulary import Contract
from tests import factories
from tests.attacks.page_forms import FORM, Pairs, PostForm, encoded, forms_of, replaced, shown_values
from tests.browser.every_page import PAGES, Look, address_of, case, closed_case, placement, saved_view

SAMPLE, MORNING = "small sample", "small sample, everybody signed in"
SCALE = 0.3
PER_FORM = 16
ANSWERED = {200, 302, 303, 400, 403, 404, 409, 413, 415, 422, 429}
TAKEN = {200, 302, 303}
LONG = "長" * 10_000
NONSENSE = (
    *("", " ", "　", "0", "-1", "1e9", "9" * 400, "٣", "NaN", "inf", "0x10", "1_000", "99999999999", "1.5"),
    *("2099-01-01", "2023-02-30", "2月30日", "R99.1.1", "H31.5.1", "0001-01-01", "9999-12-31", "31", "13"),
    *("no-such-value", "None", "null", "true", "[]", "__class__", "{{7*7}}", "%s%n%(x)s", "../../etc/passwd"),
    *("𠮷野㈱", "👩‍👩‍👧", "e\u0301", "ﾊﾝｶｸ", "\u202eabc", "\u200b", "\ufeff", "\ufffe"),
    *("a\x00b", "\x1b[31m", "a\r\nSet-Cookie: x=1", "\t", "\x7f"),
    *("' OR 1=1; --", '"><script>alert(1)</script>', "</textarea><b>", "=1+1", "&amp;", "\\"),
    LONG,
)
FORGED = {
    "version": ("0", "-1", "999999", "9" * 30, "x", "1.0", "１"),
    "submission_key": ("", "x", "0" * 32, "A" * 32, "f" * 33),
    "case_number": ("foreign", "0000-00", "x" * 7, "９９９９-９９"),
    "csrf_token": ("forged",),
}
FILLED = {"who": "new", "label": "ためし", "changes": "窓口が増えました。", "copies": "100"}
BODIES = (
    ("application/json", b'{"version": {"$gt": 0}}'),
    ("application/json", b"not json"),
    ("text/plain", b"version=1"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="version"\r\n\r\n1'),
    (FORM, b"version=%FF%FE&%ED%A0%80=1&=&&;;%zz"),
    (FORM, b"&".join(b"version=1" for _one in range(20_000))),
)


def open_received() -> dict[str, object]:
    """Return a referral that the partner can still answer."""
    from app.accounts.queries import find_by_login_name
    from app.referrals.received_queries import list_received

    partner = factories.actor_of(find_by_login_name("kikan"))
    rows, _total = list_received(actor=partner, open_only=True, offset=0, limit=1)
    return {"reference": rows[0].reference}


def check_to_come() -> dict[str, object]:
    """Return a check whose day can be moved."""
    from app.accounts.queries import find_by_login_name
    from app.placements.due_queries import list_checks_due

    counsellor = factories.actor_of(find_by_login_name("soudan1"))
    due = list_checks_due(actor=counsellor, until=clock.today() + timedelta(days=400))[-1]
    return {"placement_id": due.placement_id, "months": due.months}


MORE_PAGES = {
    "open received": ("referrals.received_one", Look(by="kikan", values=open_received)),
    "answer to received": ("quick.answer_received", Look(by="kikan", values=open_received)),
    "closed case": ("casefile.show", Look(by="soudan1", values=closed_case)),
    "check": ("placements.check", Look(by="soudan1", values=lambda: placement(months=1))),
    "check to come": ("checks.move", Look(by="soudan1", values=check_to_come)),
    "saved views": ("boards.views", Look(by="soudan1", values=lambda: {} if saved_view() else {})),
}
NOT_TRIED = {"accounts.sign_out": "signs out, on every page"}
NOT_SHOWN = {
    "cycle.merge": "the sample city has no next plan: tests/plan/test_cycle_pages.py",
    "cycle.split": "the sample city has no next plan: tests/plan/test_cycle_pages.py",
    "cycle.end": "the sample city has no next plan: tests/plan/test_cycle_pages.py",
    "freezing.restate": "the sample city has frozen no year: tests/years/test_freezing_pages.py",
    "freezing.decision": "the sample city has frozen no year: tests/years/test_freezing_pages.py",
    "freezing.take_back": "the sample city has frozen no year: tests/years/test_freezing_pages.py",
    "publication.let_out": "the sample city has frozen no year: tests/publication/test_publication_pages.py",
    "publication.decision": "the sample city has no exception: tests/publication/test_publication_pages.py",
    "bulk.undo": "shown once many referrals were acted on: tests/referrals/test_bulk.py",
    "check_in.met": "shown once a card or a slip was read: tests/referrals/test_check_in.py",
    "drafts.discard": "the sample city holds no draft: tests/drafts/test_pages.py",
    "feed_tokens.end": "the sample city has no token: tests/feed/test_indicators.py",
    "dashboard.undo": "the sample city leaves nobody out: tests/home/test_dashboard.py",
    "collecting.read_sheet": "takes a file: tests/collecting/test_sheets.py",
    "drafts.keep": "asked by a script: tests/drafts/test_pages.py",
    "identity.read": "asked by a script: tests/audit/test_identity.py",
    "links.answer": "links are off in the sample city: tests/attacks/test_answer_links.py",
    "links.make": "links are off in the sample city: tests/referrals/test_link_pages.py",
    "links.revoke": "links are off in the sample city: tests/referrals/test_link_pages.py",
    "map.keep": "every leaflet of the sample city is kept: tests/windows/test_map_pages.py",
    "map.new_edition": "leads on to the draft that is there: tests/windows",
    "merges.undo": "the sample city holds no merge: tests/casefile/test_merging.py",
    "calendar.revoke": "the sample city has no address of a calendar: tests/home/test_calendar_feed.py",
    "handovers.share": "leads on from the list of cases: tests/home/test_handover_pages.py",
    "handovers.undo": "the sample city holds no hand-over: tests/home/test_handover_pages.py",
    "closed_days.remove": "the sample city has no closed day: tests/windows",
}
NOT_COUNTED = {"account_session", "attempt"}


class Desk:
    """The sample city with somebody signed in for each account, as it was before the last request."""

    def __init__(self, database) -> None:
        self.database, self.app = database, database.app
        if not database.has(SAMPLE):
            with self.app.app_context():
                with transaction():
                    load_sample(pepper=self.app.config["SHIRUBE"].card_pepper, scale=SCALE)
                db.session.remove()
            database.keep(SAMPLE)
        database.reset(SAMPLE)
        with self.app.app_context():
            self.clients = {name: self.enter(name) for name in {look.by for look in PAGES.values()} - {None}}
            self.foreign = case("shien1")["number"]
            db.session.remove()
        self.clients[None] = self.app.test_client()
        database.keep(MORNING)
        self.forms = self.find_forms()
        self.undo()

    def enter(self, login_name: str):
        """Return a client signed in as an account."""
        from app.accounts.queries import find_by_login_name

        client = self.app.test_client()
        factories.sign_in(client, find_by_login_name(login_name))
        return client

    def find_forms(self) -> dict[str, list[tuple[str | None, str, PostForm]]]:
        """Return by endpoint who opens a form, its address and the form."""
        found = defaultdict(list)
        looks = [(endpoint, look) for endpoint, look in PAGES.items()] + list(MORE_PAGES.values())
        for endpoint, look in looks:
            with self.app.app_context():
                page = self.address(endpoint, look)
            html = self.clients[look.by].get(page).get_data(as_text=True)
            for form in forms_of(html):
                address = urldefrag(urljoin(page, form.action)).url
                rule = self.app.url_map.bind("localhost").match(address.partition("?")[0], "POST")[0]
                found[rule].append((look.by, address, form))
        return found

    def address(self, endpoint: str, look: Look) -> str:
        """Return the address of a page."""
        if PAGES.get(endpoint) is look:
            return address_of(self.app, endpoint)
        return self.app.url_map.bind("localhost").build(endpoint, look.values())

    def post(self, by: str | None, address: str, pairs: Pairs):
        """Send a form."""
        return self.clients[by].post(address, data=encoded(pairs), content_type=FORM)

    def undo(self) -> None:
        """Put the city back as it was."""
        self.database.reset(MORNING)

    def rows(self) -> dict[str, int]:
        """Return the number of rows of every table but those of signing in."""
        names = [table.name for table in db.metadata.sorted_tables if table.name not in NOT_COUNTED]
        counts = ", ".join(
            f"(SELECT count(*) FROM {name})" for name in names
        )  # one statement: it is asked often
        with self.app.app_context():
            counted = db.session.execute(db.text(f"SELECT {counts}")).one()
            db.session.remove()
        return dict(zip(names, counted, strict=True))


@pytest.fixture(scope="module")
def desk(databases):
    return Desk(databases.get("bad input"))


def posts(app) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def answered(form: PostForm) -> Pairs:
    """Return a form filled in so that it could be taken."""
    said = dict(FILLED)
    if dict(form.pairs()).get("case_number"):
        said.pop("who")
    return [(name, said.get(name, value)) for name, value in form.pairs()]


def filled(form: PostForm, name: str) -> Pairs:
    """Return a filled form whose field of this name is read: a day typed counts only without a button."""
    pairs, day = answered(form), re.sub(r"-(year|month|date)$", "", name)
    if f"{day}-pick" in form.controls and name != f"{day}-pick":
        others = {"other"} & set(form.controls[f"{day}-pick"].offered)  # minutes have no such button
        pairs = replaced(pairs, f"{day}-pick", *others)
    if name == day and f"{day}-year" in form.controls:
        for part in ("year", "month", "date"):
            pairs = replaced(pairs, f"{day}-{part}", "")
    return pairs


def variants(form: PostForm, foreign: str) -> list[tuple[str, str, Pairs]]:
    """Return every (field, nonsense, filled form) of a form."""
    found = []
    for name, control in form.controls.items():
        pairs = filled(form, name)
        nonsense = (
            (*control.offered, *NONSENSE[:4]) if control.look == "button" else FORGED.get(name, NONSENSE)
        )
        for value in (foreign if one == "foreign" else one for one in nonsense):
            found.append((name, value, replaced(pairs, name, value)))
        answers = control.answers() or [""]
        found.append((name, "twice", replaced(pairs, name, answers[0], "nonsense", *control.offered[-1:])))
        found.append((name, "missing", replaced(pairs, name)))
    return found


def kept(value: str, shown: list[str]) -> bool:
    """Tell whether a typed text stands in the page again, as typed or folded; a day keeps 40 characters."""
    wanted = {form.strip()[:40] for form in (value, unicodedata.normalize("NFKC", value))}
    return any(one.strip()[:40] in wanted for one in shown)


def is_plain(value: str) -> bool:
    """Tell whether a text has nothing in it that cannot be stored."""
    return not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", value)


def complaints(answer, name: str, value: str) -> list[str]:
    """Return what is wrong with an answer to nonsense."""
    if answer.status_code not in ANSWERED:
        return [f"answered {answer.status_code}"]
    if answer.status_code != 422:
        return []
    html = answer.get_data(as_text=True)
    found = []
    if not any(words in html for words in ('id="problems"', 'class="error"', 'class="said"')):
        found.append("422 without a word about what is wrong")
    shown = shown_values(html)
    if (
        name in shown
        and value not in {"twice", "missing"}
        and is_plain(value)
        and not kept(value, shown[name])
    ):
        found.append(f"lost what was typed, shows {shown[name][0][:40]!r}")
    if "<script>alert" in html:
        found.append("runs what was typed")
    return found


def test_every_form_is_found_on_some_page(desk):
    assert posts(desk.app) - set(desk.forms) - set(NOT_SHOWN) == set(), (
        "a form that no page of tests/browser/every_page.py shows"
    )


def test_no_answer_to_a_question_ends_in_an_error_page_or_a_half_record(desk):
    rng, wrong, asked = Random(2012), [], 0
    before = desk.rows()
    for endpoint, found in sorted(desk.forms.items()):
        if endpoint in NOT_TRIED:
            continue
        all_of_them = [
            (by, address, *variant)
            for by, address, form in found[:2]
            for variant in variants(form, desk.foreign)
        ]
        for by, address, name, value, pairs in rng.sample(all_of_them, min(PER_FORM, len(all_of_them))):
            answer = desk.post(by, address, pairs)
            asked += 1
            found_wrong = complaints(answer, name, value)
            if answer.status_code in TAKEN:
                desk.undo()
            elif desk.rows() != before:
                found_wrong.append("refused, and wrote all the same")
                desk.undo()
            wrong += [f"{endpoint} {name}={value[:40]!r}: {one}" for one in found_wrong]
    assert asked >= 100
    assert not wrong, "\n".join(wrong)


def test_what_is_no_form_at_all_is_answered_with_a_sentence(desk):
    wrong = []
    before = desk.rows()
    for endpoint, found in sorted(desk.forms.items()):
        if endpoint in NOT_TRIED:
            continue
        by, address, _form = found[0]
        for kind, body in BODIES:
            answer = desk.clients[by].post(address, data=body, content_type=kind)
            if answer.status_code not in ANSWERED:
                wrong.append(f"{endpoint} {kind} {body[:20]!r}: answered {answer.status_code}")
            if answer.status_code in TAKEN:
                desk.undo()
            elif desk.rows() != before:
                wrong.append(f"{endpoint} {kind} {body[:20]!r}: refused, and wrote all the same")
                desk.undo()
    assert not wrong, "\n".join(wrong)


def entry(desk, **said: str) -> Pairs:
    """Return the entry page of a case that is known, filled in, with answers of one's own."""
    pairs = next(answered(form) for _by, _to, form in desk.forms["counter.record"] if known_case(form))
    pairs = replaced(pairs, "refer")
    for name, value in said.items():
        pairs = replaced(pairs, name, value)
    return pairs


def known_case(form: PostForm) -> bool:
    return bool(dict(form.pairs()).get("case_number"))


def test_the_entry_is_taken_as_it_is_and_refused_for_a_case_of_another_office(desk):
    before = desk.rows()
    refused = desk.post("soudan1", "/counter", entry(desk, case_number=desk.foreign))
    assert refused.status_code in {404, 422}
    assert desk.rows() == before
    assert desk.post("soudan1", "/counter", entry(desk)).status_code == 302
    assert desk.rows()["consultation"] == before["consultation"] + 1
    desk.undo()


def test_a_form_that_somebody_else_sent_is_refused_with_a_sentence(desk):
    pairs = entry(desk, who="new", case_number="")
    assert desk.post("soudan1", "/counter", pairs).status_code == 200, "the card"
    before = desk.rows()
    refused = desk.post("kakaricho", "/counter", pairs)
    assert refused.status_code == 422
    assert "このページは古くなっています" in refused.get_data(as_text=True)
    assert desk.rows() == before
    desk.undo()


@pytest.mark.parametrize(
    ("member", "endpoint"), [(Channel.PHONE, "counter.record"), (Contract.REGULAR, "placements.new")], ids=str
)
def test_a_value_retired_while_the_page_was_open_is_refused_in_words(desk, monkeypatch, member, endpoint):
    by, address, form = desk.forms[endpoint][-1]
    name = {Channel: "channel", Contract: "contract"}[type(member)]
    monkeypatch.setattr(member, "_retired", True)
    before = desk.rows()
    refused = desk.post(by, address, replaced(answered(form), name, member.value))
    assert refused.status_code == 422
    assert f"「{member.ja}」は、いまは使いません" in refused.get_data(as_text=True)
    assert desk.rows() == before
