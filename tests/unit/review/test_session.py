from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import DataError, InputError, OutputError, UsageError
from pipeline.formats import base
from pipeline.jobs import journal, postedit, risks
from pipeline.jobs.advice import Advice, Local
from pipeline.jobs.pair import pair
from pipeline.jobs.review import Session, alternatives, changes
from pipeline.jobs.typed import put
from pipeline.model import Finding, Segment, Severity, apply_edits
from tests.conftest import ROOT
from tests.unit.review.desk import ROWS, Flagger, document, jsonl, session, targets


def checked(path: Path) -> Session:
    made = session(path)
    adviser = Flagger()
    while items := made.todo():
        for item, advice in zip(items, adviser.advise(items), strict=True):
            assert made.advise(item, advice)
    return made


def test_weakest_first_and_a_segment_does_not_move_while_it_is_worked_on(tmp_path: Path) -> None:
    made = checked(jsonl(tmp_path / "a.jsonl"))
    assert made.order(range(4), weakest=True) == [3, 1, 0, 2]
    made.edit(3, "Вице-мэр.")
    [item] = made.todo()
    assert (item.index, item.target) == (3, "Вице-мэр.")
    made.advise(item, Flagger().advise([item])[0])
    assert made.risk(3) == pytest.approx(0.1) and made.order(range(4), weakest=True) == [3, 1, 0, 2]
    assert made.order(range(4), weakest=False) == [0, 1, 2, 3]


def test_without_an_estimator_flags_tell_what_is_weak(tmp_path: Path) -> None:
    made = session(jsonl(tmp_path / "a.jsonl"))
    for item in [made.item(i) for i in range(4)]:
        made.advise(item, replace(Flagger().advise([item])[0], score=None))
    assert made.order(range(4), weakest=True) == [3, 1, 0, 2] and made.risk(3) is None


def test_the_risks_of_the_last_review_order_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = jsonl(tmp_path / "a.jsonl")
    made = checked(path)
    risks.keep(str(path), made.segments, made.risk)
    made.edit(3, "Другое.")
    made.save()
    again = session(path)
    assert again.order(range(4), weakest=True) == [1, 0, 2, 3] and again.risk(1) == made.risk(1)
    [kept] = (tmp_path / "cache").rglob("*.json")
    assert "плохо" not in kept.read_text(encoding="utf-8")
    kept.write_text("[]", encoding="utf-8")
    assert session(path).risk(1) is None


@pytest.mark.parametrize("given", ["", "%s"])
def test_a_message_of_placeholders_alone_is_confirmed(tmp_path: Path, given: str) -> None:
    path = tmp_path / "a.po"
    path.write_text(
        f'#, c-format, fuzzy\nmsgid "%s"\nmsgstr "{given}"\n\n#, fuzzy\nmsgid "甲"\nmsgstr ""\n', encoding="utf-8"
    )
    made = session(path)
    made.confirm(0)
    made.confirm(1)
    assert made.confirmed(0) and not made.confirmed(1)
    made.save()
    text = path.read_text(encoding="utf-8")
    assert text == '#, c-format\nmsgid "%s"\nmsgstr "%s"\n\n#, fuzzy\nmsgid "甲"\nmsgstr ""\n'
    assert session(path).confirmed(0)


