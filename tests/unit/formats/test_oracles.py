"""What we write is read by the tools that others use: translate-toolkit, polib, pysubs2 (python-docx: test_layout)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.formats.test_dialects import CASES, read, translated

TOOLKIT = [
    *("angular.xlf", "nested.xlf", "okapi.xlf", "plain.xlf", "prefix.xlf", "strings.xlf", "toolkit.xlf", "toolkit-two.xlf"),
    *("two.xlf", "data.xlf", "forms.po", "menu.po", "polib.po", "memory.tmx", "toolkit.tmx"),
    *("memoq.tmx", "studio.sdlxliff", "rich.mqxliff", "team.mxliff"),
]  # fmt: skip


@pytest.mark.parametrize("name", TOOLKIT)
def test_translate_toolkit_finds_every_target(name: str, tmp_path: Path) -> None:
    factory = pytest.importorskip("translate.storage.factory", reason="translate-toolkit is not installed")
    from translate.storage import xliff2

    made = tmp_path / (name if name.endswith((".xlf", ".po", ".tmx")) else f"{name}.xlf")
    made.write_text(translated(name), encoding="utf-8")
    two = b"xliff:document:2" in made.read_bytes()
    store = xliff2.Xliff2File.parsefile(str(made)) if two else factory.getobject(str(made))
    said = " ".join("\n".join(getattr(unit.target, "strings", [str(unit.target)])) for unit in store.units)
    said = re.sub(r"<[^>]+>", "", said)
    wanted = sum(segment.open for segment in read(name).segments)
    if name in ("data.xlf", "two.xlf"):  # it shows one segment of each unit
        assert said.count("Перевод") >= wanted // 2
    else:
        assert said.count("Перевод") == wanted


@pytest.mark.parametrize("name", ["forms.po", "polib.po", "menu.po"])
def test_polib_and_msgfmt_accept_our_messages(name: str, tmp_path: Path) -> None:
    polib = pytest.importorskip("polib")
    text = translated(name)
    before, after = polib.pofile((CASES / name).read_text(encoding="utf-8")), polib.pofile(text)
    assert [(e.msgctxt, e.msgid, e.obsolete) for e in before] == [(e.msgctxt, e.msgid, e.obsolete) for e in after]
    assert all("fuzzy" in e.flags for e in after if not e.obsolete and e.msgstr != "" and "Перевод" in e.msgstr)
    if shutil.which("msgfmt"):
        (tmp_path / "a.po").write_text(text, encoding="utf-8")
        done = subprocess.run(["msgfmt", "-o", "/dev/null", "--use-fuzzy", "a.po"], cwd=tmp_path, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("name", ["film.srt", "styles.srt", "pysubs.srt", "talk.vtt", "settings.vtt", "pysubs.vtt"])
def test_pysubs2_finds_as_many_cues_at_the_same_times(name: str) -> None:
    pysubs2 = pytest.importorskip("pysubs2")
    kind = name.rpartition(".")[2]
    before = pysubs2.SSAFile.from_string((CASES / name).read_text(encoding="utf-8"), format_=kind)
    after = pysubs2.SSAFile.from_string(translated(name), format_=kind)
    assert [(e.start, e.end) for e in before] == [(e.start, e.end) for e in after]
    assert (
        sum("Перевод" in e.plaintext for e in after)
        >= len([e for e in before if any(map(str.isalpha, e.plaintext))]) - 1
    )
