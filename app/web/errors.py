"""Every error as a page that says what happened and what to do, in the reader's language."""

import logging
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, make_response, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.foundation.errors import N_, DomainError
from app.web.answers import json_answer, wants_json

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What an error page says: its title, what happened, what to do."""

    title: str
    happened: str
    advice: str


LEAD_BACK: Final = N_("前のページに戻るか、最初のページから選びなおしてください。")

WORDS: Final = {
    400: Words(
        title=N_("受け取れませんでした"),
        happened=N_("送られた内容を読み取れませんでした。何も保存していません。"),
        advice=N_("前のページに戻り、ページを開きなおしてから、もう一度送ってください。"),
    ),
    403: Words(
        title=N_("この操作はできません"),
        happened=N_("この操作は、あなたの役割ではできません。"),
        advice=N_("必要なときは、係長か管理者に相談してください。"),
    ),
    404: Words(
        title=N_("見つかりません"),
        happened=N_("お探しのページや記録は見つかりません。"),
        advice=N_("番号やアドレスを確かめるか、最初のページから選びなおしてください。"),
    ),
    405: Words(
        title=N_("この開き方はできません"),
        happened=N_("このページは、直接は開けません。何も保存していません。"),
        advice=LEAD_BACK,
    ),
    409: Words(
        title=N_("ほかの人が先に保存しました"),
        happened=N_("同じ記録が、ほかの画面で変わっています。今回の内容は保存していません。"),
        advice=N_("記録を開きなおして、新しい内容を確かめてから入力してください。"),
    ),
    413: Words(
        title=N_("大きすぎて受け取れません"),
        happened=N_("送られた内容が、受け取れる大きさを超えています。何も保存していません。"),
        advice=N_("文字やファイルを小さくして、もう一度送ってください。"),
    ),
    422: Words(
        title=N_("この操作はできませんでした"),
        happened=N_("内容が決まりに合わないため、保存していません。"),
        advice=LEAD_BACK,
    ),
    429: Words(
        title=N_("少し待ってください"),
        happened=N_("短い時間に何度も送られたため、いまは受け付けられません。"),
        advice=N_("少し待ってから、もう一度送ってください。"),
    ),
    500: Words(
        title=N_("こちらの不具合です"),
        happened=N_("うまく処理できませんでした。入力の誤りではありません。"),
        advice=N_(
            "少し待ってから、もう一度試してください。続くときは、時刻をそえて管理者に知らせてください。"
        ),
    ),
    503: Words(
        title=N_("いまは使えません"),
        happened=N_("点検か混雑のため、いまは応えられません。"),
        advice=N_("少し待ってから、もう一度開いてください。"),
    ),
}

EXPIRED: Final = Words(
    title=N_("もう一度送ってください"),
    happened=N_(
        "ページを開いてから時間がたったか、サインインが切れたため、受け付けられませんでした。まだ保存していません。"
    ),
    advice=N_(
        "書いていた内容は、下書きに残っていることがあります。サインインしなおして同じページを開くと、「続ける」が出ます。"
        "出ないときは残っていません。お手数ですが、もう一度入力してください。"
    ),
)

KEPT_HEADERS: Final = ("Allow", "Retry-After")


def register(app: Flask) -> None:
    """Answer the errors of an application."""
    app.register_error_handler(DomainError, answer_rule)
    app.register_error_handler(CSRFError, answer_expired)
    app.register_error_handler(HTTPException, answer_http)


def words_for(status: int) -> Words:
    """Return the words for a status, those of its family when it has none of its own."""
    return WORDS.get(status) or WORDS[500 if status >= 500 else 400]


def answer_rule(error: DomainError) -> Response:
    """Show a broken rule that no form could take."""
    return error_page(words_for(error.status), error.status, happened=error.text(_))


def answer_expired(error: CSRFError) -> Response:
    """Show that the page was too old to be sent."""
    return error_page(EXPIRED, 400)


def answer_http(error: HTTPException) -> Response:
    """Show an HTTP error; the headers that its status asks for are kept."""
    status = error.code or 500
    if error.response is not None:
        return make_response(error.response)
    answer = error_page(words_for(status), status)
    for name, value in error.get_headers():
        if name in KEPT_HEADERS:
            answer.headers[name] = value
    return answer


def error_page(words: Words, status: int, happened: str = "") -> Response:
    """Render an error; when the house itself is broken, without anything that asks the database."""
    said = {
        "title": _(words.title),
        "happened": happened or _(words.happened),
        "advice": _(words.advice),
        "status": status,
    }
    if wants_json():
        return json_answer(status, said=happened or f"{said['happened']} {said['advice']}")
    if status >= 500:
        return make_response(bare_page(said), status)
    try:
        return make_response(render_template("errors/error.html", **said), status)
    except Exception:
        # The reader still gets the sentence when the page around it cannot be made.
        log.exception("the page around an error could not be made")
        return make_response(bare_page(said), status)


def bare_page(said: dict[str, object]) -> str:
    """Render an error without menu, session or database."""
    return current_app.jinja_env.get_template("errors/bare.html").render(said)
