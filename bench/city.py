"""An application on a database of its own, with as many consultations as wanted, written straight in."""

import gc
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert

from app import create_app
from app.access.permissions import Role
from app.accounts import sessions
from app.accounts.models import Account
from app.cases.models import Case, CaseOffice, Consultation
from app.cases.vocabulary import Channel, ConsultationKind, SeenBy, Source
from app.foundation import clock
from app.foundation.db import db
from app.foundation.fiscal_year import fiscal_year_of
from app.situation.programme import Programme
from app.situation.vocabulary import AgeBand, AssistanceStatus, Household, TargetGroup, Topic
from app.windows.models import Office
from app.windows.vocabulary import OfficeKind
from config import Settings

CHUNK = 5_000


@contextmanager
def city(size: int) -> Iterator[Flask]:
    """Yield an application whose only office has logged ``size`` consultations of ``size / 5`` cases."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            instance=Path(folder),
            database_url=f"sqlite:///{folder}/bench.sqlite3",
            secret_key="s" * 40,
            card_pepper=b"p" * 40,
            draft_key=b"d" * 40,
        )
        app = create_app(settings)
        gc.freeze()  # as the server does, see wsgi.py: what it is made of is no garbage to look through
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade()
            fill(size)
            yield app
            db.session.remove()


def fill(size: int) -> None:
    """Write office, account, cases and consultations."""
    office = Office(
        key="bench",
        kind=OfficeKind.DEPARTMENT,
        name="生活福祉課",
        name_en="Life and Welfare",
        programme=Programme.ASSISTANCE,
    )
    db.session.add(office)
    db.session.flush()
    db.session.add(
        Account(
            login_name="bench",
            label="相談員",
            role=Role.COUNSELLOR,
            office_id=office.id,
            password_hash="!",
            is_active=True,
            must_change_password=False,
            created_at=clock.now(),
        )
    )
    db.session.flush()
    cases = max(size // 5, 1)
    for start in range(0, cases, CHUNK):
        write_cases(range(start, min(start + CHUNK, cases)), office.id)
    draw = random.Random(20260401)
    for start in range(0, size, CHUNK):
        rows = [consultation(draw, cases, office.id) for _ in range(min(CHUNK, size - start))]
        db.session.execute(insert(Consultation), rows)
    db.session.commit()


def write_cases(numbers: range, office_id: int) -> None:
    """Write cases and who may see them; numbers longer than a real one where there are very many."""
    now = clock.now()
    db.session.execute(
        insert(Case),
        [
            {
                "id": n + 1,
                "number": f"{n + 100000:06d}"[:4] + "-" + f"{n + 100000:06d}"[4:],
                "office_id": office_id,
                "opened_on": date(2024, 4, 1),
                "entered_at": now,
                "version": 1,
            }
            for n in numbers
        ],
    )
    db.session.execute(
        insert(CaseOffice),
        [
            {"case_id": n + 1, "office_id": office_id, "seen_by": SeenBy.OPENING, "since": now}
            for n in numbers
        ],
    )


def consultation(draw: random.Random, cases: int, office_id: int) -> dict[str, object]:
    """Return one plausible consultation of the last years."""
    held_on = clock.today() - timedelta(days=draw.randrange(900))
    return {
        "case_id": draw.randrange(cases) + 1,
        "office_id": office_id,
        "counsellor_id": 1,
        "programme": Programme.ASSISTANCE,
        "kind": ConsultationKind.CONSULTATION,
        "held_on": held_on,
        "fiscal_year": fiscal_year_of(held_on),
        "headcount": 1,
        "minutes": draw.choice((15, 30, 45, 60)),
        "channel": draw.choice(list(Channel)),
        "source": Source.SELF,
        "source_other": "",
        "assistance": draw.choice(list(AssistanceStatus)),
        "age_band": draw.choice(list(AgeBand)),
        "household": draw.choice(list(Household)),
        "household_other": "",
        "target_group": draw.choice(list(TargetGroup)),
        "single_parent": False,
        "topic": draw.choice(list(Topic)),
        "topic_other": "",
        "memo": "",
        "entered_at": clock.now(),
        "version": 1,
    }


def signed_in(app: Flask) -> FlaskClient:
    """Return a test client signed in as the bench's counsellor."""
    client = app.test_client()
    db.session.rollback()  # a reader that turns writer would find its snapshot outdated
    key = sessions.begin(account_id=1)
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = key
        cookie["_fresh"] = True
    return client
