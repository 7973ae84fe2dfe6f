"""What holds for every text: places are valid, disguises do not help, ordinary figures do not block."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from app.privacy.digit_runs import has_my_number_check_digit
from app.privacy.pii import Kind, Severity, blocks, examine, shown

TODAY = date(2026, 11, 20)


def found(text):
    return examine(text, today=TODAY)


def marked(text):
    return [(text[finding.start : finding.end], finding.kind) for finding in found(text)]


SEPARATORS = st.sampled_from(
    ["", "-", " ", "\u3000", "－", "ー", "‐", "・", ".", "/", "の", "\u200b", "、", "_", "―"]
)
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
KANJI = {ord(digit): kanji for digit, kanji in zip("0123456789", "〇一二三四五六七八九", strict=True)}
WIDTHS = st.sampled_from([{}, WIDE, KANJI])
mobiles = st.builds(
    lambda prefix, rest: f"0{prefix}0{rest:08d}", st.integers(5, 9), st.integers(10_000_001, 99_999_998)
)
payloads = st.integers(min_value=0, max_value=10**11 - 1).map(lambda number: f"{number:011d}")


@given(st.text(max_size=200))
@example("一" * 5000 + "十")
@example("千" * 60 + "〇" * 20)
@example("ﾞ")
def test_findings_lie_within_the_text_in_order_and_apart(text):
    findings = found(text)
    places = [(finding.start, finding.end) for finding in findings]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(end <= start for (_, end), (start, _) in zip(places, places[1:], strict=False))
    assert "".join(piece for piece, _ in shown(text, findings)) == text


@given(
    mobiles,
    SEPARATORS,
    SEPARATORS,
    WIDTHS,
    st.sampled_from(["", "携帯", "本人は"]),
    st.sampled_from(["", "です", "。"]),
)
def test_a_mobile_number_blocks_in_every_width_and_with_every_separator(
    number, one, two, width, before, after
):
    written = f"{number[:3]}{one}{number[3:7]}{two}{number[7:]}".translate(width)
    assert (written, Kind.PHONE) in marked(f"{before}{written}{after}")


def check_digit(payload):
    # Written from the ministry's table, digit by digit from the right: Q = 2…7, 2…6.
    total = sum(int(digit) * (place + 1 if place <= 6 else place - 5)
                for place, digit in enumerate(reversed(payload), start=1))  # fmt: skip
    return 0 if total % 11 <= 1 else 11 - total % 11


@given(payloads)
@example("12345678901")
@example("00000000000")
def test_only_the_right_check_digit_makes_a_my_number(payload):
    right = check_digit(payload)
    assert [digit for digit in range(10) if has_my_number_check_digit(f"{payload}{digit}")] == [right]


@given(payloads, SEPARATORS, WIDTHS)
def test_a_my_number_blocks_in_every_width_and_with_every_separator(payload, separator, width):
    number = f"{payload}{check_digit(payload)}"
    groups = [number[:4], number[4:8], number[8:]]
    if all(group[:2] in {"19", "20"} for group in groups):
        return
    assert blocks(found(f"番号{separator.join(groups).translate(width)}です"))


@given(payloads)
def test_twelve_digits_with_a_wrong_check_digit_are_no_my_number(payload):
    wrong = (check_digit(payload) + 1) % 10
    assert Kind.MY_NUMBER not in {finding.kind for finding in found(f"整理 {payload}{wrong} 件")}


@given(
    st.dates(min_value=date(1930, 1, 1), max_value=date(2008, 12, 31)),
    st.sampled_from(
        ["{0.year}年{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}", "{0.year}{0:%m%d}", "{0:%Y-%m-%d}"]
    ),
    WIDTHS,
)
def test_a_birth_date_blocks_in_every_width(day, pattern, width):
    assert blocks(found(f"本人は{pattern.format(day).translate(width)}の生まれ"))


amounts = st.builds("{:,}円".format, st.integers(1, 9_999_999))
plain_amounts = st.builds("{}円".format, st.integers(1, 9_999_999))
times = st.builds("{}時{:02d}分".format, st.integers(0, 23), st.integers(0, 59))
clock_times = st.builds("{}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
counts = st.builds(
    "{}{}".format, st.integers(0, 999), st.sampled_from(["件", "人", "回", "社", "歳", "か月", "日間", "%"])
)
spans = st.builds(
    "{}-{}{}".format,
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from(["日", "時間", "分", "回", "人"]),
)
recent = st.dates(min_value=date(2020, 1, 1), max_value=date(2027, 12, 31))
written_days = st.builds(
    lambda day, pattern: pattern.format(day),
    recent,
    st.sampled_from(
        [
            "{0.year}年{0.month}月{0.day}日",
            "{0.month}月{0.day}日",
            "{0:%Y/%m/%d}",
            "{0:%Y-%m-%d}",
            "{0.month}/{0.day}",
        ]
    ),
)
ordinary = st.one_of(amounts, plain_amounts, times, clock_times, counts, spans, written_days)


@given(
    st.lists(ordinary, min_size=1, max_size=6),
    st.sampled_from(["、", " ", "に", "から", "。", "と", "\n"]),
    WIDTHS,
)
def test_ordinary_figures_do_not_block(pieces, joint, width):
    text = joint.join(pieces).translate(width if width is not KANJI else {})
    assert [finding for finding in found(text) if finding.severity is Severity.BLOCK] == []
