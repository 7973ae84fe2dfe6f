"""Inks of charts: enough contrast, and told apart by people who see red and green alike."""

import re
from itertools import combinations

import pytest

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear light.
SEEN = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
}  # fmt: skip
INKS = ("ink-1", "ink-3", "ink-4")
"""Of this year, of those who left or are unknown, of last year; patterns use the first two."""
TOLD_APART = 20
"""Distance (CIE 1976) at which two areas are clearly different."""


def tokens(project, dark: bool) -> dict[str, str]:
    text = (project / "app/static/css/tokens.css").read_text(encoding="utf-8")
    parts = text.split("prefers-color-scheme: dark")
    found = dict(re.findall(r"--([\w-]+):\s*([^;]+);", parts[0]))
    return found | (dict(re.findall(r"--([\w-]+):\s*([^;]+);", parts[1])) if dark else {})


def colour(found: dict[str, str], name: str) -> tuple[float, ...]:
    value = found[name]
    while (link := re.fullmatch(r"var\(--([\w-]+)\)", value.strip())) is not None:
        value = found[link[1]]
    digits = value.strip().lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    return tuple(linear(int(digits[place : place + 2], 16) / 255) for place in (0, 2, 4))


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def luminance(light) -> float:
    return sum(part * weight for part, weight in zip(light, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one, other) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(light) -> tuple[float, float, float]:
    to_xyz = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.0721750),
        (0.0193339, 0.1191920, 0.9503041),
    )
    x, y, z = (
        sum(a * min(1, max(0, b)) for a, b in zip(row, light, strict=True)) / white
        for row, white in zip(to_xyz, (0.95047, 1.0, 1.08883), strict=True)
    )
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def as_seen(light, way):
    return (
        light
        if way is None
        else tuple(sum(a * b for a, b in zip(row, light, strict=True)) for row in SEEN[way])
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_stands_out_from_the_ground(project, ink, dark):
    found = tokens(project, dark)
    assert contrast(colour(found, ink), colour(found, "surface")) >= 3


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("text", ["text", "text-soft", "accent", "link"])
def test_words_in_charts_can_be_read(project, text, dark):
    found = tokens(project, dark)
    assert contrast(colour(found, text), colour(found, "surface")) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_number_on_a_full_bar_can_be_read(project, dark):
    found = tokens(project, dark)
    assert contrast(colour(found, "on-accent"), colour(found, "ink-1")) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("way", [None, *SEEN])
def test_inks_are_told_apart_also_without_red_and_green(project, way, dark):
    found = tokens(project, dark)
    for one, other in combinations(("ink-1", "ink-4", "surface"), 2):
        seen = [as_seen(colour(found, name), way) for name in (one, other)]
        assert distance(*seen) >= TOLD_APART, (one, other)
