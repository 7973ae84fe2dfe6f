"""The board of a busy month: 2,000 open referrals, against the same page rendered from memory."""

from collections.abc import Callable
from contextvars import Context
from datetime import date, timedelta

from flask.testing import FlaskClient
from sqlalchemy import event, insert

from app.access.actor import Actor
from app.access.permissions import Role
from app.audit.trail import record
from app.followup import waiting
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.foundation.transaction import transaction
from app.referrals.models import Consent, Referral, ReferralMove
from app.referrals.vocabulary import AnswerChannel, Asked, ConsentForm, State
from app.windows.models import Office, Window, WindowVersion
from app.windows.vocabulary import OfficeKind
from bench.city import city, signed_in
from bench.memory import remembered
from bench.result import Result
from bench.timing import interleaved

SYSTEM = Actor(id=None, label="bench", role=Role.SUPERVISOR, office_id=None)
OPEN = 2_000
"""One office's referrals of a month, none of them closed yet."""
WINDOWS = 20
BOARD = "/referrals?shown=open"
ROUNDS = 30
COURSES = (
    (State.SENT,),
    (State.SENT, State.ACCEPTED),
    (State.SENT, State.NO_RESPONSE),
    (State.SENT, State.ACCEPTED, State.MET),
    (State.SENT, State.MET, State.SUPPORTING),
)


def run(size: int) -> list[Result]:
    """Measure the board; ``size`` says how many consultations there are beside it."""
    with city(size) as app:
        app.config["WTF_CSRF_ENABLED"] = True
        write_windows()
        write_referrals(OPEN // 2)
        client = signed_in(app)
        few = statements(client)
        write_referrals(OPEN - OPEN // 2)
        many = statements(client)
        bare_page = remembered(app, asking(client), BOARD)
        whole, bare = interleaved(asking(client), bare_page, ROUNDS)
        after, bare_again = interleaved(after_a_move(asking(client)), bare_page, ROUNDS)
        return [
            Result(name="boards.waiting_vs_memory", value=whole / bare, unit="×", must=1.35),
            Result(name="boards.after_a_move_vs_memory", value=after / bare_again, unit="×"),
            Result(name="boards.waiting_statements", value=many, unit="statements", must=few),
            Result(name="boards.waiting_cpu", value=whole * 1000, unit="ms"),
        ]


def write_windows() -> None:
    """Write windows of as many agencies, which promise an answer within five to fourteen working days."""
    for n in range(1, WINDOWS + 1):
        agency = Office(key=f"agency_{n}", kind=OfficeKind.AGENCY, name=f"関係機関{n}", name_en=f"Agency {n}")
        db.session.add(agency)
        db.session.flush()
        window = Window(key=f"window_{n}", office_id=agency.id, position=n)
        db.session.add(window)
        db.session.flush()
        words = dict.fromkeys(
            ("kana", "former_names", "services", "services_en", "eligibility", "eligibility_en", "note")
            + ("note_en", "address", "telephone"),
            "",
        )
        db.session.add(
            WindowVersion(
                window_id=window.id,
                number=1,
                name=f"関係機関{n} 相談窓口",
                name_en=f"Agency {n}, advice",
                response_days=(5, 7, 10, 14)[n % 4],
                recorded_at=clock.now(),
                **words,
            )
        )
    db.session.commit()


def write_referrals(count: int) -> None:
    """Write open referrals of the last month, in every open state."""
    now = clock.now()
    begin = db.session.query(Referral).count()
    consents, referrals, moves = [], [], []
    versions = [(one.id, one.window_id) for one in db.session.query(WindowVersion)]
    for n in range(begin, begin + count):
        sent_on = clock.today() - timedelta(days=10 + n % 30)
        case, (version, window) = n % 2_000 + 1, versions[n % len(versions)]
        consents.append(
            {"id": n + 1, "case_id": case, "given_on": sent_on, "form": ConsentForm.ORAL, "entered_at": now}
        )
        referrals.append(
            {
                "id": n + 1,
                "reference": f"{n + 1:06d}"[:4] + "-" + f"{n + 1:06d}"[4:],
                "case_id": case,
                "consent_id": n + 1,
                "office_id": 1,
                "counsellor_id": 1,
                "window_id": window,
                "window_version_id": version,
                "asked": Asked.JOB_SEARCH,
                "asked_other": "",
                "entered_at": now,
            }
        )
        moves += moves_of(n + 1, COURSES[n % len(COURSES)], sent_on)
    for table, rows in ((Consent, consents), (Referral, referrals), (ReferralMove, moves)):
        db.session.execute(insert(table), rows)
    db.session.commit()
    note_move()


def note_move() -> None:
    """Note a move in the trail, as every change of the program does."""
    with transaction():
        record(actor=SYSTEM, action="referral.moved", subject="referral", subject_id="bench")


def moves_of(referral_id: int, course: tuple[State, ...], sent_on: date) -> list[dict[str, object]]:
    """Return the history of a referral, three days from move to move."""
    return [
        {
            "referral_id": referral_id,
            "number": number,
            "from_state": course[number - 2] if number > 1 else None,
            "to_state": to,
            "happened_on": (day := sent_on + timedelta(days=3 * (number - 1))),
            "fiscal_year": fiscal_year_of(day),
            "channel": AnswerChannel.PHONE if number > 1 else None,
            "code_other": "",
            "entered_at": clock.now(),
        }
        for number, to in enumerate(course, start=1)
    ]


def asking(client: FlaskClient) -> Callable[[], object]:
    """Return a call that asks for the board as a browser does, in a context of its own."""

    def ask() -> object:
        answer = Context().run(client.get, BOARD)
        if answer.status_code != 200:
            raise RuntimeError(f"the board was not shown: {answer.status_code}")
        return answer

    return ask


def after_a_move(ask: Callable[[], object]) -> Callable[[], object]:
    """Return a call that asks for the board when something has just moved, so that nothing kept holds."""

    def forget_and_ask() -> object:
        waiting.forget()
        return ask()

    return forget_and_ask


def statements(client: FlaskClient) -> int:
    """Return how many statements the board sends, with nothing kept of it."""
    sent: list[str] = []
    waiting.forget()

    def note(*args: object) -> None:
        sent.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    asking(client)()
    event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)
