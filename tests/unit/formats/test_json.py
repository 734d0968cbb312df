"""Message catalogues: messages change, and nothing else; what is no JSON is refused with its line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.formats import _beside, _json, base
from pipeline.model import Document, State

CASES = Path(__file__).parents[2] / "cases" / "formats"
PLUGIN = base.plugin("json")
Run = Callable[..., "subprocess.CompletedProcess[str]"]
OFF = ("--set", "enforce.enabled=false", "--set", "checks.enabled=false", "--set", "quality.enabled=false")


def read(text: str | bytes, name: str = "zh.json") -> Document:
    return PLUGIN.read(text.encode() if isinstance(text, str) else text, name, "zh", "ru")


def translated(document: Document, word: str = "Ж") -> bytes:
    made = [replace(s, target=word + s.source, state=State.TRANSLATED) if s.open else s for s in document.segments]
    return PLUGIN.write(document.with_segments(made))


def shape(value: Any, change: Callable[[str], Any] = lambda text: "text") -> Any:
    """The value with objects as lists of pairs, so that the order of keys counts, and its strings changed."""
    if isinstance(value, dict):
        return [(key, shape(inner, change)) for key, inner in value.items()]
    if isinstance(value, list):
        return [shape(inner, change) for inner in value]
    return change(value) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("messages.json", ["appName.message", "greeting.message", "link.message"]),
        ("app_zh.arb", ["title", "files", "opened"]),
        ("strings.ru.json", ["title", "nested.gender", "nested.text"]),
    ],
)
def test_what_is_a_message(name: str, ids: list[str]) -> None:
    assert [s.id for s in read((CASES / name).read_bytes(), name).segments] == ids


def test_keys_numbers_and_order_stay() -> None:
    data = (CASES / "i18next.json").read_bytes()
    out = translated(read(data))
    assert shape(json.loads(out)) == shape(json.loads(data))
    assert b"-1.50e+2" in out and b'"cancel":"\xd0\x96' in out and b'"blank": "  "' in out
    again = {s.id: s.source for s in read(out).segments}
    assert again["menu.file"] == "Ж“文件”\t菜单\n第二行" and again['["menu.file"]'] == "Ж文件"
    assert b"https:\\/\\/example.org\\/a" in out


def test_escapes_as_the_file_has_them() -> None:
    out = translated(read((CASES / "escaped.json").read_bytes()))
    assert out.isascii() and json.loads(out)["b"]["c"] == "Ж文件已保存。😀"
    assert "Ж会议".encode() in translated(read((CASES / "windows.json").read_bytes()))


@pytest.mark.parametrize(
    ("message", "codes"),
    [
        ("您有{count}份文件", ["{count}"]),
        ("您有{{ count }}份文件，{{- raw}}", ["{{ count }}", "{{- raw}}"]),
        ("共{{count, number}}份", ["{{count, number}}"]),
        ("%s和%d份，%1$s，%(name)s，100%%", ["%s", "%d", "%1$s", "%(name)s", "%%"]),
        ("%{name}和${name}", ["%{name}", "${name}"]),
        ("请见$t(common.ok)和@:common.ok", ["$t(common.ok)", "@:common.ok"]),
        ("<b>粗</b>与<0>点击</0><1/><br>", ["<b>", "</b>", "<0>", "</0>", "<1/>", "<br>"]),
        (
            "有{n, plural, one {# 份} other {{m, plural, other {# 页}}}}了",
            ["{n, plural, one {# 份} other {{m, plural, other {# 页}}}}"],
        ),
        ("见{g, select, a {甲'{'} other {乙}}。", ["{g, select, a {甲'{'} other {乙}}"]),
        ("{d, date, short}开会", ["{d, date, short}"]),
        ("收费$5", []),
    ],
)
def test_placeholders_are_kept(message: str, codes: list[str]) -> None:
    document = read(json.dumps({"a": message}))
    (segment,) = document.segments
    assert [code.text for code in segment.codes] == codes
    (again,) = read(translated(document)).segments
    assert sorted(code.text for code in again.codes) == sorted(codes)


def test_placeholders_stand_apart_from_words_and_doubled_signs_do_not() -> None:
    document = read('{"a": {"message": "共$N$份，收费$$5，{{x}}有"}}')
    (segment,) = document.segments
    text = "Всего, сбор 5, есть"
    places = [5, 12, 15]
    placed = [replace(code, position=at) for code, at in zip(segment.codes, places, strict=True)]
    codes = tuple(_beside.settled(segment.source, text, segment.codes, placed))
    out = PLUGIN.write(document.with_segments([replace(segment, target=text, target_codes=codes)]))
    assert json.loads(out)["a"]["message"] == "Всего $N$, сбор $$5, {{x}} есть"


def test_a_choice_of_forms_is_left_and_told() -> None:
    only, inside, other = read(
        '{"a": "{n, plural, other {# 份}}", "b": "有{n, plural, other {# 份}}", "c": "份"}'
    ).segments
    assert (only.state, inside.state) == (State.LOCKED, State.NEW)
    assert only.notes and inside.notes and not other.notes


WRONG = [
    ("", "zh.json: is empty"),
    ("\ufeff \n", "zh.json: is empty"),
    ('["文件"]', "zh.json:1: is a list"),
    ('"文件"', "zh.json:1: is no JSON object"),
    ("{}", "zh.json: holds no message"),
    ('{"a": 1, "b": ""}', "zh.json: holds no message"),
    ('{"a": "甲",\n"b": "乙"', "zh.json:2: ends too early: a comma or } is missing (the object opened in line 1"),
    ('{"a": ["甲",\n', "zh.json:1: ends too early: a value is missing (the list opened in line 1"),
    ('{\n"a": "甲",\n}', "zh.json:2: a comma before }"),
    ('{"a": ["甲",\n"乙",]}', "zh.json:2: a comma before ]"),
    ('{"a": "甲"\n"b": "乙"}', "zh.json:2: a comma or } is missing"),
    ('{"a"\n"甲"}', "zh.json:2: a colon is missing"),
    ('{\na: "甲"}', "zh.json:2: a key in double quotation marks is missing before 'a'"),
    ("{\n'a': '甲'}", "zh.json:2: single quotation marks"),
    ('{\n// 注\n"a": "甲"}', "zh.json:2: a comment"),
    ('{"a": "甲"} /* 注 */', "zh.json:1: goes on"),
    ('{"a": "甲\n乙"}', "zh.json:1: a string that is not closed in its line"),
    ('{"a": "甲\t乙"}', "zh.json:1: a string that is not closed"),
    ('{"a":\n"甲\\x"}', "zh.json:2: a backslash that means nothing"),
    ('{"a":\n"\\ud800"}', "zh.json:2: holds half a surrogate pair"),
    ('{"\\udc00": "甲"}', "zh.json:1: holds half a surrogate pair"),
    ('{"a": "甲",\n"b": NaN}', "zh.json:2: NaN is no JSON"),
    ('{"a": "甲",\n"b": [-Infinity]}', "zh.json:2: -Infinity is no JSON"),
    ('{"a": "甲", "b": 01}', "zh.json:1: 01 is no value of JSON"),
    ('{"a": "甲", "b": True}', "zh.json:1: True is no value of JSON"),
    ('{"a": "甲",\n"b": {"c": 1,\n"c": 2}}', 'zh.json:3: the key "c" stands twice (first in line 2)'),
    ('{"a": "甲", "\\u0061": "乙"}', 'the key "a" stands twice'),
    ('{"source": "甲"}\n{"source": "乙"}', "zh.json:2: goes on behind its last brace (JSON lines are named .jsonl)"),
    ('{"id": "1", "source": "甲", "target": "乙"}', "zh.json: is a line of a bitext"),
    ('{"a":' * 200_000, "zh.json:1: is nested too deep (over 100 levels)"),
    ('{"a":' + "[" * 200_000, "zh.json:1: is nested too deep"),
    ('{"a": "' + "甲" * 1_000_001 + '"}', "zh.json:1: a message of 1,000,001 characters"),
    ('{"a": "甲"]', "zh.json:1: a comma or } is missing before ']'"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said[:60] for _, said in WRONG])
def test_what_is_no_catalogue_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert said in str(caught.value) and "\n" not in str(caught.value) and len(str(caught.value)) < 250


def test_a_hundred_levels_are_read() -> None:
    (segment,) = read('{"a":' * 100 + '"甲"' + "}" * 100).segments
    assert segment.source == "甲"


def loaded(text: str) -> Any:
    """As Python reads it, but strictly. Raises ValueError."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({key for key, _ in pairs}) < len(pairs):
            raise ValueError("a key stands twice")
        json.dumps(pairs, ensure_ascii=False).encode("utf-8")
        return dict(pairs)

    def never(_: str) -> None:
        raise ValueError("no number")

    return json.loads(text, object_pairs_hook=once, parse_constant=never)


