"""What a client sees of a translated file: breaks, tabs, fields, plural forms, placeholders and pairs in their places."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import settings
from pipeline.flow import Flow
from pipeline.formats import _beside, base
from pipeline.model import Document, Segment, State
from tests.unit.formats.samples import docx, p, run

CASES = Path(__file__).parents[2] / "cases" / "formats"


def flow(source: str = "zh", target: str = "ru") -> Flow:
    return Flow(settings.load("draft", ["enforce.enabled=false"], engine="echo"), source, target)  # type: ignore[arg-type]


def read(name: str, data: bytes, source: str = "zh", target: str = "ru") -> Document:
    document = base.plugin(name).read(data, "t", source, target)  # type: ignore[arg-type]
    return replace(document, format=name)


def through(name: str, data: bytes, source: str = "zh", target: str = "ru") -> bytes:
    """The file with each sentence as its own translation, through all stages."""
    work = flow(source, target)
    done = work.join(work.translate(work.cut(read(name, data, source, target))))
    return base.plugin(name).write(done)


def with_targets(name: str, data: bytes, targets: dict[str, str]) -> str:
    document = read(name, data)
    made = [
        replace(s, target=targets[s.source], state=State.TRANSLATED) if s.source in targets else s
        for s in document.segments
    ]
    out = base.plugin(name).write(document.with_segments(made))
    return zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml").decode() if name == "docx" else out.decode()


@pytest.mark.parametrize("target", ["ru", "zh"])
def test_tabs_and_breaks_part_sentences_and_stay(target: str) -> None:
    source = "zh" if target == "ru" else "ru"
    text = "甲方\t乙方\n日期\t地点" if source == "zh" else "Заказчик\tПодрядчик\nДата\tМесто"
    data = "".join(f'{{"source": "{text}"}}\n').replace("\t", "\\t").encode()
    data = data.replace(b"\n", b"\\n").removesuffix(b"\\n") + b"\n"
    work = flow(source, target)
    [segment] = work.translate(work.cut(read("jsonl", data, source, target))).segments
    assert re.findall(r"[\t\n]", segment.target or "") == ["\t", "\n", "\t"]


def test_white_space_at_the_ends_of_a_message_stays() -> None:
    data = 'msgid "第一行。\\n"\nmsgstr ""\n\nmsgid "  第二行 "\nmsgstr ""\n'.encode()
    out = through("po", data).decode()
    assert 'msgstr "第一行。\\n"' in out and 'msgstr "  第二行 "' in out


def test_breaks_of_html_and_markdown_are_borders() -> None:
    data = "<p>标题<br>第一段<b>很<br/>好</b></p>".encode()
    assert [s.source for s in read("html", data).segments] == ["标题", "第一段很", "好"]
    assert with_targets("html", data, {"第一段很": "Очень", "好": "хорошо"}) == (
        "<p>标题<br>Очень<b><br/>хорошо</b></p>"
    )
    data = "> 一  \n> 二\\\n> **三**\n> 四\n\n[^1]: 脚注\n\n- [x] 做完\n\n| 甲 \\| 乙 |\n|---|\n| 丙 |\n".encode()
    assert [s.source for s in read("markdown", data).segments] == ["一", "二", "三四", "脚注", "做完", "甲 | 乙", "丙"]
    made = with_targets("markdown", data, {"一": "Раз", "二": "Два", "脚注": "Сноска", "做完": "Сделано"})
    assert made.startswith("> Раз  \n> Два\\\n> **三**\n") and "[^1]: Сноска" in made and "- [x] Сделано" in made


def test_marks_around_nothing_are_left_out_of_markdown() -> None:
    segment = read("markdown", "这是**很**好的".encode()).segments[0]
    made = replace(segment, target="Да", target_codes=tuple(replace(c, position=2) for c in segment.codes))
    document = read("markdown", "这是**很**好的".encode())
    assert base.plugin("markdown").write(document.with_segments([made])).decode() == "Да"


def field(code: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' for k in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{code}</w:instrText></w:r>{separate}{run(result)}{end}"


def test_a_page_number_is_translated_with_its_words_and_stays_a_field() -> None:
    page = field(" PAGE ", "3")
    data = docx(
        p(run("第"), page, run("页，共"), '<w:fldSimple w:instr="NUMPAGES">' + run("12") + "</w:fldSimple>", run("页"))
    )
    assert [s.source for s in read("docx", data).segments] == ["第3页，共12页"]
    made = with_targets("docx", data, {"第3页，共12页": "Стр. 3 из 12"})
    text = re.sub(r"<w:fldSimple.*?</w:fldSimple>", "[NUMPAGES]", made.replace(page, "[PAGE]"))
    assert re.sub(r"<[^>]+>", "", text).strip() == "Стр. [PAGE] из [NUMPAGES]"
    lost = with_targets("docx", data, {"第3页，共12页": "Страница"})
    assert page in lost and lost.count("<w:fldSimple") == 1


def test_the_field_of_a_link_stays_around_its_words_whatever_their_order() -> None:
    data = docx(p(run("请看"), field(' HYPERLINK "https://example.org" ', "公告"), run("。")))
    made = with_targets("docx", data, {"请看公告。": "Объявление смотрите здесь."})
    order = [made.index(f'fldCharType="{k}"') for k in ("begin", "separate", "end")]
    assert order == sorted(order)
    assert re.search(r'separate"/></w:r><w:r><w:t xml:space="preserve">[А-я]', made)


def test_a_table_of_contents_is_text_and_its_page_numbers_fields() -> None:
    document = read("docx", (CASES / "fields.docx").read_bytes())
    assert [s.source for s in document.segments[:2]] == ["第一章\u3000总则\t2", "第二章\u3000管理机构\t5"]


def test_bookmarks_and_comments_go_with_their_words() -> None:
    data = docx(p('<w:bookmarkStart w:id="1" w:name="a"/>', run("甲方"), '<w:bookmarkEnd w:id="1"/>', run("负责交货")))
    made = with_targets("docx", data, {"甲方负责交货": "甲方 поставляет"})
    assert '<w:bookmarkStart w:id="1" w:name="a"/>' + run("甲方") + '<w:bookmarkEnd w:id="1"/>' in made


def test_runs_that_differ_in_nothing_seen_are_one() -> None:
    hint = '<w:rFonts w:hint="eastAsia" w:ascii="Arial"/>'
    data = docx(p(run("规范", hint), run("管理", '<w:rFonts w:ascii="Arial"/><w:lang w:val="en-US"/>')))
    assert read("docx", data).segments[0].codes == ()
    assert "eastAsia" not in with_targets("docx", data, {"规范管理": "«Порядок»"})


def test_a_blank_to_fill_in_stays_a_blank() -> None:
    blank = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>'
    data = docx(p(run("签字："), blank, run("日期")))
    assert blank in with_targets("docx", data, {"签字：日期": "Подпись: дата"})


PLURALS = """msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"

