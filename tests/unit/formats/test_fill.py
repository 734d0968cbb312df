"""A bitext made of a document goes back into it: the same file as if it had been translated in its place."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.formats import base, convert
from pipeline.formats.codes import place
from pipeline.formats.fill import filled
from pipeline.model import Document, State
from tests.unit.formats import samples

CASES = Path(__file__).parents[2] / "cases" / "formats"
DOCUMENTS = sorted(
    path
    for path in CASES.iterdir()
    if not (plugin := base.plugin(base.by_suffix(path.name))).bilingual and base.by_suffix(path.name) != "zip"
)
Run = Callable[..., "subprocess.CompletedProcess[str]"]
ECHO = ("--from", "zh", "--to", "ru", "--engine", "echo", "--set", "enforce.enabled=false")
OFF = ("--set", "checks.enabled=false", "--set", "quality.enabled=false")


def read(path: Path) -> Document:
    name = base.by_suffix(path.name)
    document = base.plugin(name).read(path.read_bytes(), path.name, "zh", "ru")
    return replace(document, format=name, source_lang="zh", target_lang="ru")


def translated(document: Document) -> Document:
    made = []
    for index, segment in enumerate(document.segments):
        target = f"Перевод {index}, часть вторая"
        codes = tuple(place(segment.source, target, segment.codes))
        new = replace(segment, target=target, target_codes=codes, state=State.TRANSLATED)
        made.append(new if segment.open and segment.source.strip() else segment)
    return document.with_segments(made)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_went_out_as_xliff_comes_back_as_the_same_file(path: Path) -> None:
    document = read(path)
    done = translated(document)
    given = base.plugin("xliff").read(convert.converted(done, "xliff"), "a.xlf", "zh", "ru")
    made = filled(document, replace(given, format="xliff"))
    assert made.taken == sum(s.state is State.TRANSLATED for s in done.segments) and not made.recoded
    plugin = base.plugin(document.format)
    files = [plugin.write(made.document), plugin.write(done)]
    if path.name == "styles.srt":  # {i} looks like a placeholder in XLIFF, which gets a space of its own there
        files = [data.replace(b" ", b"") for data in files]
    assert files[0] == files[1]


def news(tmp_path: Path) -> str:
    (tmp_path / "a.docx").write_bytes(samples.news())
    return "a.docx"


def texts(path: Path) -> list[str]:
    document = base.plugin("docx").read(path.read_bytes(), path.name, "ru", "zh")
    return [segment.source for segment in document.segments]


def test_a_translator_changes_words_and_moves_codes(inside: Run, tmp_path: Path) -> None:
    done = inside("translate", news(tmp_path), *ECHO, *OFF, "-o", "a.xlf", "--quiet")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "a.xlf").read_text(encoding="utf-8")
    pair = '<bpt id="1" rid="1">&lt;run&gt;</bpt>', '<ept id="2" rid="1">&lt;/run&gt;</ept>'
    text, count = re.subn(
        r"(<target[^>]*>)市长会见.*</target>", rf"\1{pair[0]}Делегацию{pair[1]} принял мэр.</target>", text
    )
    assert count == 1
    (tmp_path / "a.xlf").write_text(text.replace("脚注</target>", "Сноска</target>"), encoding="utf-8")
    done = inside("translate", "a.docx", *ECHO, *OFF, "--targets", "a.xlf", "-o", "b.docx")
    assert done.returncode == 0, done.stderr
    assert "a.xlf: 14 of 14 segments taken" in done.stderr
    assert {"Делегацию принял мэр.", "Сноска"} <= set(texts(tmp_path / "b.docx"))
    document = base.plugin("docx").read((tmp_path / "b.docx").read_bytes(), "b.docx", "ru", "zh")
    (first,) = (s for s in document.segments if s.source == "Делегацию принял мэр.")
    assert [(code.kind, code.position) for code in first.codes] == [("open", 0), ("close", 9)]


def test_lost_codes_come_back_and_missing_targets_are_translated(inside: Run, tmp_path: Path) -> None:
    inside("translate", news(tmp_path), *ECHO, *OFF, "-o", "a.xlf", "--quiet")
    text = (tmp_path / "a.xlf").read_text(encoding="utf-8")
    text = re.sub(r"(<target[^>]*>)正文.*</target>", r"\1Текст без сноски</target>", text)
    text = re.sub(r"<target[^>]*>页眉</target>", "", text)
    (tmp_path / "a.xlf").write_text(re.sub(r'unit id="[^"]*"', 'unit id="x"', text), encoding="utf-8")
    prefix = ("--set", "engines.echo.prefix=Ж")
    done = inside("translate", "a.docx", *ECHO, *OFF, *prefix, "--targets", "a.xlf", "-o", "b.docx")
    assert done.returncode == 0, done.stderr
    assert "13 of 14 segments taken, translated here: header1.1" in done.stderr
    assert "other inline codes than in a.docx, placed anew: document" in done.stderr
    assert {"Текст без сноски", "Ж页眉"} <= set(texts(tmp_path / "b.docx"))
    before, after = (
        base.plugin("docx").read((tmp_path / name).read_bytes(), name, None, None) for name in ("a.docx", "b.docx")
    )
    codes = [Counter(code.text for s in document.segments for code in s.codes) for document in (before, after)]
    assert codes[0] == codes[1]


def test_a_bitext_of_another_file_is_refused(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "b.tsv").write_text("source\ttarget\n别的\tДругое\n", encoding="utf-8")
    done = inside("translate", news(tmp_path), *ECHO, *OFF, "--targets", "b.tsv", "-o", "b.docx")
    assert done.returncode == 2 and "holds no target for a sentence of a.docx" in done.stderr
    assert not (tmp_path / "b.docx").exists()
    done = inside("translate", "b.tsv", *ECHO, *OFF, "--targets", "b.tsv", "-o", "c.tsv")
    assert done.returncode == 2 and "holds its targets itself" in done.stderr
    done = inside("translate", "a.docx", *ECHO, *OFF, "--targets", "none.xlf", "-o", "b.docx")
    assert done.returncode == 3 and "none.xlf" in done.stderr
    done = inside("translate", "a.docx", *ECHO, *OFF, "--targets", "b.tsv", "-o", "b.tsv")
    assert done.returncode == 2 and "written over" in done.stderr


@pytest.mark.parametrize("name", ["jsonl", "tsv", "tmx", "xliff"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_breaks_within_a_text_are_those_of_its_source(name: str, end: str) -> None:
    data = json.dumps({"a": f"第一行{end}第二<b>行</b>"}, ensure_ascii=False).encode()
    document = replace(base.plugin("json").read(data, "a.json", "zh", "ru"), source_lang="zh", target_lang="ru")
    (segment,) = document.segments
    there = tuple(place(segment.source, target := f"Строка{end}Строка вторая", segment.codes))
    done = document.with_segments([replace(segment, target=target, target_codes=there, state=State.TRANSLATED)])
    given = base.plugin(name).read(convert.converted(done, name), "a", "zh", "ru")
    made = filled(document, replace(given, format=name)).document
    assert made.segments[0].target == target
    assert end in json.loads(base.plugin("json").write(made))["a"] and ("\r" in end) == (b"\\r" in data)
