"""Glossaries for other tools, read back by translate-toolkit."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pipeline.cli.glossary import app
from pipeline.errors import UsageError
from pipeline.glossary import Glossary, load, omegat, tsv
from pipeline.glossary.store import dump

TABLE = """id\tzh\tru\ten\tkind\tru_forbidden\tnote
place-sichuan\t四川 | 四川省\tСычуань {f} | провинция Сычуань {decl: 1}\tSichuan\tplace\tСечуань\ta <note> & more
quoted\t一带一路\t«Один пояс, один путь» {inv}\t"Belt" & Road\tslogan\t\t
chinese\t只有中文\t\t\tterm\t\t
"""


def glossary() -> Glossary:
    return Glossary(tsv.read(TABLE, "g.tsv"))


def test_omegat_reads_source_target_and_comment() -> None:
    toolkit = pytest.importorskip("translate.storage.omegat", reason="translate-toolkit is not installed")
    text = omegat.write(glossary(), "zh", "ru")
    assert text.splitlines()[0] == "四川\tСычуань\talso: провинция Сычуань; not: Сечуань; place; a <note> & more"
    store = toolkit.OmegaTFile.parsestring(text.encode("utf-8"))
    assert [(unit.source, unit.target) for unit in store.units] == [
        ("四川", "Сычуань"),
        ("四川省", "Сычуань"),
        ("一带一路", "«Один пояс, один путь»"),
    ]
    assert store.units[0].getnotes().startswith("also: провинция Сычуань")
    back = omegat.write(glossary(), "en", "ru").splitlines()
    assert back[1].startswith('"Belt" & Road\t«Один пояс')


def test_tabs_line_ends_and_comment_marks_stay_in_their_cell() -> None:
    terms = tsv.read("zh\tru\n#会议\tзаседание\n", "g.tsv")
    assert not terms or omegat.write(terms, "zh", "ru").startswith("会议\t")


@pytest.mark.parametrize("files", [None, "all"])
def test_toolkit_reads_our_tbx(files: str | None) -> None:
    """TBX-Basic of 2008; of the 2019 standard translate-toolkit knows nothing yet, so our own reader reads that."""
    toolkit = pytest.importorskip("translate.storage.tbx", reason="translate-toolkit is not installed")
    terms = glossary() if files is None else load(["builtin"])
    store = toolkit.tbxfile.parsestring(dump(terms, "tbx2"))
    read = {unit.source: unit.target for unit in store.units}
    both = {t.forms["zh"][0].text: t.forms["ru"][0].text for t in terms if t.forms.get("zh") and t.forms.get("ru")}
    assert both and {source: read.get(source) for source in both} == both


def test_the_command_asks_for_the_direction() -> None:
    answer = CliRunner().invoke(app, ["export", "--as", "omegat"])
    assert isinstance(answer.exception, UsageError) and "--from" in str(answer.exception)