msgid "%d file"
msgid_plural "%d files in 5 folders"
msgstr[0] ""
msgstr[1] "%d файла в 5 папках"
msgstr[2] ""
"""


def test_plural_forms_are_asked_for_with_a_number() -> None:
    document = base.plugin("po").read(PLURALS.encode(), "t", "en", "ru")
    assert [s.source for s in document.segments] == ["1 file", "2 files in 5 folders", "6 files in 5 folders"]
    assert document.segments[1].target == "2 файла в 5 папках"
    targets = iter(["1 файл", "2 файла в 5 папках", "В 5 папках 6 файлов"])
    made = base.plugin("po").write(document.with_segments(replace(s, target=next(targets)) for s in document.segments))
    text = made.decode()
    assert 'msgstr[0] "%d файл"' in text and 'msgstr[2] "В 5 папках %d файлов"' in text
    assert 'msgstr[1] "%d файла в 5 папках"' in text
    assert base.plugin("po").read(made, "t", "en", "ru").segments[2].target == "В 5 папках 6 файлов"
    one = base.plugin("po").write(document.with_segments([replace(document.segments[0], target="Один файл")]))
    assert 'msgstr[0] "%d Один файл"' in one.decode()


@pytest.mark.parametrize("rule", ["n%0", "n>1)", "(" * 200 + "n", "n+n*n**n", ""])
def test_a_broken_plural_rule_is_left_out_of_account(rule: str) -> None:
    text = f'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural={rule};\\n"\n\nmsgid "%d a"\nmsgid_plural "%d b"\nmsgstr[0] ""\n'
    assert [s.source for s in read("po", text.encode()).segments] == [" a"]


def test_messages_with_a_choice_are_left_to_a_person() -> None:
    states = {s.id: s.state for s in read("xliff", (CASES / "strings.xlf").read_bytes(), "en").segments}
    assert states["files"] is State.NEW and not {"icu", "only"} & set(states)  # nothing but a code
    ids = {s.id for s in read("xliff", (CASES / "angular.xlf").read_bytes(), "en").segments}
    assert ids == {"greeting", "saved"}


@pytest.mark.parametrize("name", ["strings.xlf", "angular.xlf", "angular-two.xlf", "forms.po", "polib.po", "okapi.xlf"])
def test_every_placeholder_and_tag_is_there_once(name: str) -> None:
    kind = base.by_name(name)
    document = base.plugin(kind).read((CASES / name).read_bytes(), name, None, None)
    texts = [f"Слово {i} и ещё слова." for i, _ in enumerate(document.segments)]
    made = base.plugin(kind).write(
        document.with_segments(
            replace(s, target=t, target_codes=()) if s.open else s
            for s, t in zip(document.segments, texts, strict=True)
        )
    )
    again = base.plugin(kind).read(made, name, None, None)
    for before, after in zip(document.segments, again.segments, strict=True):
        if before.open and not before.meta.get("sample"):
            assert sorted(c.text for c in after.target_codes) == sorted(c.text for c in before.codes)


def test_placeholders_have_spaces_around_them() -> None:
    document = base.plugin("xliff").read((CASES / "angular.xlf").read_bytes(), "t", "en", "ru")
    segment = document.segments[0]
    assert segment.id == "greeting"
    placed = [replace(c, position=4) for c in segment.codes]
    codes = tuple(_beside.settled(segment.source, "Путьдомой", _beside.wanted(segment.source, segment.codes), placed))
    made = replace(segment, target="Путьдомой", target_codes=codes)
    out = base.plugin("xliff").write(document.with_segments([made, *document.segments[1:]])).decode()
    assert re.search(r'<target[^>]*>Путь <x id="INTERPOLATION"[^>]*/> <x id="START_BOLD', out)
    assert [c.kind for c in segment.codes] == ["empty", "open", "close"]


def test_what_is_not_in_the_source_language_stays() -> None:
    segments = [
        Segment(str(i), text) for i, text in enumerate(["一、\t时间", "（三）", "SKU-100", "مرحبا", "（2025）", "会"])
    ]
    done = flow().translate(Document("d", "xliff", tuple(segments))).segments
    assert [s.target for s in done] == ["1.\t时间", "(3)", "SKU-100", "مرحبا", "(2025)", "会"]
    assert [s.provenance for s in done[2:]] == ["copied", "copied", "copied", "engine:echo"]


def test_code_spans_have_spaces_around_them() -> None:
    made = with_targets("markdown", "电话：`555`找人。".encode(), {"电话：找人。": "Телефон:спросите."})
    assert made == "Телефон: `555` спросите." or made.startswith("Телефон:спросите `555`")
    made = with_targets("html", "<p>系统<code>a b</code>命令</p>".encode(), {"系统命令": "Системакоманда"})
    assert re.fullmatch(r"<p>(?:\w+ )?<code>a b</code>(?: \w+)?</p>", made)


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("会议结束。", "会议结束。", False),
        ("会议结束。", "Конец.", True),
        ("SKU-100", "SKU-100", True),
        ("会议", " ", False),
    ],
)
def test_a_copy_of_the_source_is_no_translation(source: str, target: str, kept: bool) -> None:
    segment = Segment("1", source, target)
    [done] = flow().translate(Document("d", "xliff", (segment,))).segments
    assert (done.state is State.NEW) is kept


def test_notes_of_the_editor_are_not_copied_into_a_translation() -> None:
    document = base.plugin("sdlxliff").read((CASES / "studio.sdlxliff").read_bytes(), "t", None, None)
    [noted] = [s for s in document.segments if s.id == "a0b2.2"]
    assert noted.source == "他指出，要把握机遇。" and [c.kind for c in noted.codes] == ["empty"]
    struck = (CASES / "studio.sdlxliff").read_bytes().replace(b"x-sdl-added", b"x-sdl-deleted")
    [segment] = [s for s in base.plugin("sdlxliff").read(struck, "t", None, None).segments if s.id == "a0b2.2"]
    assert segment.target == "Он ."


def test_word_html_is_read_as_word_shows_it() -> None:
    segments = read("html", (CASES / "letter.htm").read_bytes(), "ru", "en").segments
    assert segments[0].source == "Уважаемый Иван Петрович!"
    kinds = [(c.kind, c.text[:5]) for c in segments[0].codes]
    assert [kind for kind, _ in kinds].count("open") == [kind for kind, _ in kinds].count("close")


def test_utf_16_keeps_its_byte_order() -> None:
    for name, mark in (("studio.tmx", b"\xff\xfe"), ("big-endian.tmx", b"\xfe\xff")):
        document = base.plugin("tmx").read((CASES / name).read_bytes(), name, "zh", "ru")
        made = base.plugin("tmx").write(document.with_segments(replace(s, target="Новый") for s in document.segments))
        assert made.startswith(mark) and "Новый" in made.decode("utf-16")


def test_word_opens_what_python_docx_opens(tmp_path: Path) -> None:
    """python-docx, where it is installed, finds our text in the places where it put its own."""
    reader = pytest.importorskip("docx", reason="python-docx is not installed")
    data = (CASES / "python.docx").read_bytes()
    made = with_file(data, {"年度工作报告": "Годовой отчёт", "指标": "Показатель", "内表": "Таблица", "页脚": "Низ"})
    (tmp_path / "a.docx").write_bytes(made)
    opened = reader.Document(str(tmp_path / "a.docx"))
    assert opened.paragraphs[0].text == "Годовой отчёт" and opened.paragraphs[0].style.name == "Title"
    table = opened.tables[0]
    assert table.cell(0, 0).text == "Показатель" and table.cell(1, 1).tables[0].cell(0, 0).text == "Таблица"
    assert opened.sections[0].footer.paragraphs[0].text == "Низ"


def with_file(data: bytes, words: dict[str, str]) -> bytes:
    document = read("docx", data)
    made: list[Segment] = [replace(s, target=words.get(s.source)) for s in document.segments]
    return base.plugin("docx").write(document.with_segments(made))
