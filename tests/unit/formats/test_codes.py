"""Inline codes: each once, well nested, inside the target, around the right words; spaces outside the pairs."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.formats import base
from pipeline.formats.codes import place
from pipeline.model import Code, Span

TEXT = st.text("аб в,。中文 “”«»x1.😀", max_size=40)


@st.composite
def segments(draw: st.DrawFn) -> tuple[str, str, list[Code], list[tuple[Span, Span, float]]]:
    source, target = draw(TEXT), draw(TEXT)
    count = draw(st.integers(0, 12))
    at = sorted(draw(st.lists(st.integers(0, len(source)), min_size=count, max_size=count)))
    codes: list[Code] = []
    stack: list[str] = []
    for index, position in enumerate(at):
        kind = draw(st.sampled_from(["open", "close", "empty"]))
        if kind == "close" and stack:
            codes.append(Code(str(index), "close", f"</{index}>", position, stack.pop()))
        elif kind == "open":
            stack.append(f"p{index}")
            codes.append(Code(str(index), "open", f"<{index}>", position, stack[-1]))
        else:
            codes.append(Code(str(index), "empty", f"<{index}/>", position))
    codes += [Code(f"e{pair}", "close", "</>", len(source), pair) for pair in reversed(stack)]
    if draw(st.booleans()):
        draw(st.randoms()).shuffle(codes)  # pairs that cross, closing before opening
    ends = st.tuples(st.integers(0, 40), st.integers(0, 40))
    drawn = draw(st.lists(st.tuples(ends, ends, st.floats(0, 1)), max_size=15))
    links = [(Span(min(a), max(a)), Span(min(b), max(b)), weight) for a, b, weight in drawn]
    return source, target, codes, links


def nested(codes: list[Code]) -> bool:
    stack: list[str] = []
    for code in codes:
        if code.kind == "open":
            stack.append(code.pair)
        elif code.kind == "close" and (not stack or stack.pop() != code.pair):
            return False
    return not stack


@given(segments())
def test_every_code_once_and_well_nested(drawn: tuple[str, str, list[Code], list[tuple[Span, Span, float]]]) -> None:
    source, target, codes, links = drawn
    placed = place(source, target, codes, links)
    assert Counter((c.id, c.kind, c.text, c.pair) for c in placed) == Counter(
        (c.id, c.kind, c.text, c.pair) for c in codes
    )
    if source == target:
        return
    positions = [code.position for code in placed]
    if sorted(c.position for c in codes) == [c.position for c in codes]:
        assert positions == sorted(positions)
    assert all(0 <= position <= len(target) for position in positions)
    if nested(codes):
        assert nested(placed)


@given(segments(), st.sampled_from(["&amp;", "&#160;", "&quot;"]))
def test_no_code_inside_of_a_character_reference(
    drawn: tuple[str, str, list[Code], list[tuple[Span, Span, float]]], reference: str
) -> None:
    source, target, codes, links = drawn
    source, target = (text.replace("x", reference).replace("1", reference) for text in (source, target))
    for code in place(source, f"{target}а", codes, links):
        assert all(not match.start() < code.position < match.end() for match in re.finditer(reference, target)), code


def written(text: str, codes: list[Code]) -> str:
    out, at = "", 0
    for code in codes:
        out += text[at : code.position] + code.text
        at = code.position
    return out + text[at:]


def marked(text: str) -> tuple[str, list[Code]]:
    """ "a <1>b</1> c<2/>" as text and codes."""
    plain, codes, at = "", [], 0
    for match in re.finditer(r"<(/?)(\d+)(/?)>", text):
        plain += text[at : match.start()]
        at = match.end()
        kind = "close" if match.group(1) else "empty" if match.group(3) else "open"
        codes.append(Code(match.group(2), kind, match.group(), len(plain), "" if kind == "empty" else match.group(2)))  # type: ignore[arg-type]
    return plain + text[at:], codes


@pytest.mark.parametrize(
    ("left", "right"), [('<sm id="1" type="comment"/>', '<em startRef="1"/>'), ('<sc id="1"/>', '<ec startRef="1"/>')]
)
def test_a_mark_of_xliff_2_never_ends_before_it_begins(left: str, right: str) -> None:
    """Whatever words an engine's links say they are around, and where they cross a pair."""
    plugin = base.plugin("xliff")
    for text in (f"Open {left}the plan{right} now", f'Open <pc id="2">{left}the</pc> plan{right} now'):
        data = (
            f'<xliff version="2.0"><file><unit id="1"><segment><source>{text}</source></segment></unit></file></xliff>'
        )
        (segment,) = plugin.read(data.encode(), "a.xlf", "en", "ru").segments
        links = [(Span(9, 13), Span(0, 4), 0.9), (Span(5, 8), Span(5, 12), 0.9), (Span(0, 4), Span(13, 19), 0.9)]
        placed = [code.text for code in place(segment.source, "План сегодня открыт", segment.codes, links)]
        assert placed.index(left) < placed.index(right)


