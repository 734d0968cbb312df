"""Bitext of CAT tools: marks of machine output, locked and confirmed segments, protected text, notes, structure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.formats import base
from pipeline.model import Code, Document, Finding, Score, Segment, Severity, State

CASES = Path(__file__).parents[2] / "cases" / "formats"


def read(name: str) -> Document:
    return base.plugin(base.by_name(name)).read((CASES / name).read_bytes(), name, None, None)


def translated(name: str, *, notes: bool = False, provenance: str = "engine:compact") -> str:
    document = read(name)
    made = [
        replace(
            s,
            target=f"Перевод {i}",
            state=State.TRANSLATED,
            provenance=provenance,
            score=Score(0.5, 0.25),
            findings=(Finding("numbers", "accuracy", Severity.MAJOR, 0, 1, "5 & <6>"),),
        )
        if s.open
        else s
        for i, s in enumerate(document.segments)
    ]
    done = replace(document.with_segments(made), meta={"notes": notes})
    return base.plugin(document.format).write(done).decode("utf-8")


def states(name: str) -> list[str]:
    return [str(segment.state) for segment in read(name).segments]


def test_states_of_the_tools() -> None:
    assert states("memoq.mqxliff") == ["new", "confirmed", "locked", "new"]
    assert states("phrase.mxliff") == ["new", "confirmed", "locked"]
    assert states("trados.sdlxliff") == ["confirmed", "new", "locked"]
    assert states("protected.xlf") == ["locked", "new", "locked", "new", "new", "new"]


@pytest.mark.parametrize(
    ("name", "wanted", "count"),
    [
        ("memoq.mqxliff", 'mq:status="MachineTranslated"', 2),
        ("phrase.mxliff", 'm:trans-origin="mt"', 1),
        ("trados.sdlxliff", 'conf="Draft" origin="mt"', 1),
        ("trados-new.sdlxliff", 'conf="Draft" origin="mt"', 2),
        ("plain.xlf", 'state="needs-review-translation" state-qualifier="leveraged-mt"', 2),
        ("two-one.xlf", 'state="translated"', 3),
        ("two-one.xlf", 'type="mt"', 3),
        ("menu.po", "fuzzy", 6),
    ],
)
def test_machine_output_is_marked(name: str, wanted: str, count: int) -> None:
    assert translated(name).count(wanted) == count


@pytest.mark.parametrize(
    ("name", "exact", "fuzzy"),
    [
        ("memoq.mqxliff", 'mq:status="Pretranslated" mq:rowId="7" mq:percent="101"', 'mq:percent="92"'),
        ("team.mxliff", 'm:score="1.01"', 'm:score="0.92"'),
        ("trados-new.sdlxliff", 'conf="Draft" origin="tm" percent="100"', 'conf="Draft" origin="tm" percent="92"'),
        ("plain.xlf", 'state-qualifier="exact-match"', 'state-qualifier="fuzzy-match"'),
        ("two-one.xlf", 'type="tm" similarity="100"', 'type="tm" similarity="92"'),
    ],
)
def test_what_comes_from_a_memory_is_marked_so(name: str, exact: str, fuzzy: str) -> None:
    assert exact in translated(name, provenance="memory:context:1.01")
    made = translated(name, provenance="memory:fuzzy:0.92")
    assert fuzzy in made and "leveraged-mt" not in made and 'origin="mt"' not in made


def test_locked_and_approved_segments_keep_every_byte() -> None:
    """Of every case, `--over` or not: what a person has finished comes out as it came in."""
    checked = 0
    for name in NAMES:
        document = read(name)
        closed = [s for s in document.segments if not s.open]
        if not closed:
            continue
        made = [replace(s, target="Иначе", state=State.TRANSLATED) if s.open else s for s in document.segments]
        again = base.plugin(document.format).read(
            base.plugin(document.format).write(document.with_segments(made)), name, None, None
        )
        for before, after in zip(document.segments, again.segments, strict=True):
            if not before.open:
                assert (after.target, after.state, after.target_codes) == (
                    before.target,
                    before.state,
                    before.target_codes,
                )
                checked += 1
    assert checked > 15


def test_a_target_only_put_right_keeps_its_state() -> None:
    document = read("protected.xlf")
    made = [replace(s, target="Два пробела") if s.target else s for s in document.segments]
    text = base.plugin("xliff").write(document.with_segments(made)).decode()
    assert 'state="translated">Два пробела' in text and "leveraged-mt" not in text


def test_locked_and_confirmed_bytes_stay() -> None:
    for name, kept in [
        ("memoq.mqxliff", '<target xml:space="preserve">Не трогать</target>'),
        ("phrase.mxliff", "<target>Заседание завершилось.</target>"),
        ("trados.sdlxliff", '<mrk mtype="seg" mid="3">Третье.</mrk>'),
    ]:
        assert kept in translated(name)


def test_protected_text_is_a_code() -> None:
    segment = read("protected.xlf").segments[1]
    assert segment.source == "访问网站平台。"
    assert segment.codes[0] == Code(
        "12" if False else segment.codes[0].id, "empty", '<mrk mtype="protected">长春在线</mrk>', 2
    )
    assert '<mrk id="m1" translate="no">长春在线</mrk>' in translated("two-one.xlf")


def test_tags_of_phrase_are_codes() -> None:
    segment = read("phrase.mxliff").segments[0]
    assert segment.source == "市长会见了代表团。"
    assert [(c.kind, c.position) for c in segment.codes] == [("open", 0), ("close", 2), ("empty", 8)]
    assert "{b&gt;" in translated("phrase.mxliff")


NAMES = sorted(path.name for path in CASES.iterdir() if path.suffix in (".xlf", ".mxliff", ".mqxliff", ".sdlxliff"))
_MORE = "note|alt-trans|context-group|count-group|prop-group"
ORDER = {
    "trans-unit": ["source", "seg-source", "target", _MORE, "*"],
    "unit": ["*", "notes", "originalData", "segment|ignorable"],
    "segment": ["source", "target"],
}


def misplaced(data: bytes) -> list[str]:
    """What stands out of order, or twice, among the children of units and segments (OASIS XLIFF 1.2 and 2.0)."""
    root = ElementTree.fromstring(data)
    core = root.tag.rpartition("}")[0]
    wrong: list[str] = []
    for element in root.iter():
        rules = ORDER.get(element.tag.rpartition("}")[2])
        if rules is None or element.tag.rpartition("}")[0] != core:
            continue
        at = 0
        for child in element:
            own = child.tag.rpartition("}")[2] if child.tag.rpartition("}")[0] == core else "*"
            place = next((i for i in range(at, len(rules)) if own in rules[i].split("|")), None)
            if place is None:
                wrong.append(own)
            at = at if place is None else place
        tags = [child.tag.rpartition("}")[2] for child in element if child.tag.rpartition("}")[0] == core]
        wrong += [once for once in ("source", "target", "notes", "originalData") if tags.count(once) > 1]
    return wrong


@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize("name", [name for name in NAMES if name != "wide.xlf"])
def test_structure_is_that_of_the_schema(name: str, notes: bool) -> None:
    """Whether or not the schemas are at hand (test_schemas): nothing is out of order that was not so before."""
    made = translated(name, notes=notes)
    assert misplaced(made.encode()) == misplaced((CASES / name).read_bytes())
    assert ("post-edit risk 0.25" in made) is notes


def test_notes_are_readable_text() -> None:
    assert "major numbers: 5 &amp; &lt;6&gt;" in translated("plain.xlf", notes=True)


def target_of(segment: Segment) -> str:
    return segment.target or ""


def test_placeholders_of_gettext_keep_their_spaces() -> None:
    document = read("menu.po")
    made = [replace(s, target="Файл сохранён в") if i == 0 else s for i, s in enumerate(document.segments)]
    text = base.plugin("po").write(document.with_segments(made)).decode()
    line = next(line for line in text.splitlines() if "Файл" in line)
    for mark in ("%s", "<b>", "%(place)s", "</b>"):
        assert line.count(mark) == 1
    assert "а%" not in line and "sс" not in line


def test_oracle_reads_what_we_wrote(tmp_path: Path) -> None:
    """translate-toolkit (a reference of these formats) finds our targets and writes files that we read."""
    factory = pytest.importorskip("translate.storage.factory", reason="translate-toolkit is not installed")
    for name in ("plain.xlf", "menu.po", "memory.tmx", "prefix.xlf"):
        (tmp_path / name).write_text(translated(name), encoding="utf-8")
        store = factory.getobject(str(tmp_path / name))
        targets = [str(unit.target) for unit in store.units if unit.istranslatable() or unit.target]
        assert any("Перевод" in target for target in targets), name


@pytest.mark.parametrize("kind", ["po", "xliff", "tmx"])
def test_files_made_by_the_oracle_are_read(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("translate.storage.factory", reason="translate-toolkit is not installed")
    from translate.storage import po, tmx, xliff

    if kind == "po":
        store = po.pofile()
        store.addsourceunit("你好 %s").target = "Привет %s"
        store.addsourceunit("再见\n第二行")
    elif kind == "xliff":
        store = xliff.xlifffile()
        store.setsourcelanguage("zh")
        store.settargetlanguage("ru")
        store.addsourceunit("你好 <b>世界</b>").target = "Привет"
        store.addsourceunit("再见")
    else:
        store = tmx.tmxfile()
        store.addtranslation("你好", "zh", "Привет", "ru")
        store.addtranslation("再见", "zh", "Пока", "ru")
    data = bytes(store)
    plugin = base.plugin(kind)
    document = plugin.read(data, "made", "zh", "ru")
    assert plugin.write(document) == data
    assert len(document.segments) == 2
    assert target_of(document.segments[0]).startswith("Привет")