def test_what_was_confirmed_is_so_when_the_lines_of_a_po_file_have_moved(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text("".join(f'#, fuzzy\nmsgid "{s}"\nmsgstr "Да"\n\n' for s in "甲乙丙"), encoding="utf-8")
    made = session(path)
    made.confirm(0)
    made.confirm(2)
    made.save()
    assert path.read_text(encoding="utf-8").count("fuzzy") == 1
    again = session(path)
    assert [again.confirmed(i) for i in range(3)] == [True, False, True] and not again.changed_outside


def test_the_gravest_flag_comes_first(tmp_path: Path) -> None:
    made = session(jsonl(tmp_path / "a.jsonl"))
    item = made.item(3)
    found = (finding(0, 2, Severity.NEUTRAL), finding(3, 5, Severity.CRITICAL), finding(6, 7, Severity.NEUTRAL))
    made.advise(item, Advice(found))
    assert [f.start for f in made.segments[3].findings] == [3, 0, 6]


def finding(start: int, end: int, severity: Severity) -> Finding:
    return Finding("words", "style/awkward", severity, start, end, "why")


def test_the_segment_at_hand_is_checked_first_then_what_is_in_sight(tmp_path: Path) -> None:
    made = session(jsonl(tmp_path / "a.jsonl"))
    made.focus, made.visible = 2, (2, 3)
    seen = []
    while items := made.todo():
        seen += [item.index for item in items]
        for item in items:
            made.advise(item, Flagger().advise([item])[0])
    assert seen == [2, 3, 0, 1]


def test_an_answer_to_an_older_target_is_not_taken(tmp_path: Path) -> None:
    made = session(jsonl(tmp_path / "a.jsonl"))
    made.focus = 1
    [item] = made.todo()
    made.edit(1, "Другое.")
    assert not made.advise(item, Flagger().advise([item])[0]) and 1 in made.stale and not made.segments[1].findings


def test_accept_replaces_the_flagged_words_and_undo_brings_everything_back(tmp_path: Path) -> None:
    made = checked(jsonl(tmp_path / "a.jsonl"))
    first, second = made.segments[3].findings
    made.accept(3, first)
    assert made.segments[3].target == "хорошо плохо вице-мэр."
    assert [(f.start, f.end) for f in made.segments[3].findings] == [(second.start + 1, second.end + 1)]
    made.accept(3, made.segments[3].findings[0], "отлично")
    assert made.segments[3].target == "хорошо отлично вице-мэр." and made.works[3].accepted == 2
    assert made.undo() == 3 and made.undo() == 3 and made.undo() is None
    assert made.segments[3].target == "плохо плохо вице-мэр."
    assert (made.works[3].accepted, made.works[3].edits) == (0, 0)


def test_an_edit_that_changes_nothing_leaves_no_trace(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    made = session(path)
    made.begin(0)
    made.put(0, "x")
    made.put(0, document(path).segments[0].target or "")
    made.settle(0)
    assert not made.steps and not made.journal.exists()


def test_dismissed_for_good_with_a_reason_and_read_by_check(tmp_path: Path) -> None:
    from pipeline.checks import dismissals

    path = jsonl(tmp_path / "a.jsonl")
    made = checked(path)
    flag = made.segments[1].findings[0]
    made.dismiss(1, flag, "a quotation")
    assert not made.segments[1].findings
    record = json.loads(Path(f"{path}.dismissed.jsonl").read_text(encoding="utf-8"))
    assert (record["check"], record["text"], record["reason"]) == ("words", "плохо", "a quotation")
    assert not checked(path).segments[1].findings
    assert dismissals.load(made.ledger)
    made.undo()
    assert made.segments[1].findings == (flag,) and not dismissals.load(made.ledger)
    assert checked(path).segments[1].findings


def test_a_dismissal_holds_whatever_line_breaks_its_text_has(tmp_path: Path) -> None:
    from pipeline.checks import dismissals

    path, text = tmp_path / "d.jsonl", "один\u2028два\x85три\x0cчетыре"
    finding = Finding("words", "fluency", Severity.MINOR, 0, len(text), "плохо")
    for target in (text, "пять"):
        dismissals.save(path, [(finding, Segment("1", "一", target))])
    assert dismissals.load(path) == {("words", text, text), ("words", "пять", "пять")}
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(dismissals.load(path)) == 2


def test_confirmed_segments_come_back_without_the_file_having_been_saved(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    before = path.read_bytes()
    made = session(path)
    made.edit(1, "Он отметил, что экономика живёт.")
    made.confirm(1)
    made.edit(2, "Черновик.")
    again = session(path)
    assert path.read_bytes() == before
    assert again.confirmed(1) and again.segments[1].target == "Он отметил, что экономика живёт."
    assert not again.confirmed(2) and again.segments[2].target == "Черновик."
    again.save()
    assert targets(path)[1:3] == ["Он отметил, что экономика живёт.", "Черновик."]
    third = session(path)
    assert third.confirmed(1) and not third.unsaved


def test_a_half_written_line_costs_nothing_else(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    made = session(path)
    made.confirm(0)
    with made.journal.open("ab") as file:
        file.write('{"n": 1, "id": "2", "source": "他'.encode()[:-1])
    again = session(path)
    again.confirm(2)
    third = session(path)
    assert [third.confirmed(i) for i in range(4)] == [True, False, True, False]


def test_a_target_changed_by_another_program_is_not_written_over(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    made = session(path)
    made.edit(0, "Моё.")
    made.confirm(0)
    path.write_text(path.read_text(encoding="utf-8").replace("рассмотрены", "приняты"), encoding="utf-8")
    with pytest.raises(OutputError, match="changed by another program"):
        made.save()
    again = session(path)
    assert again.changed_outside == ["1"] and not again.confirmed(0)
    assert again.segments[0].target == "На заседании приняты три документа."


def test_a_journal_that_is_something_else_is_an_error(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    Path(f"{path}.review.jsonl").write_text("notes of mine\n", encoding="utf-8")
    with pytest.raises(DataError, match="no journal"):
        session(path)


def test_text_without_a_source_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Текст.\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no bitext"):
        session(path)


XLIFF = """<?xml version="1.0"?>
<xliff version="1.2"><file source-language="zh" target-language="ru" original="a" datatype="plaintext"><body>
<trans-unit id="1"><source>他<g id="1">指出</g>。</source><target>Он <g id="1">плохо</g> отметил.</target></trans-unit>
<trans-unit id="2" translate="no"><source>会议</source><target>Заседание</target></trans-unit>
<trans-unit id="3"><source>没有</source></trans-unit></body></file></xliff>
"""
TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="zh" datatype="plaintext"/><body><tu><tuv xml:lang="zh"><seg>会议</seg></tuv>
<tuv xml:lang="ru"><seg>Заседание плохо</seg></tuv></tu></body></tmx>
"""


def test_xliff_keeps_its_codes_around_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF, encoding="utf-8")
    made = session(path)
    made.edit(0, "Вчера он плохо это отметил.")
    made.edit(2, "Ничего нет.")
    made.confirm(0)
    made.confirm(1)
    assert made.locked(1)
    made.save()
    text = path.read_text(encoding="utf-8")
    assert '<target state="final">Вчера он <g id="1">плохо</g> это отметил.</target>' in text
    assert ">Ничего нет.</target>" in text and "leveraged-mt" not in text
    assert (
        text.replace("Вчера он", "Он")
        .replace(" это", "")
        .replace(' state="final"', "")
        .startswith(XLIFF[:330].rpartition("Он")[0])
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.tmx", TMX), ("a.tsv", "source\ttarget\n会议\tЗаседание плохо\n"), ("a.jsonl", "")],
)
def test_other_bitexts_are_written_in_their_format(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    if text:
        path.write_text(text, encoding="utf-8")
    else:
        jsonl(path, [("1", "会议", "Заседание плохо")])
    before = path.read_text(encoding="utf-8")
    made = session(path)
    made.save()
    assert path.read_text(encoding="utf-8") == before
    made.edit(0, "Заседание хорошо")
    made.save()
    assert path.read_text(encoding="utf-8") == before.replace("плохо", "хорошо")


def test_confirmed_segments_go_to_the_memory_on_saving(tmp_path: Path) -> None:
    from pipeline.memory import Memory

    path, memory = jsonl(tmp_path / "a.jsonl"), str(tmp_path / "tm.sqlite")
    made = Session.open(str(path), document(path), "zh", "ru", memory=memory)
    made.edit(1, "Он отметил, что экономика живёт.")
    made.confirm(1)
    made.confirm(2)
    made.undo()
    made.save()
    with Memory(memory) as store:
        [unit] = store.units("zh", "ru")
        assert (unit.source, unit.target) == (ROWS[1][1], "Он отметил, что экономика живёт.")
        assert unit.origin.endswith("a.jsonl") and unit.origin != "a.jsonl"
        match = store.best(ROWS[1][1], "zh", "ru", before=ROWS[0][1], after=ROWS[2][1])
        assert match is not None and match.kind == "context"


def test_what_was_confirmed_before_a_kill_reaches_file_and_memory_at_the_next_saving(tmp_path: Path) -> None:
    from pipeline.memory import Memory

    path, memory = tmp_path / "a.po", str(tmp_path / "tm.sqlite")
    path.write_text('#, fuzzy\nmsgid "会议"\nmsgstr "Заседание"\n', encoding="utf-8")
    session(path).confirm(0)
    made = Session.open(str(path), document(path), "zh", "ru", memory=memory)
    assert not made.unsaved
    made.save()
    assert path.read_text(encoding="utf-8") == 'msgid "会议"\nmsgstr "Заседание"\n'
    with Memory(memory) as store:
        assert len(store) == 1
    before = path.stat().st_mtime_ns
    session(path).save()
    assert path.stat().st_mtime_ns == before


PAGE = "# 会议\n\n会议审议了文件。会议通过了决定。\n\n市长**王明**讲话。\n"
SEITE = "# Заседание\n\nЗаседание рассмотрело документ. Принято решение.\n\nВыступил мэр **Ван Мин**.\n"


def test_a_translated_document_is_edited_with_its_original_beside_it(tmp_path: Path) -> None:
    original, path = tmp_path / "a.md", tmp_path / "a.ru.md"
    original.write_text(PAGE, encoding="utf-8")
    path.write_text(SEITE, encoding="utf-8")
    made = beside(original, path)
    assert [(s.source, s.target) for s in made.segments] == [
        ("会议", "Заседание"),
        ("会议审议了文件。", "Заседание рассмотрело документ."),
        ("会议通过了决定。", "Принято решение."),
        ("市长王明讲话。", "Выступил мэр Ван Мин."),
    ]
    made.save()
    assert path.read_text(encoding="utf-8") == SEITE
    made.edit(2, "Было принято решение.")
    made.edit(3, "Выступил градоначальник Ван Мин.")
    made.confirm(2)
    again = beside(original, path)
    assert again.confirmed(2) and again.segments[3].target == "Выступил градоначальник Ван Мин."
    again.save()
    wanted = SEITE.replace("Принято", "Было принято").replace("мэр", "градоначальник")
    assert path.read_text(encoding="utf-8") == wanted


def test_documents_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    original, path = tmp_path / "a.md", tmp_path / "a.ru.md"
    original.write_text(PAGE, encoding="utf-8")
    path.write_text("# Заседание\n", encoding="utf-8")
    with pytest.raises(InputError, match="1 paragraph "):
        beside(original, path)


def test_a_paragraph_that_lost_its_letters_is_still_beside_its_original(tmp_path: Path) -> None:
    from pipeline.formats import base as formats
    from tests.unit.formats.samples import docx, p, run

    docx_format = formats.plugin("docx")
    names = ("a.docx", "a.ru.docx")
    left, right = (
        docx(p(run(first)) + p(run("318.2")) + p(run(second)))
        for first, second in (("九月", "会议"), ("9", "Заседание"))
    )
    read = [docx_format.read_paired(data, name, "zh", "ru") for name, data in zip(names, (left, right), strict=True)]
    one, other = (replace(document, format="docx") for document in read)
    made = pair(one, other, "zh", "ru")
    assert [(s.id, s.source, s.target) for s in made.bitext.segments] == [
        ("document.1", "九月", "9"),
        ("document.2", "会议", "Заседание"),
    ]
    first, second = made.bitext.segments
    assert made.write([first, second]) == right
    again = docx_format.read_paired(made.write([replace(first, target="Сентябрь"), second]), "b", "zh", "ru")
    assert [s.source for s in again.segments] == ["Сентябрь", "318.2", "Заседание"]


def test_runs_of_word_are_no_tags_that_a_translation_could_lack() -> None:
    from pipeline.formats import base as formats
    from pipeline.formats import convert
    from tests.unit.formats.samples import docx, p, run

    docx_format = formats.plugin("docx")
    pages = docx(p(run("会议") + run("在北京", "<w:b/>") + run("举行"))), docx(p(run("Встреча в Пекине")))
    one, other = (replace(docx_format.read_paired(d, "a", "zh", "ru"), format="docx") for d in pages)
    [segment] = pair(one, other, "zh", "ru").bitext.segments
    assert [code.text for code in segment.codes] == ["<run>", "</run>"] and segment.target_codes == ()
    assert convert.spoken(segment, "docx")[0].codes == ()


def test_a_translation_gets_no_codes_of_its_original(tmp_path: Path) -> None:
    """Not where a person types: the ids and addresses of the other file mean nothing there."""
    original, path = tmp_path / "zh.html", tmp_path / "ru.html"
    original.write_text('<p>会议<b>在北京</b>举行。</p>\n<p>见<a href="/zh">这里</a>。</p>\n', encoding="utf-8")
    path.write_text('<p>Встреча в Пекине.</p>\n<p>См. <a href="/ru">тут</a>.</p>\n', encoding="utf-8")
    made = pair(document(original), document(path), "zh", "ru")
    one, two = (
        put(s, new, changes(s.target or "", new))
        for s, new in zip(made.bitext.segments, ("Заседание в Пекине.", "Смотрите тут."), strict=True)
    )
    assert [code.text for code in one.codes] == ["<b>", "</b>"]
    assert made.write([one, two]).decode() == ('<p>Заседание в Пекине.</p>\n<p>Смотрите <a href="/ru">тут</a>.</p>\n')


def beside(original: Path, path: Path) -> Session:
    made = pair(document(original), document(path), "zh", "ru")
    return Session.open(str(path), made.bitext, "zh", "ru", write=made.write)


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "a b"), ("Он сказал.", "Он вчера сказал!"), ("会议通过文件", "会议审议文件"), ("a\nb", "b"), ("x", "")],
)
def test_changes_make_the_new_text(old: str, new: str) -> None:
    assert apply_edits(old, changes(old, new)) == new


def test_alternatives_of_a_suggestion() -> None:
    assert alternatives("возрождение; подъем") == ["возрождение", "подъем"]
    assert alternatives("") == [""]


def test_time_counts_while_somebody_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = session(jsonl(tmp_path / "a.jsonl"))
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    made.arrive(0)
    for pause in (5.0, 7.0, 3000.0, 2.0):
        now[0] += pause
        made.touch(0)
    assert made.works[0].seconds == pytest.approx(14.0)


def test_stats_from_the_journal(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl")
    made = checked(path)
    made.accept(3, made.segments[3].findings[0])
    made.confirm(3)
    made.confirm(0)
    told = postedit.stats(str(path))
    by = {row["id"]: row for row in told["by_segment"]}
    assert (told["segments"], told["confirmed"], told["changed"], told["accepted"]) == (2, 2, 1, 1)
    assert by["1"]["hter"] == 0 and by["4"]["hter"] == pytest.approx(1 / 3, abs=1e-3)
    assert "HTER" in postedit.table(told)


def test_hter_is_ter_against_the_final_text() -> None:
    from sacrebleu.metrics.ter import TER

    first, final = "Он отметил что экономика жива", "Он подчеркнул, что экономика очень жива"
    edits, words = postedit.hter(first, final, "ru")
    score = TER(asian_support=True).sentence_score(first, [final]).score
    assert 100 * edits / words == pytest.approx(score)
    edits, words = postedit.hter("会议通过文件。", "会议审议文件。", "zh")
    assert (edits, words) == (2, 7)


WRITER = """
import sys
from pathlib import Path
from tests.unit.review.desk import session
made = session(Path(sys.argv[1]))
print("ready", flush=True)
for i in range(len(made.segments)):
    made.edit(i, f"Правка {i}.")
    made.confirm(i)
    print(i, flush=True)
"""


def test_killed_at_any_moment_no_confirmed_segment_is_lost(tmp_path: Path) -> None:
    draw = random.Random(7)
    for turn in range(3):
        path = jsonl(tmp_path / f"{turn}.jsonl", [(str(i), f"会议{i}", f"Заседание {i}") for i in range(3000)])
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=ROOT, text=True, env={**os.environ}
        )
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        time.sleep(draw.uniform(0.05, 0.5))
        child.send_signal(signal.SIGKILL)
        said = [int(line) for line in child.stdout.read().split("\n")[:-1]]
        child.wait()
        child.stdout.close()
        assert len(said) < 3000
        made = session(path)
        for i in said:
            assert made.confirmed(i) and made.segments[i].target == f"Правка {i}."
        assert all(not made.confirmed(i) for i in range(len(said) + 1, 3000))


def test_the_real_checks_find_terms_and_leave_the_whole_document_for_later(tmp_path: Path) -> None:
    from pipeline import settings

    glossary = tmp_path / "g.tsv"
    glossary.write_text("id\tzh\tru\n1\t副市长\tвице-мэр | заместитель мэра\n", encoding="utf-8")
    chosen = settings.load(None, None, glossaries=[str(glossary)], quality__enabled=False)
    rows = [("1", "副市长参加。", "Вице-мэр участвовал ."), ("2", "副市长参加。", "Вице-мэр был там.")]
    made = session(jsonl(tmp_path / "a.jsonl", rows))
    adviser = Local(chosen.model_dump(), "zh", "ru")
    items = [made.item(0), made.item(1)]
    first, second = adviser.advise(items)
    assert first.terms == (("副市长", ("вице-мэр", "заместитель мэра")),)
    assert [f.check for f in first.findings] == ["punctuation"] and not second.findings
    assert [(i, f.check) for i, f in adviser.together(items)] == [(1, "consistency")]


def test_journal_of_nothing() -> None:
    assert list(journal.read(Path("nowhere.jsonl"))) == []


def test_placeholders_are_no_holes_and_matches_bring_no_second_ones(tmp_path: Path) -> None:
    from pipeline.memory import Memory, Unit

    said = "В {place} у вас %d планов"
    (tmp_path / "a.po").write_text(f'msgid "You have %d plans in {{place}}"\nmsgstr "{said}"\n', encoding="utf-8")
    with Memory(tmp_path / "tm") as memory:
        memory.add([Unit("You have %d plans in {place}", said)], "en", "ru")
    data = (tmp_path / "a.po").read_bytes()
    read = replace(base.plugin("po").read(data, "a.po", "en", "ru"), format="po")
    made = Session.open(str(tmp_path / "a.po"), read, "en", "ru")
    given = {"enforce": {"enabled": False}, "quality": {"enabled": False}, "memory": {"path": str(tmp_path / "tm")}}
    adviser = Local(given, "en", "ru")
    [advice] = adviser.advise([made.item(0)])
    assert not [finding for finding in advice.findings if finding.check == "spaces"]
    assert [(match[0], match[2]) for match in advice.matches] == [(1.0, made.segments[0].target)]
    made.edit(0, "")
    made.edit(0, advice.matches[0][2])
    made.save()
    text = (tmp_path / "a.po").read_text(encoding="utf-8")
    assert all(text.count(code) == 2 for code in ("%d", "{place}"))


@pytest.mark.parametrize(
    ("target", "flags", "there"),
    [
        ("В {place}  Чанчунь", ((2, 4, " "),), "В {place} Чанчунь"),
        ("В {place}  {b}  Чанчунь", ((2, 4, " "),), "В {place} {b}  Чанчунь"),
        ("В {place}  {b}  Чанчунь", ((4, 6, " "), (2, 4, " ")), "В {place} {b} Чанчунь"),
        ("В {place} Чанчунь", ((1, 3, " "),), "В {place} Чанчунь"),
        ("Надо {n} ускорить {m} .", ((4, 6, " "), (13, 16, ".")), "Надо {n} ускорить {m}."),
        ("План ({n}) города", ((6, 7, ")!"),), "План ({n})! города"),
        ("Города {n}и села", ((0, 6, "Селы"),), "Селы {n}и села"),
    ],
)
def test_an_accepted_suggestion_keeps_the_spaces_beside_placeholders(
    tmp_path: Path, target: str, flags: tuple[tuple[int, int, str], ...], there: str
) -> None:
    path = tmp_path / "a.po"
    path.write_text(f'msgid "In {{place}} {{b}} {{n}} {{m}}"\nmsgstr "{target}"\n', encoding="utf-8")

    def opened() -> Session:
        return Session.open(
            str(path), replace(base.plugin("po").read(path.read_bytes(), "a.po", "en", "ru")), "en", "ru"
        )

    made = opened()
    for start, end, said in flags:
        made.accept(0, replace(finding(start, end, Severity.MINOR), suggestion=said))
    made.confirm(0)
    again = opened()  # killed before it was saved
    assert again.segments[0].target_codes == made.segments[0].target_codes
    again.save()
    made = opened()
    assert f'msgstr "{there}"' in path.read_text(encoding="utf-8")
    assert made.confirmed(0) and not made.changed_outside
