"""Disguises of a text: width, numerals, invisible characters, numbers told in words."""

import random
from collections.abc import Callable

UNSEEN = ("\u200b", "\u200c", "\u2060", "\ufeff", "\u200d", "\u00ad", "\u180e")
BROAD = str.maketrans({chr(one): chr(one + 0xFEE0) for one in range(0x21, 0x7F)} | {" ": "\u3000"})
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "〇壱弐参四五六七八九")
Chance = random.Random
Make = Callable[[Chance], str]


def as_is(_chance: Chance, text: str) -> str:
    return text


def broad(_chance: Chance, text: str) -> str:
    return text.translate(BROAD)


def mixed(chance: Chance, text: str) -> str:
    return "".join(one.translate(BROAD) if chance.random() < 0.35 else one for one in text)


def numerals(chance: Chance, text: str) -> str:
    return text.translate(chance.choice((NUMERALS, NUMERALS, FORMAL)))


def unseen(chance: Chance, text: str) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, 5)):
        letters.insert(chance.randint(1, len(letters) - 1) if len(letters) > 1 else 1, chance.choice(UNSEEN))
    return "".join(letters)


def some(chance: Chance, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def counted(number: int) -> str:
    """Write 1 to 99 as 十一."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else "〇一二三四五六七八九"[tens] + "十") + (
        "〇一二三四五六七八九"[ones] if ones else ""
    )
