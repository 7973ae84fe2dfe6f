"""What guidance says of its own accord, beside the reasons that the rules bring."""

from collections.abc import Sequence
from typing import Final

from app.foundation.labels import Words
from app.windows.rules import Question

WHEN_IN_DOUBT: Final = Words(
    ja="迷ったときや、ほかの窓口が合わなかったときに、ご相談いただけます。",
    en="Come here when you are not sure, or when another window did not fit.",
)
NOTHING_MATCHED: Final = Words(
    ja="いまの内容に合う窓口は見つかりませんでした。ここで一緒に考えます。",
    en="No window matched what is known so far. Here we look for one together.",
)
ASK_AGE: Final = Words(
    ja="年齢によって案内が変わります。年齢をお聞きください。",
    en="It depends on the age. Please ask for it.",
)
OUTSIDE_GROUP: Final = Words(
    ja="この窓口の対象者ではないためです。",
    en="This window is for other groups of people.",
)

WHAT_WOULD: Final = Words(
    ja="次のことが分かると、合う窓口が見つかるかもしれません：{questions}。",
    en="A window may be found once this is known: {questions}.",
)
AND: Final = Words(ja="、", en=", ")


def outside_age(lowest: int | None, highest: int | None) -> Words:
    """Return whom the ages of a window let in, in years, both included."""
    if lowest is None:
        return Words(
            ja=f"{highest}歳までの方の窓口です。", en=f"This window is for people aged up to {highest}."
        )
    if highest is None:
        return Words(
            ja=f"{lowest}歳からの方の窓口です。", en=f"This window is for people aged {lowest} and over."
        )
    return Words(
        ja=f"{lowest}歳から{highest}歳までの方の窓口です。",
        en=f"This window is for people aged {lowest} to {highest}.",
    )


def what_would(questions: Sequence[Question]) -> tuple[Words, ...]:
    """Say which answers could still lead to a window; nothing, when none could."""
    if not questions:
        return ()
    ja = AND.ja.join(question.ja for question in questions)
    en = AND.en.join(question.en.lower() for question in questions)
    return (Words(ja=WHAT_WOULD.ja.format(questions=ja), en=WHAT_WOULD.en.format(questions=en)),)
