"""A small house around app/web: every control on a few pages, without database and accounts."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, abort, redirect, render_template, request
from flask_babel import Babel
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from app.foundation.errors import Conflict, DomainError, NotFound
from app.foundation.labels import RETIRED, LabelledEnum
from app.web import errors, filters, headers, language
from app.web.fields import (
    Checks,
    Choice,
    DayField,
    EnumChecks,
    EnumChoice,
    MemoField,
    MinutesField,
    NumberField,
    PasswordField,
    PrimaryChoice,
    TextField,
    TickField,
)
from app.web.forms import Filters, Form, render_form
from app.web.notices import say
from app.web.pagination import Page, page_number

PROJECT = Path(__file__).resolve().parents[2]


class Channel(LabelledEnum):
    VISIT = "visit", "来所面談", "Visit"
    PHONE = "phone", "電話", "Telephone"
    HOME = "home", "訪問", "Home visit"
    ALONG = "along", "同行", "Accompanied"
    ONLINE = "online", "オンライン", "Online"
    MAIL = "mail", "メール/FAX", "Mail or fax"
    MEETING = "meeting", "会議", "Meeting"
    TELEX = "telex", "テレックス", "Telex", RETIRED


class Aid(LabelledEnum):
    RECIPIENT = "recipient", "生活保護受給", "Public assistance"
    NEED = "need", "要保護", "In need"
    CHILD = "child", "児童扶養手当受給", "Child allowance"
    NONE = "none", "なし", "None"
    UNKNOWN = "unknown", "不明", "Unknown"


class Topic(LabelledEnum):
    SEARCH = "search", "仕事探し", "Finding work"
    CHOICE = "choice", "適性・仕事選び", "Choosing work"
    PAPERS = "papers", "応募書類・面接", "Papers and interview"
    TRAINING = "training", "職業訓練・資格", "Training"
    TROUBLE = "trouble", "職場の悩み・トラブル", "Trouble at work"
    KEEPING = "keeping", "定着", "Keeping a job"
    ILLNESS = "illness", "病気・障害", "Illness, disability"
    OTHER = "other", "その他", "Other"


class SampleForm(Form):
    day = DayField(_l("日付"), not_future=True)
    channel = EnumChoice(_l("対応方法"), Channel)
    minutes = MinutesField(_l("時間"))
    aid = EnumChoice(_l("保護・手当"), Aid)
    topics = EnumChecks(_l("相談内容"), Topic)
    primary = PrimaryChoice(_l("主な内容"), Topic, of="topics")
    other = TextField(_l("その他の内容"), required=False, max_length=40)
    memo = MemoField(_l("メモ"), description=_l("氏名や連絡先は書かないでください"))
    headcount = NumberField(_l("人数"), least=1, most=500, unit=_l("人"))
    window = Choice(_l("窓口"), coerce=int)
    next = DayField(_l("つぎの連絡日"), required=False, ahead=True)
    groups = Checks(_l("対象者"), coerce=int, choices=[(1, "障害者"), (2, "若年者")], required=False)
    card = TextField(_l("カードの番号"), fold=True, width="card", required=False, max_length=20)
    agreed = TickField(_l("本人の同意を得ました"))


class SignInForm(Form):
    name = TextField(_l("利用者名"), fold=True)
    password = PasswordField(_l("パスワード"))


class SampleFilters(Filters):
    year = Choice(_l("年度"), coerce=int, default=2026, choices=[(2026, "令和8年度"), (2025, "令和7年度")])
    channel = EnumChoice(_l("対応方法"), Channel, required=False)
    since = DayField(_l("いつから"), required=False)


FULL = {
    "day": "2026-11-20",
    "channel": "visit",
    "minutes-pick": "30",
    "aid": "child",
    "topics": ["search", "training"],
    "primary": "training",
    "memo": "日中に通える講座を希望。\r\nむさし製菓のパート。",
    "headcount": "1",
    "window": "2",
}


def build_house(*, csrf: bool = False, signed_in: bool = True) -> Flask:
    """Return an application that shows every control."""
    app = Flask("house", static_folder=str(PROJECT / "app/static"), static_url_path="/static")
    app.config.update(SECRET_KEY="x" * 40, TESTING=True, WTF_CSRF_ENABLED=csrf, BABEL_DEFAULT_LOCALE="ja")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(PROJECT / "app/translations")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.jinja_env.loader = ChoiceLoader(
        [FileSystemLoader(PROJECT / "app/templates"), FileSystemLoader(PROJECT / "tests/web/pages")]
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=language.select_locale)
    CSRFProtect(app)
    filters.register(app)
    headers.register(app)
    errors.register(app)
    app.register_blueprint(language.blueprint)
    add_pages(app)
    add_failures(app)

    @app.context_processor
    def surroundings() -> dict[str, object]:
        labels = [("/list", "今日"), ("/counter", "相談を記録"), ("/record", "相談者"), ("/x", "窓口案内")]
        return {
            "navigation": [
                {"endpoint": f"{url[1:]}.index", "url": url, "label": label, "current": url == request.path}
                for url, label in labels
            ],
            "account_menu": [{"url": "/password", "label": "パスワードを変える"}],
            "who": "生活福祉課・相談員",
            "sign_out_url": "/sign-out" if signed_in else None,
            "sample_data": True,
        }

    return app


def add_pages(app: Flask) -> None:
    """Add the pages that show every control."""

    @app.route("/", endpoint="front")
    def front() -> str:
        return "front"

    @app.route("/counter", methods=["GET", "POST"])
    def counter() -> object:
        form = SampleForm(channel=Channel.VISIT, headcount=1)
        form.window.choices = [(1, "ハローワーク立川"), (2, "東京しごとセンター多摩")]
        if form.validate_on_submit():
            if form.memo.data == "late":
                form.show(Conflict("先に保存した人がいます。"))
            elif form.memo.data == "field":
                form.show(DomainError("最初の相談より前です。", field="day"))
            else:
                say("相談を記録しました。", url="/record", link="記録を見る")
                return redirect("/list")
        return render_form("counter.html", form)

    @app.route("/list")
    def listing() -> object:
        form = SampleFilters(request.args)
        form.validate()
        page = Page.of(range(50), total=1234, number=page_number(request.args))
        return render_form("list.html", form, listing=page, now=datetime(2026, 11, 20, 1, 42, tzinfo=UTC))

    @app.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> object:
        form = SignInForm()
        form.validate_on_submit()
        return render_form("public_page.html", form)


def add_failures(app: Flask) -> None:
    """Add the ways in which a page can fail."""

    @app.route("/fail/<int:status>")
    def fail(status: int) -> str:
        abort(status)

    @app.route("/rule/<kind>")
    def rule(kind: str) -> str:
        raise {
            "missing": NotFound(),
            "rule": DomainError("%(x)sは閉じています。", x="4月"),
            "late": Conflict("遅い"),
        }[kind]

    @app.route("/bug")
    def bug() -> str:
        raise RuntimeError("secret detail")

    @app.route("/undefined")
    def undefined() -> str:
        return render_template("list.html")


if __name__ == "__main__":
    build_house().run(port=8765)
