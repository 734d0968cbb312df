from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import name as command
from pipeline.errors import UsageError
from pipeline.model import LANGS, Form, Lang, Term

LEADER = Term(
    "person-test",
    {"zh": (Form("王某某"),), "ru": (Form("Ван Имярек"),), "en": (Form("Wang Moumou"), Form("Mr Wang"))},
    "person",
    "m",
    source="test",
)


def one(text: str, **options: object) -> dict[str, object]:
    (answer,) = command.look_up([text], **options)  # type: ignore[arg-type]
    return answer


def test_a_name_nobody_knows_goes_by_the_system() -> None:
    answer = one("王君正")
    assert (answer["lang"], answer["ru"], answer["en"]) == ("zh", "Ван Цзюньчжэн", "Wang Junzheng")
    forms = ("Ван Цзюньчжэн", "Ван Цзюньчжэна", "Ван Цзюньчжэну", "Ван Цзюньчжэна", "Ван Цзюньчжэном", "Ван Цзюньчжэне")
    assert answer["cases"] == dict(zip(command.CASES, forms, strict=True))


def test_a_woman_is_not_declined() -> None:
    answer = one("王君正", gender="f")
    assert answer["gender"] == "f"
    assert set(answer["cases"].values()) == {"Ван Цзюньчжэн"}  # type: ignore[attr-defined]
    assert one("贾丽娜")["gender"] == "f"


@pytest.mark.parametrize("text", ["王某某", "Ван Имярек", "Wang Moumou", "Mr Wang"])
def test_glossary_goes_before_the_system(text: str) -> None:
    answer = one(text, terms=[LEADER])
    assert (answer["zh"], answer["ru"], answer["en"]) == ("王某某", "Ван Имярек", "Wang Moumou")
    assert answer["system"] == "glossary (test)"


@pytest.mark.parametrize(
    ("text", "zh", "ru", "en", "kind"),
    [
        ("Ли Цян", "", "Ли Цян", "Li Qiang", "person"),
        ("Wang Yi", "", "Ван И", "Wang Yi", "person"),
        ("Иванова", "伊万诺娃", "Иванова", "Ivanova", "person"),
        ("Sergei Lavrov", "谢尔盖·拉夫罗夫", "Сергей Лавров", "Sergei Lavrov", "person"),
        ("谢尔盖·拉夫罗夫", "谢尔盖·拉夫罗夫", "Сергей Лавров", "Sergei Lavrov", "person"),
        ("長春市", "长春市", "Чанчунь", "Changchun", "place"),
        ("Пекин", "北京", "Пекин", "Beijing", "place"),
        ("Сунь Ятсен", "孙中山", "Сунь Ятсен", "Sun Yat-sen", "person"),
        ("王书记", "王", "Ван", "Wang", "person"),
        ("欧阳院长", "欧阳", "Оуян", "Ouyang", "person"),
        ("Hello", "", "", "Hello", "person"),
    ],
)
def test_all_directions(text: str, zh: str, ru: str, en: str, kind: str) -> None:
    answer = one(text)
    assert (answer["zh"], answer["ru"], answer["en"], answer["kind"]) == (zh, ru, en, kind)


def test_language_must_be_told() -> None:
    with pytest.raises(UsageError, match="--from"):
        one("123")


def test_command_prints_a_table_and_json() -> None:
    run = CliRunner().invoke(command.app, ["王君正"])
    assert run.exit_code == 0
    assert "instrumental   Ван Цзюньчжэном" in run.stdout
    run = CliRunner().invoke(command.app, ["Ван", "И", "--json"])
    assert json.loads(run.stdout)["en"] == "Wang Yi"


def test_several_chinese_names_and_standard_input() -> None:
    run = CliRunner().invoke(command.app, ["王君正", "吕建", "--json"])
    assert [json.loads(line)["en"] for line in run.stdout.splitlines()] == ["Wang Junzheng", "Lyu Jian"]
    run = CliRunner().invoke(command.app, ["--json"], input="石国岳\n\nVladimir Putin\n")
    assert [json.loads(line)["ru"] for line in run.stdout.splitlines()] == ["Ши Гоюэ", "Владимир Путин"]


def test_result_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "name.json"
    run = CliRunner().invoke(command.app, ["石国岳", "--json", "-o", str(target)])
    assert run.exit_code == 0 and run.stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["cases"]["ins"] == "Ши Гоюэ"


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(max_size=12), st.sampled_from(LANGS))
def test_any_text_has_an_answer(text: str, lang: Lang) -> None:
    (answer,) = command.look_up([text], lang)
    assert set(answer) == {*("input", "lang", "kind", "zh", "ru", "en", "cases", "gender", "system", "notes")}
    assert command.table(answer)


@pytest.mark.parametrize("text", ["𠮷田", "黄𠮷"])
def test_a_character_without_a_reading_is_not_left_in_the_name(text: str) -> None:
    (answer,) = command.look_up([text], "zh")
    assert (answer["zh"], answer["ru"], answer["en"]) == (text, "", "")
    assert any("𠮷" in note for note in answer["notes"])
