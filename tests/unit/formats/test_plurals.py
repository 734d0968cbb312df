"""Plural forms: each asked for with numbers of its own, in the form that the number asks for, told with its placeholder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.engines.base import Ability, Engine, Request, Translation
from pipeline.flow import Flow
from pipeline.formats import base, plurals, woven
from pipeline.formats.plurals import Way
from pipeline.model import Code, Document, Edit, Finding, Lang, Segment, Severity
from pipeline.settings import load

RULE = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"


def po(single: str, plural: str) -> Document:
    forms = "".join(f'msgstr[{n}] ""\n' for n in range(3))
    head = f'msgid ""\nmsgstr "Plural-Forms: {RULE}\\n"\n\n'
    text = f'{head}msgid "{single}"\nmsgid_plural "{plural}"\n{forms}'
    return replace(base.plugin("po").read(text.encode(), "t", "en", "ru"), format="po")


def put(text: str, number: str) -> str:
    segment = Segment("1", "", meta={"way": Way("", (), number, "%d")})
    return plurals.fitted(segment, text, (), "ru")[0]


@pytest.mark.parametrize(
    ("number", "text", "right"),
    [
        ("2", "2 городов", "2 города"),
        ("3", "3 новых членов комитета", "3 новых члена комитета"),
        ("2", "найденные 2 файлов", "найденные 2 файла"),
        ("2", "всего 2 сообщений", "всего 2 сообщения"),
        ("21", "21 новых заметок", "21 новая заметка"),
        ("5", "5 года", "5 лет"),
        ("2", "2 лет назад", "2 года назад"),
        ("5", "5 людей", "5 человек"),
        ("21", "выбор 21 регионов", "выбор 21 региона"),
        *[
            ("2", right, right)
            for right in ("от 2 городов", "21 статей", "к 2 городам", "выбор 2 городов", "2 новые статьи")
        ],
        *[("1", right, right) for right in ("удалить 1 закладку", "1 новую статью", "1 суток", "2 города")],
    ],
)
def test_words_behind_a_number_have_the_form_that_it_asks_for(number: str, text: str, right: str) -> None:
    assert put(text, number) == right


class Wordy(Engine):
    """Writes small numbers as words."""

    def ability(self) -> Ability:
        return Ability()

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        words = {"1": "один", "2": "два", "3": "три"}
        numbers = [request.text.split()[0] for request in requests]
        return [Translation(f"{words.get(number, number)} файлов") for number in numbers]


def test_a_form_whose_number_was_lost_is_asked_for_with_another() -> None:
    flow = Flow(load(None, ["enforce.enabled=false"]), "en", "ru")
    flow.__dict__["engine"] = Wordy()
    done = flow.translate(po("One file", "%d files"))
    assert [s.source for s in done.segments] == ["21 files", "4 files", "5 files"]
    assert [s.target for s in done.segments] == ["21 файл", "4 файла", "5 файлов"]
    text = base.plugin("po").write(done).decode()
    assert all(f'"%d {word}"' in text for word in ("файл", "файла", "файлов"))


def test_what_is_told_has_the_placeholder() -> None:
    segment = po("%d <b>file</b>", "%d files").segments[0]
    segment = replace(
        segment,
        target="Всего 1 файл тут",
        target_codes=tuple(replace(code, position=at) for code, at in zip(segment.codes, (8, 12), strict=True)),
        edits=(Edit(6, 12, "1 файла", "1 файл", "t", "r"),),
        findings=(Finding("c", "t", Severity.MINOR, 8, 12, "m", ""), Finding("c", "t", Severity.MINOR, 6, 7, "m", "2")),
    )
    assert isinstance(segment.codes[0], Code)
    (told,) = woven.shown(Document("t", "po", (segment,))).segments
    assert (told.source, told.target) == ("%d <b>file</b>", "Всего %d <b>файл</b> тут")
    assert [told.target[f.start : f.end] for f in told.findings] == ["файл", "%d"]
    assert told.edits[0].before.startswith("%d") and told.edits[0].after.startswith("%d")
