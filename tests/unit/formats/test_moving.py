"""Inline codes of a translation that was put right: with the words that they stood beside."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.flow import Flow
from pipeline.formats import base
from pipeline.formats.moving import moved
from pipeline.model import Code, Edit, apply_edits
from pipeline.settings import Settings

WORDS = st.lists(st.sampled_from(["два", "двух", "и", "рынки", "рынков", ",", "план", "中", "文"]), max_size=6)


def coded(text: str) -> tuple[str, list[Code]]:
    plain, codes = "", list[Code]()
    for piece in re.split(r"(<[^>]*>)", text):
        if piece.startswith("<"):
            kind = "close" if piece[1] == "/" else "empty" if piece.endswith("/>") else "open"
            codes.append(Code(piece, kind, piece, len(plain)))  # type: ignore[arg-type]
        else:
            plain += piece
    return plain, codes


def shown(text: str, codes: tuple[Code, ...]) -> str:
    for code in reversed(codes):
        text = text[: code.position] + code.text + text[code.position :]
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("два рынки <b>и два ресурсов</b>", "двух рынков <b>и двух ресурсов</b>"),
        ("<b>два рынки и</b> два ресурсов", "<b>двух рынков и</b> двух ресурсов"),
        ("два рынки<x/> и два ресурсов", "двух рынков<x/> и двух ресурсов"),
        ("два <b>рынки</b><x/>, два", "двух <b>рынков</b><x/>, двух"),
        ("Китайская <b>Народная</b> Республика", "<b>КНР</b>"),
        ("<b>план</b> город", "<b>плана</b> развития города"),
        ("<b>Чан</b>чунем", "<b>Чан</b>чуня"),
        ("发<b>展规</b>划", "发<b>展计</b>划"),
        ("а<x/>", "<x/>"),
    ],
)
def test_codes_inside_an_edit_stay_with_their_words(before: str, after: str) -> None:
    (old, codes), (new, _) = coded(f"в {before} г."), coded(f"в {after} г.")
    edit = Edit(2, len(old) - 3, old[2:-3], new[2:-3], "", "")
    assert shown(new, moved(codes, [edit])) == f"в {after} г."


@given(WORDS, WORDS, st.lists(st.integers(0, 40), max_size=6))
def test_codes_keep_their_order_inside_the_text(old: list[str], new: list[str], places: list[int]) -> None:
    before, after = " ".join(old), " ".join(new)
    codes = [Code(str(i), "empty", "<x/>", min(at, len(before) + 4)) for i, at in enumerate(sorted(places))]
    edits = [Edit(2, 2 + len(before), before, after, "", "")]
    text = apply_edits(f"а {before} б", edits)
    done = moved(codes, edits)
    assert [code.id for code in done] == [code.id for code in codes]
    at = [code.position for code in done]
    assert at == sorted(at) and all(0 <= one <= len(text) for one in at)


def test_a_persons_tags_stay_around_words_that_the_enforcer_inflects(tmp_path: Path) -> None:
    glossary = tmp_path / "g.tsv"
    glossary.write_text(
        "id\ten\tru\tkind\tru_forbidden\na\ttwo markets, two resources\tдва рынка и два ресурса\tterm\t"
        "два рынки и два ресурсов\n",
        encoding="utf-8",
    )
    made = base.plugin("xliff").read(
        b'<xliff version="1.2"><file source-language="en" target-language="ru"><body><trans-unit id="1"><source>'
        b'use of the two markets, <g id="1">two resources</g></source><target>'
        + 'использование два рынки <g id="1">и два ресурсов</g>'.encode()
        + b"</target></trans-unit></body></file></xliff>",
        "a",
        "en",
        "ru",
    )
    run = Flow(Settings(glossaries=[str(glossary)]), "en", "ru")  # type: ignore[arg-type]
    done = base.plugin("xliff").write(run.enforce(replace(made, format="xliff"))).decode()
    assert '<target>использование двух рынков <g id="1">и двух ресурсов</g></target>' in done