CASES = [
    # source, target as wanted, linked words
    (
        "<1>市长</1>会见了<2>代表团</2>。",
        "<1>Мэр</1> встретил <2>делегацию</2>.",
        "市长=Мэр 会见了=встретил 代表团=делегацию",
    ),
    (
        "<1>市长</1>会见了代表团。<2/>",
        "Делегацию встретил <1>мэр</1>.<2/>",
        "市长=мэр 会见了=встретил 代表团=Делегацию",
    ),
    ("他说：<1>“欢迎”</1>。", "Он сказал: <1>«Добро пожаловать»</1>.", "他=Он 说=сказал 欢迎=Добро 欢迎=пожаловать"),
    ("<1>全文<2>都</2>粗</1>", "<1>Весь текст <2>целиком</2> жирный</1>", "全文=Весь 全文=текст 都=целиком 粗=жирный"),
    ("Порт<1/> открыт.", "港口<1/>开放。", "Порт=港口 открыт=开放"),
    ("Скачайте <1>app.zip</1> здесь", "在此下载<1>app.zip</1>", ""),
    ("<1>Китай</1> и <2>Россия</2>", "<2>俄罗斯</2>和<1>中国</1>", "Китай=中国 Россия=俄罗斯"),
    (
        "See <1>the <2>new</2> bridge</1> now",
        "Сейчас смотрите <1><2>новый</2> мост</1>",
        "See=смотрите new=новый bridge=мост now=Сейчас",
    ),
    ("first line<1/> second line", "第一行<1/>第二行", "first=第 first=一 line=行 second=第二"),
]


@pytest.mark.parametrize(("source", "wanted", "words"), CASES)
def test_around_the_right_words(source: str, wanted: str, words: str) -> None:
    plain, codes = marked(source)
    target, _ = marked(wanted)
    links = []
    for pair in words.split():
        left, right = pair.split("=")
        at, to = plain.index(left), target.index(right)
        links.append((Span(at, at + len(left)), Span(to, to + len(right)), 0.9))
    assert written(target, place(plain, target, codes, links)) == wanted


def generated(
    seed: int, chinese: bool
) -> tuple[str, str, list[Code], dict[int, int], list[tuple[int, int]], list[tuple[int, int]]]:
    """A segment whose target moves whole phrases; nested codes around words and phrases; the true word alignment."""
    rng = random.Random(seed)
    glue = "" if chinese else " "
    phrases, count = [], 0
    for _ in range(rng.randint(3, 7)):
        size = rng.randint(1, 4)
        phrases.append(list(range(count, count + size)))
        count += size
    left = [f"w{i}" for i in range(count)]
    spots, text = [], ""
    for word in left:
        spots.append((len(text), len(text) + len(word)))
        text += word + " "
    text = text.rstrip() + "."
    codes: list[tuple[int, int, Code]] = []
    key = 0
    for phrase in phrases:
        if rng.random() < 0.6:
            key += 1
            start, end = spots[phrase[0]][0], spots[phrase[-1]][1]
            codes += [(start, -9, Code(f"{key}", "open", f"<{key}>", start, f"{key}"))]
            codes += [(end, 9, Code(f"{key}", "close", f"</{key}>", end, f"{key}"))]
            if rng.random() < 0.5:
                key += 1
                a, b = sorted((rng.choice(phrase), rng.choice(phrase)))
                codes += [(spots[a][0], -5, Code(f"{key}", "open", f"<{key}>", spots[a][0], f"{key}"))]
                codes += [(spots[b][1], 5, Code(f"{key}", "close", f"</{key}>", spots[b][1], f"{key}"))]
    order = list(phrases)
    for _ in range(rng.randint(0, 3)):
        a = rng.randrange(len(order))
        order.insert(rng.randrange(len(order)), order.pop(a))
    target, where, right = "", {}, []
    for phrase in order:
        inner = phrase if rng.random() < 0.7 else phrase[::-1]
        for word in inner:
            if rng.random() < 0.1:
                continue  # a word without a translation
            made = "字词" if chinese else f"сл{word}"
            where[word] = len(right)
            right.append((len(target), len(target) + len(made)))
            target += made + glue
        if rng.random() < 0.1:
            target += "не" + glue  # a word without a source
    return (
        text,
        target.rstrip() + ("。" if chinese else "."),
        [c for _, _, c in sorted(codes, key=lambda c: c[:2])],
        where,
        spots,
        right,
    )


