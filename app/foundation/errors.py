"""Errors raised by rules and operations, in words for the person at the screen."""

from collections.abc import Callable


def N_(text: str) -> str:  # noqa: N802 - the name that message extraction knows
    """Mark a Japanese sentence for the translation catalogue without translating it here."""
    return text


class DomainError(Exception):
    """A rule of the field was broken; ``message`` is a catalogue id, ``field`` the form field concerned."""

    status = 422

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.field = field
        self.params = params

    def text(
        self, translate: Callable[[str], str] = str, say: Callable[[object], object] = lambda one: one
    ) -> str:
        """Return the sentence in the language of ``translate``, with its parts as ``say`` words them."""
        sentence = translate(self.message)
        return sentence % {name: say(one) for name, one in self.params.items()} if self.params else sentence


class NotFound(DomainError):
    """There is no such record, or the actor may not know that there is one."""

    status = 404

    def __init__(
        self,
        message: str = N_("お探しのページや記録は見つかりません。"),
        *,
        field: str | None = None,
        **params: object,
    ) -> None:
        super().__init__(message, field=field, **params)


class Forbidden(DomainError):
    """The actor's role does not allow this."""

    status = 403

    def __init__(
        self,
        message: str = N_("この操作は、あなたの役割ではできません。"),
        *,
        field: str | None = None,
        **params: object,
    ) -> None:
        super().__init__(message, field=field, **params)


class Conflict(DomainError):
    """Somebody else was faster; nothing was changed."""

    status = 409


CHANGED_MEANWHILE = N_(
    "ほかの人がこの記録を先に変えました。ページを開きなおして、いまの内容を確かめてから入力してください。"
)