TOKENS = ['"a"', '"b"', '"甲"', '"\\u0061"', '"\\n"', '"\\"', '"', "{", "}", "[", "]", ",", ":", "1", "-0.5e3", "01", "1.",
          "true", "null", "NaN", " ", "\n", '{"a":', '{"b":[', '{"c": "乙"}', "\\"]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=12).map("".join))
def test_the_reader_accepts_what_json_is(inside: str) -> None:
    text = '{"x":' + inside + "}"
    try:
        wanted = loaded(text)
    except ValueError:
        with pytest.raises(InputError):
            _json.leaves(text, "t")
        return
    found: list[Any] = []
    shape(wanted, found.append)
    assert [leaf.text for leaf in _json.leaves(text, "t") if leaf.text is not None] == found


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
        st.text('会议 ab"\\/\n{}%s<>$\u2028é😀', max_size=12),
        st.sampled_from(["有{n}份", "%s份", "{n, plural, one {# 份} other {#}}", "<b>粗</b>", "见{{x}}", "{a, select,"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.[\"@甲", max_size=3), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(
    st.dictionaries(st.text("kъ.", max_size=3), VALUES, min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from([None, 2]),
)
def test_any_catalogue_keeps_everything_but_its_messages(
    content: dict[str, Any], plain: bool, indent: int | None
) -> None:
    text = json.dumps(content, ensure_ascii=plain, indent=indent)
    try:
        document = read(text)
    except InputError as error:
        assert "holds no message" in str(error)
        return
    assert PLUGIN.write(document) == text.encode()
    assert len({segment.id for segment in document.segments}) == len(document.segments)
    out = translated(document)
    assert shape(json.loads(out)) == shape(content)
    again = read(out).segments
    assert [s.id for s in again] == [s.id for s in document.segments]
    for before, after in zip(document.segments, again, strict=True):
        if before.open and "{" not in before.source + before.target_codes.__repr__() and "<" not in before.source:
            # white space at the edges is the source's, whatever the translation has
            assert "".join(after.source.split()) == "".join(("Ж" + before.source).split())
        elif not before.open:
            assert after == replace(before, meta=after.meta)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("app/locales/zh/common.json", True), ("_locales/zh_CN/messages.json", True), ("lib/l10n/app_zh.arb", True),
        ("i18n/zh-Hans-CN.json", True), ("src/strings.ru.json", True), ("zh/menu.json", True),
        ("package.json", False), ("data/report.json", False), ("src/tsconfig.json", False), ("manifest.json", False),
    ],
)  # fmt: skip
def test_in_a_folder_only_catalogues_are_translated(path: str, wanted: bool) -> None:
    assert PLUGIN.wanted(path) is wanted


def test_translate_and_batch(inside: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "locales"
    folder.mkdir(parents=True)
    (folder / "zh.json").write_text('{"b": "会议{n}", "a": {"c": "文件"}}\n', encoding="utf-8")
    (tmp_path / "in" / "package.json").write_text('{"name": "包"}', encoding="utf-8")
    echo = ("--from", "zh", "--to", "ru", "--engine", "echo", "--set", "engines.echo.prefix=Ж", *OFF)
    done = inside("translate", folder / "zh.json", *echo, "-o", "ru.json")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ru.json").read_text(encoding="utf-8") == '{"b": "Ж会议{n}", "a": {"c": "Ж文件"}}\n'
    done = inside("batch", "run", "in", *echo, "--quiet", "-o", "out")
    assert done.returncode == 0, done.stderr
    out = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.json")}
    assert "locales/zh.json" in out and "package.json" not in out
    done = inside("translate", "in", *echo, "--quiet", "-o", "all")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "all" / "package.json").read_text(encoding="utf-8") == '{"name": "包"}'
    assert json.loads((tmp_path / "all" / "locales" / "zh.json").read_bytes())["a"] == {"c": "Ж文件"}


def test_check_pairs_messages_by_their_keys(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "zh.json").write_text('{"a": "会议结束。", "b": {"c": "共3份文件。"}, "d": "新"}', encoding="utf-8")
    (tmp_path / "ru.json").write_text(
        '{"b": {"c": "Всего 5 документов."}, "a": "Заседание завершилось."}', encoding="utf-8"
    )
    done = inside(
        "check", "zh.json", "ru.json", "--from", "zh", "--to", "ru", "--json", "--set", "quality.enabled=false"
    )
    lines = {line["id"]: line for line in map(json.loads, done.stdout.splitlines())}
    assert set(lines) == {"a", "b.c"} and lines["a"]["target"] == "Заседание завершилось."
    assert "ru.json: lacks 1 of 3 keys: d" in done.stderr
    assert [finding["check"] for finding in lines["b.c"]["findings"]] == ["numbers"]


def test_a_bitext_of_a_catalogue_keeps_tags_and_placeholders(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "zh.json").write_text('{"a": "请<b>点击</b>{n}次"}', encoding="utf-8")
    echo = ("--from", "zh", "--to", "ru", "--engine", "echo", *OFF, "--quiet")
    assert inside("translate", "zh.json", *echo, "-o", "a.tsv").returncode == 0
    assert "a\t请<b>点击</b>{n}次\t" in (tmp_path / "a.tsv").read_text(encoding="utf-8")


def test_unknown_names_still_say_what_to_do(inside: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: б\n", encoding="utf-8")
    done = inside("translate", "a.yaml", "--from", "zh", "--to", "ru")
    assert done.returncode == 2 and "JSON" in done.stderr