def share_right(noise: float, linked: bool = True) -> tuple[float, int]:
    """Share of pairs that hold every word that translates one of theirs, and no word that translates another's."""
    good = total = 0
    for seed in range(500):
        text, target, codes, where, spots, right = generated(seed, seed % 2 == 0)
        rng = random.Random(seed + 1)
        links = []
        for word, at in where.items():
            links.append((Span(*spots[word]), Span(*right[at]), rng.uniform(0.4, 1.0)))
            if rng.random() < noise:
                links.append((Span(*rng.choice(spots)), Span(*right[at]), rng.uniform(0.2, 0.9)))
        placed = place(text, target, codes, links if linked else ())
        assert Counter(c.text for c in placed) == Counter(c.text for c in codes)
        assert nested(placed) and nested(codes)
        spans: dict[str, list[int]] = {}
        for code in placed:
            spans.setdefault(code.pair, []).append(code.position)
        origin: dict[str, list[int]] = {}
        for code in codes:
            origin.setdefault(code.pair, []).append(code.position)
        for pair, (start, end) in origin.items():
            own = {at for word, at in where.items() if start <= spots[word][0] and spots[word][1] <= end}
            others = set(where.values()) - own
            inside = {i for i, (a, b) in enumerate(right) if spans[pair][0] <= a and b <= spans[pair][1]}
            if own:
                total += 1
                good += own <= inside and not inside & others
    return good / total, total


def test_five_hundred_generated_segments() -> None:
    exact, total = share_right(0.0)
    assert total > 1000
    assert exact >= 0.97
    assert share_right(0.15)[0] >= 0.85


def test_deep_nesting_and_many_codes_take_bounded_time() -> None:
    deep = [Code(f"{i}", "open", f"<{i}>", 0, f"{i}") for i in range(5000)]
    deep += [Code(f"{i}", "close", f"</{i}>", 2, f"{i}") for i in reversed(range(5000))]
    assert nested(place("аб", "甲乙", deep))
    many = [Code(f"{i}", "empty", "<x/>", i) for i in range(3000)]
    assert len(place("а" * 3000, "б " * 3000, many)) == 3000


def test_a_link_is_never_empty() -> None:
    source, codes = "请看这里。", [Code("1", "open", "<a href='x'>", 2, "1"), Code("1", "close", "</a>", 4, "1")]
    links = [(Span(0, 1), Span(0, 8), 0.9), (Span(1, 2), Span(9, 14), 0.9)]
    assert (
        written("Смотрите здесь.", place(source, "Смотрите здесь.", codes, links)) == "Смотрите <a href='x'>здесь</a>."
    )


@pytest.mark.parametrize(
    ("source", "target", "at"),
    [
        ("一、|总体要求", "1.| Общие требования", 0),
        ("（一）|指导思想", "(1)| Руководящие идеи", 0),
        ("（十二）|附则", "(12)| Supplementary provisions", 0),
    ],
)
def test_the_number_of_an_outline_is_one_word(source: str, target: str, at: int) -> None:
    """Its marks are not torn from it, though no link tells of them."""
    front, end = source.index("|"), target.index("|")
    source, target = source.replace("|", ""), target.replace("|", "")
    codes = [Code("1", "open", "<b>", 0, "1"), Code("1", "close", "</b>", front, "1")]
    links = [
        (Span(front, front + 2), Span(end + 1, end + 6), 1.0),
        (Span(front + 2, len(source)), Span(end + 7, len(target)), 1.0),
    ]
    assert [code.position for code in place(source, target, codes, links)] == [at, end]
