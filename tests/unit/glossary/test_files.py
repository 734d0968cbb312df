"""Glossary tables and TBX: what is read, what is refused, what comes back after writing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DataError, InputError, UsageError
from pipeline.glossary import Glossary, load, tsv
from pipeline.glossary.entry import format_cell, parse_cell
from pipeline.glossary.match import Matcher
from pipeline.glossary.store import dump, parse
from pipeline.model import Form, Term

TABLE = """id\tzh\tru\ten\tkind\tgender\tru_forbidden\tnote\tsource
person-li\t李强\tЛи Цян\tLi Qiang\tperson\tm\tЛи Киан | Ли Чианг\t\tXinhua
place-sichuan\t四川 | 四川省\tСычуань {f} | провинция Сычуань {decl: 1}\tSichuan\tplace\t\t\ta note\tXinhua
"""


def test_a_table_is_read_with_variants_notes_and_forbidden_forms() -> None:
    person, place = tsv.read(TABLE, "g.tsv")
    assert person.gender == "m" and person.kind == "person" and person.origin == "g.tsv:2"
    assert [form.text for form in person.forbidden["ru"]] == ["Ли Киан", "Ли Чианг"]
    assert place.forms["ru"] == (Form("Сычуань", "f"), Form("провинция Сычуань", "decl: 1"))
    assert [form.text for form in place.forms["zh"]] == ["四川", "四川省"]
    assert place.preferred("en") == Form("Sichuan")


def test_columns_in_any_order_missing_ones_empty_crlf_and_mark() -> None:
    (term,) = tsv.read("\ufeffkind\tru\tzh\r\norg\tГоссовет\t国务院\r\n\r\n", "g.tsv")
    assert term.kind == "body" and term.id == "row-2" and "en" not in term.forms and term.source == ""


def test_a_bar_in_braces_does_not_split() -> None:
    assert parse_cell("а {gen: б | в} | г") == (Form("а", "gen: б | в"), Form("г"))


@pytest.mark.parametrize("text", ["{скобки}", "a | b", "a|b {c", "}", "a\\", "\\|", "\\{x\\}"])
def test_bars_and_braces_of_a_text_stand_behind_a_backslash(text: str) -> None:
    forms = (Form(text), Form(text, "gen: б | в"))
    assert parse_cell(format_cell(forms)) == forms
    term = Term("a", {"ru": forms}, forbidden={"ru": (Form(text),)})
    for form in ("tsv", "csv", "tbx", "tbx2"):
        (back,) = parse(dump([term], form), f"g.{form.rstrip('2')}").terms
        assert (back.forms, back.forbidden) == (term.forms, term.forbidden)


def test_cells_quoted_by_a_spreadsheet() -> None:
    (term,) = tsv.read('zh\tru\n一带一路\t"инициатива ""Пояс и путь"""\n', "g.tsv")
    assert term.forms["ru"][0].text == 'инициатива "Пояс и путь"'
    (term,) = tsv.read('zh\tru\n俄油\t"Роснефть"\n', "g.tsv")
    assert term.forms["ru"][0].text == '"Роснефть"'


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "g.tsv", "no header"),
        ("id\tkind\nx\tterm\n", "g.tsv:1", "no zh, ru or en"),
        ("zh\tru\tzh\na\tb\tc\n", "g.tsv:1", "twice"),
        ("zh\tru\n国\tстрана\tлишнее\n", "g.tsv:2", "3 cells"),
        ("zh\tkind\n国\tcountry\n", "g.tsv:2", "unknown kind"),
        ("zh\tgender\n国\tx\n", "g.tsv:2", "unknown gender"),
        ("id\tzh\tru\nx\t\t\n", "g.tsv:2", "no form"),
        ("zh\tru\n国\tстрана {f\n", "g.tsv:2", "braces"),
        ("zh\tru\n国\t{f}\n", "g.tsv:2", "without a form"),
    ],
)
def test_broken_tables_name_file_and_line(text: str, where: str, said: str) -> None:
    with pytest.raises(DataError) as caught:
        tsv.read(text, "g.tsv")
    assert caught.value.where == where and said in caught.value.message


