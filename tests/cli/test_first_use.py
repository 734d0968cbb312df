"""What people try on the first day: a pipe, an id, a name out of a text, a wrong language."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
HEAD = "id\tzh\tru\ten\tkind\tgender\n"
PEOPLE = (
    "wang\t王君正\tВан Цзюньчжэн\tWang Junzheng\tperson\tm\n"
    "petrov\t彼得罗夫 | 伊万·彼得罗夫\tПетров | Иван Петров | И. С. Петров | Иван Сергеевич Петров\t"
    "Petrov | Ivan Petrov\tperson\tm\n"
    "markets\t两个市场\tдва рынка\ttwo markets\tslogan\t\n"
    "bare\t万古长春\t\t\tterm\t\n"
)
WEAK = "Внешняя работа имеет немаловажное значения."


@pytest.fixture
def terms(tmp_path: Path) -> str:
    (tmp_path / "people.tsv").write_text(HEAD + PEOPLE, encoding="utf-8")
    return "people.tsv"


def test_a_piped_text_is_checked_as_text(inside: Run, terms: str) -> None:
    done = inside("check", "--to", "ru", "-g", terms, stdin=WEAK + "\n")
    assert done.returncode == 0 and done.stdout.startswith("1 segment: 1 major"), done.stderr


def test_a_piped_table_is_a_bitext(inside: Run, terms: str) -> None:
    table = f"id\tsource\ttarget\nx\t外事工作具有重要意义。\t{WEAK}\n"
    done = inside("check", "--to", "ru", "--json", "-g", terms, stdin=table)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["id"], row["source"]) == ("x", "外事工作具有重要意义。")


def test_json_lines_that_are_broken_are_not_taken_for_text(inside: Run, terms: str) -> None:
    done = inside("check", "--to", "ru", "-g", terms, stdin='{"id": "1", "target": \n')
    assert done.returncode == 3 and "standard input:1" in done.stderr


def test_text_is_no_bitext_for_the_enforcer(inside: Run, terms: str) -> None:
    done = inside("enforce", "--from", "zh", "--to", "ru", "-g", terms, stdin=WEAK)
    assert done.returncode == 2 and "is no bitext" in done.stderr


def test_a_dismissed_flag_no_longer_counts_in_the_score(inside: Run, tmp_path: Path, terms: str) -> None:
    (tmp_path / "w.jsonl").write_text(
        json.dumps({"id": "1", "source": "外事工作具有重要意义。", "target": WEAK}) + "\n"
    )
    command = ("check", "w.jsonl", "--from", "zh", "--to", "ru", "-g", terms)
    before = json.loads(inside(*command).stdout)
    after = json.loads(inside(*command, "--dismiss", "1:agreement").stdout)
    again = json.loads(inside(*command).stdout)
    assert before["findings"] and not after["findings"]
    assert after["score"]["post_edit_risk"] < before["score"]["post_edit_risk"]
    assert again["score"] == after["score"]


@pytest.mark.parametrize(
    ("text", "genitive"),
    [
        ("wang", "Ван Цзюньчжэна"),
        ("Ван Цзюньчжэн", "Ван Цзюньчжэна"),
        ("Ли Цян", "Ли Цяна"),
        ("markets", "двух рынков"),
        ("Российская Федерация", "Российской Федерации"),
    ],
)
def test_inflect_knows_entries_and_chinese_names(inside: Run, terms: str, text: str, genitive: str) -> None:
    done = inside("glossary", "inflect", text, "-g", terms, "--json")
    assert json.loads(done.stdout.splitlines()[0])["cells"]["gen"] == genitive, done.stderr


@pytest.mark.parametrize(("text", "said"), [("zzz", "no id of an entry"), ("bare", "has no Russian form")])
def test_inflect_declines_no_latin_words(inside: Run, terms: str, text: str, said: str) -> None:
    done = inside("glossary", "inflect", text, "-g", terms)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr


@pytest.mark.parametrize(
    ("text", "zh", "ru"),
    [
        ("Ван Цзюньчжэну", "王君正", "Ван Цзюньчжэн"),
        ("Ивана Петрова", "伊万·彼得罗夫", "Иван Петров"),
        ("Петров Иван Сергеевич", "伊万·彼得罗夫", "Иван Сергеевич Петров"),
        ("И. С. Петров", "伊万·彼得罗夫", "И. С. Петров"),
        ("Петров", "彼得罗夫", "Петров"),
    ],
)
def test_a_name_as_it_stands_in_a_text(inside: Run, terms: str, text: str, zh: str, ru: str) -> None:
    answer = json.loads(inside("name", text, "-g", terms, "--json").stdout)
    assert (answer["zh"], answer["ru"]) == (zh, ru)
    admitted = [note for note in answer["notes"] if note.startswith("also admitted (zh)")]
    assert not any(note.split(": ")[1] == zh for note in admitted)


def test_a_name_in_another_script_than_said(inside: Run, terms: str) -> None:
    done = inside("name", "Ли Цян", "--from", "en", "-g", terms)
    assert done.returncode == 2 and "is not written in English" in done.stderr


def test_what_may_be_asked_is_listed(inside: Run, terms: str) -> None:
    assert "omegat" in inside("glossary", "export", terms, "--as", "foo").stderr
    assert "omegat" not in inside("glossary", "import", terms, "--as", "foo").stderr
    assert ".sarif" in inside("check", terms, "--to", "ru", "--report", "x.foo").stderr


def test_a_name_in_one_language_alone_has_no_others_in_its_answer(inside: Run) -> None:
    answer = json.loads(inside("name", "王君正", "--to", "en", "--json").stdout)
    assert answer["en"] == "Wang Junzheng" and not {"zh", "ru", "cases"} & answer.keys()
    answer = json.loads(inside("name", "王君正", "--to", "ru", "--json").stdout)
    assert answer["cases"]["ins"] == "Ван Цзюньчжэном" and not {"zh", "en"} & answer.keys()
