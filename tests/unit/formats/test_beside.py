"""White space beside codes: all of it where a text stays as it is, and as in the source where it is translated."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from pipeline.formats import base
from pipeline.formats.codes import place
from pipeline.model import Code, Document, State
from tests.unit.formats.samples import docx, p, part, run
from tests.unit.formats.test_codes import marked

HEAD = '<xliff version="{}"><file source-language="en" target-language="ru"><body>'
SPACED = 'Надо  ускорить <x id="1"/>  развитие <mrk mtype="protected">A</mrk> <x id="2"/> <x id="3"/> .'
ONE = f'{HEAD.format("1.2")}<trans-unit id="1"><source>A</source><target>{SPACED}</target></trans-unit></body></file></xliff>'
HTML = (
    '<p>Click <img src="a.png"> here, <input name="x"> or <wbr> there.</p>\n'
    '<p><img src="b.png"> First <span translate="no">KEEP</span> text<br> and more.</p>\n'
)


@pytest.mark.parametrize(
    ("word", "new"), [("развитие", "рост"), ("Надо  ускорить", "Надо  ускорять"), (".", "!"), ("", "Что ")]
)
def test_of_a_given_target_only_the_changed_word_is_another(word: str, new: str) -> None:
    plugin = base.plugin("xliff")
    document = plugin.read(ONE.encode(), "a.xlf", "en", "ru")
    (segment,) = document.segments
    assert segment.target == "Надо  ускорить развитие ."
    at = segment.target.index(word)
    codes = tuple(
        replace(c, position=c.position + len(new) - len(word) if c.position > at or not word else c.position)
        for c in segment.target_codes
    )
    made = replace(segment, target=segment.target.replace(word, new, 1), target_codes=codes)
    assert plugin.write(document.with_segments([made])).decode() == ONE.replace(
        f">{SPACED}", f">{SPACED}".replace(word, new, 1) if word else f">{new}{SPACED}"
    )


@pytest.mark.parametrize(("name", "text"), [("html", HTML), ("markdown", "See <!-- a --> this and <br> that.\n")])
def test_what_an_engine_leaves_as_it_is_stays(name: str, text: str) -> None:
    plugin = base.plugin(name)
    document = plugin.read(text.encode(), "a", "en", "ru")
    made = [replace(s, target=s.source, target_codes=s.codes) for s in document.segments]
    assert plugin.write(document.with_segments(made)).decode() == text
    assert not any("  " in segment.source for segment in document.segments if name == "html")


def test_references_of_html_stay_where_the_text_stays() -> None:
    plugin = base.plugin("html")
    text = '<p title="&laquo;A&raquo;">The&nbsp;city &mdash; <b>a&#32;plan</b></p><p>A&nbsp;plan</p>'
    document = plugin.read(text.encode(), "a", "en", "ru")
    made = [replace(s, target="План" if s.source == "A plan" else s.source) for s in document.segments]
    assert plugin.write(document.with_segments(made)).decode() == text.replace("A&nbsp;plan", "План")


CASES = [
    # source, target, where the codes come out
    ("Open <1/> the door <2/>.", "Откройте дверь.", "Откройте <1/> дверь <2/>."),
    ("<1/> Open it", "Откройте", "<1/> Откройте"),
    ("Open it <1/>", "Откройте", "Откройте <1/>"),
    ("Open <1/> now.", "Откройте.", "Откройте <1/>."),
    ("Open <1/> <2/> now", "Сейчас", "<1/> <2/> Сейчас"),
    ("Open<1/> it now", "Откройте это сейчас", "Откройте<1/> это сейчас"),
    ("门<1/>开", "Дверь открыта", "Дверь<1/> открыта"),
    ("<1> Two </1> markets", " два рынка", "<1> два </1> рынка"),
    ("<1> Two </1> markets", "два рынка", "<1> два </1> рынка"),
    (" <1> Two</1> markets", " два рынка", " <1> два</1> рынка"),
    ("to <1> markets </1>", "на рынки", "на <1> рынки </1>"),
    ("to <1> markets </1>", "на рынки ", "на <1> рынки </1>"),
    ("the <1> B </1> plan", "План (B)", "План (<1>B</1>)"),
    ("<1>Two </1>markets", "два рынка", "<1>два</1> рынка"),
]


@pytest.mark.parametrize(("source", "target", "wanted"), CASES)
def test_in_a_new_translation_spaces_stand_beside_the_codes_that_had_them(
    source: str, target: str, wanted: str
) -> None:
    plain, codes = absorbed(*marked(source))
    placed = place(plain, target, codes)
    made, at = "", 0
    for code in placed:
        made += target[at : code.position] + code.before + code.text + code.after
        at = code.position
    assert made + target[at:] == wanted


def absorbed(text: str, codes: list[Code]) -> tuple[str, list[Code]]:
    """As the formats read it: one space in the text for one on either side of a code."""
    out = list(codes)
    for i in reversed(range(len(out))):
        at = out[i].position
        if text[max(0, at - 1) : at + 1] == "  ":
            text = text[:at] + text[at + 1 :]
            out[i] = replace(out[i], after=" ")
            out[i + 1 :] = [replace(code, position=code.position - 1) for code in out[i + 1 :]]
    return text, out


def test_adjacent_placeholders_keep_their_one_space() -> None:
    plugin = base.plugin("json")
    document = plugin.read(b'{"a": "Files {0} %s now", "b": "%1$s{0}A"}', "a.json", "en", "ru")
    made = [replace(s, target=t) for s, t in zip(document.segments, ("Файлы теперь", "А"), strict=True)]
    assert plugin.write(document.with_segments(made)).decode() == '{"a": "Файлы {0} %s теперь", "b": "%1$s{0} А"}'


def test_the_space_behind_the_number_of_a_footnote() -> None:
    note = p("<w:r><w:footnoteRef/></w:r>", run(" The plan."))
    data = docx(p(run("Text")), word_footnotes=part("footnotes", f'<w:footnote w:id="2">{note}</w:footnote>'))
    plugin = base.plugin("docx")
    document: Document = plugin.read(data, "a.docx", "en", "ru")
    made = [
        replace(s, target="План.", state=State.TRANSLATED) if s.source == "The plan." else s for s in document.segments
    ]
    out = plugin.write(document.with_segments(made))
    said = zipfile.ZipFile(io.BytesIO(out)).read("word/footnotes.xml").decode()
    space = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
    assert f"<w:r><w:footnoteRef/></w:r>{space}<w:r>" in said and ">План.<" in said