def test_csv_and_its_semicolon_sister() -> None:
    (one,) = tsv.read('zh,ru\n国务院,"Госсовет, КНР"\n', "g.csv", dialect="csv")
    (two,) = tsv.read("zh;ru\n国务院;Госсовет, КНР\n", "g.csv", dialect="csv")
    assert one.forms == two.forms
    with pytest.raises(DataError):
        tsv.read('zh,ru\n国务院,"Госсовет\n', "g.csv", dialect="csv")


@pytest.mark.parametrize("form", ["tsv", "csv", "tbx", "tbx2"])
def test_every_format_gives_back_what_it_was_given(form: str) -> None:
    terms = tsv.read(TABLE, "g.tsv")
    again = parse(dump(terms, form), f"g.{form[:3]}").terms
    assert [(t.id, t.forms, t.kind, t.gender, t.forbidden, t.note, t.source) for t in again] == [
        (t.id, t.forms, t.kind, t.gender, t.forbidden, t.note, t.source) for t in terms
    ]


def test_tbx_of_other_tools_is_read() -> None:
    third = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:basic="http://www.tbxinfo.net/ns/basic" xmlns:min="http://www.tbxinfo.net/ns/min">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c1"><min:subjectField>body</min:subjectField>
<langSec xml:lang="zh-CN"><termSec><term>国务院</term></termSec></langSec>
<langSec xml:lang="ru"><termSec><term>Государственный совет</term>
<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>Госсовет</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
<termSec><term>Госдеп</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
</langSec></conceptEntry></body></text></tbx>"""
    (term,) = parse(third.encode(), "other.tbx").terms
    assert term.id == "c1" and term.kind == "body"
    assert [form.text for form in term.forms["ru"]] == ["Госсовет", "Государственный совет"]
    assert [form.text for form in term.forbidden["ru"]] == ["Госдеп"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<tbx", "not XML"),
        (b"<html/>", "not TBX"),
        (b"<martif><text><body/></text></martif>", "no entry"),
        (b'<!DOCTYPE martif [<!ENTITY a "aaaa">]><martif>&a;</martif>', "entities"),
    ],
)
def test_tbx_that_is_none_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said):
        parse(data, "x.tbx")


def test_later_files_win(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("id\tzh\tru\nx\t国\tА\ny\t省\tБ\nz\t市 | 城\tВ\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("id\tzh\tru\ny\t省份\tГ\nw\t市\tД\n", encoding="utf-8")
    found = load([tmp_path / "a.tsv", tmp_path / "b.tsv"])
    assert [(term.id, [form.text for form in term.forms["zh"]]) for term in found] == [
        ("x", ["国"]), ("z", ["市", "城"]), ("y", ["省份"]), ("w", ["市"]),
    ]  # fmt: skip
    assert [[hit.term.id for hit in Matcher(found, "zh", guard=False).find(text)] for text in ("市", "城")] == [
        ["w"], ["z"],
    ]  # fmt: skip


def test_missing_files_and_wrong_formats(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load([tmp_path / "none.tsv"])
    with pytest.raises(DataError):
        load([tmp_path])
    with pytest.raises(UsageError):
        dump(Glossary(), "xlsx")


_texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs"), exclude_characters='{}|"'), min_size=1
)


@given(st.lists(st.tuples(_texts, st.sampled_from(["", "m", "inv", "decl: 1"])), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_cells_survive_the_way_out_and_back(parts: list[tuple[str, str]]) -> None:
    forms = tuple(Form(text, notes) for text, notes in parts)
    assert parse_cell(format_cell(forms)) == forms


@given(st.lists(_texts, min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_tables_survive_the_way_out_and_back(texts: list[str]) -> None:
    terms = [Term(f"t-{n}", {"zh": (Form(text),)}, source="x") for n, text in enumerate(texts)]
    again = tsv.read(tsv.write(terms), "g.tsv")
    assert [term.forms["zh"][0].text for term in again] == texts
