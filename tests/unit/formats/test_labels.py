"""Languages that a file says it is in: one pair for all of an XLIFF, and the target's once it is translated."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import InputError
from pipeline.formats import base
from pipeline.model import State


def translated(name: str, data: str, target: str = "да", source: str | None = "zh") -> str:
    plugin = base.plugin(name)
    document = plugin.read(data.encode(), "t", source, "ru")  # type: ignore[arg-type]
    made = [replace(s, target=target, target_codes=s.codes, state=State.TRANSLATED) for s in document.segments]
    return plugin.write(document.with_segments(made)).decode()


def file(number: int, languages: str, *, original: str = "", unit: str = "1") -> str:
    return (
        f'<file original="{original or number}" datatype="x" {languages}><body>'
        f'<trans-unit id="{unit}"><source>甲</source></trans-unit></body></file>'
    )


def xliff(*files: str) -> str:
    return '<xliff version="1.2">\n' + "\n".join(files) + "\n</xliff>"


ZH_RU = 'source-language="zh-CN" target-language="ru"'


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ('source-language="zh" target-language="en"', 'target-language="en", the one in line 2 has "ru"'),
        ('source-language="ru" target-language="ru"', 'source-language="ru", the one in line 2 has "zh-CN"'),
        ('source-language="zh" target-language="de-DE"', 'target-language="de-DE", the one in line 2 has "ru"'),
    ],
)
def test_files_of_other_languages_are_refused(second: str, said: str) -> None:
    data = xliff(file(1, ZH_RU), file(2, second)).encode()
    with pytest.raises(InputError) as caught:
        base.plugin("xliff").read(data, "t.xlf", None, None)
    assert "t.xlf:3" in str(caught.value) and said in str(caught.value)
    assert "an XLIFF of its own" in str(caught.value)


@pytest.mark.parametrize("second", ['source-language="zho" target-language="RU_ru"', 'source-language="zh"', ""])
def test_files_of_the_same_languages_are_read(second: str) -> None:
    document = base.plugin("xliff").read(xliff(file(1, ZH_RU), file(2, second)).encode(), "t", None, None)
    assert (document.source_lang, document.target_lang, len(document.segments)) == ("zh", "ru", 2)


@pytest.mark.parametrize(
    ("files", "ids"),
    [
        ([file(1, ZH_RU, original="a.docx"), file(2, ZH_RU, original="b.docx")], ["a.docx:1", "b.docx:1"]),
        ([file(1, ZH_RU, original="a.docx"), file(2, ZH_RU, original="a.docx")], ["1:1", "2:1"]),
        ([file(1, ZH_RU), file(2, ZH_RU, unit="2")], ["1", "2"]),
    ],
)
def test_ids_stand_once(files: list[str], ids: list[str]) -> None:
    document = base.plugin("xliff").read(xliff(*files).encode(), "t", None, None)
    assert [segment.id for segment in document.segments] == ids and "warning" not in document.meta


def test_xliff_names_the_language_of_its_targets() -> None:
    out = translated("xliff", xliff(file(1, 'source-language="zh-CN"'), file(2, ZH_RU, unit="2")))
    assert out.count('source-language="zh-CN" target-language="ru"') == 2
    files = file(1, 'source-language="zh-CN"'), file(2, 'source-language="zh-CN" target-language="ru-RU"', unit="2")
    out = translated("xliff", xliff(*files))
    assert out.count('target-language="ru-RU"') == 2 and out.count('xml:lang="ru-RU"') == 2
    two = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh">'
        '<file id="f"><unit id="u"><segment><source>甲</source></segment></unit></file></xliff>'
    )
    assert 'srcLang="zh" trgLang="ru">' in translated("xliff", two)
    document = base.plugin("xliff").read(two.encode(), "t", None, "ru")
    assert base.plugin("xliff").write(document).decode() == two  # nothing is translated


PO = 'msgid ""\nmsgstr ""\n"X-Language: zh\\n"\n"Language: {}\\n"\n\nmsgid "甲"\nmsgstr ""\n'


@pytest.mark.parametrize(
    ("name", "template", "before", "after"),
    [
        ("json", '{{"a": "甲", "@@locale": "{}"}}', "zh_CN", "ru"),
        ("json", '{{"@@locale": "{}", "a": "甲"}}', "en", "en"),
        ("po", PO, "zh_CN", "ru"),
        ("po", PO, "uk", "uk"),
        ("po", PO.replace('\\n"\n"', "\\n"), "zh", "ru"),
        ("html", '<!DOCTYPE html><html class="a" lang="{}"><p lang="zh">甲</p></html>', "zh-CN", "ru"),
        ("html", '<html xml:lang="{0}" lang="{0}"><p>甲</p></html>', "zh", "ru"),
        ("html", "<html lang={}><p>甲</p></html>", "zh-Hans", "ru"),
        ("html", '<html lang="{}"><p>甲</p></html>', "en", "en"),  # a template's
    ],
)
@pytest.mark.parametrize("source", ["zh", None])
def test_the_label_follows_the_translation(
    name: str, template: str, before: str, after: str, source: str | None
) -> None:
    out = translated(name, template.format(before), source=source)
    assert out.replace("#, fuzzy\n", "") == template.format(after).replace("甲", "да").replace(
        'msgid "да"\nmsgstr ""', 'msgid "甲"\nmsgstr "да"'
    )
    plugin = base.plugin(name)
    document = plugin.read(template.format(before).encode(), "t", "zh", "ru")
    assert plugin.write(document).decode() == template.format(before)


ZH, RU = '"会议通过了三份文件。"', '"На заседании были приняты три документа."'


@pytest.mark.parametrize(
    ("rows", "source", "said"),
    [
        ([f'{{"source": {ZH}}}', f'{{"source": {ZH}}}', f'{{"source": {RU}}}'], None, "t:3: warning: is in ru, and zh is"),
        ([f'{{"source": {ZH}}}', f'{{"source": {RU}}}', f'{{"source": {ZH}}}'], "zh", ""),
        ([f'{{"source": {ZH}}}', '{"source": "OK"}', '{"source": "Москва"}'], None, ""),  # names
        (['{"source": "甲", "source_lang": "zh"}', f'{{"source": {RU}, "source_lang": "ru"}}'], None, "t:2: warning: is in ru"),
    ],
)  # fmt: skip
def test_rows_of_another_language_are_told(rows: list[str], source: str | None, said: str) -> None:
    data = "".join(f"{row}\n" for row in rows).encode()
    document = base.plugin("jsonl").read(data, "t", source, "en")  # type: ignore[arg-type]
    assert document.meta.get("warning", "").startswith(said) and bool(document.meta) == bool(said)
    table = f"source\n{ZH}\n{ZH}\n{RU}\n".encode()
    assert base.plugin("tsv").read(table, "t", None, "en").meta["warning"].startswith("t:4: warning: is in ru")
