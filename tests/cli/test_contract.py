"""The command line contract: what tests outside this repository call."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.model import Edit, Severity, apply_edits

Run = Callable[..., "subprocess.CompletedProcess[str]"]
PAIRS = [
    {
        "id": "a",
        "source": "要提高利用两个市场、两种资源的能力。",
        "target": "Нужно повышать уровень использования два рынки и два ресурсов.",
    },
    {"id": "b", "source": "会议通过了三份文件。", "target": "На заседании были приняты три документа."},
    {"id": 3, "source": "出口额达到3.5亿元。", "target": "Объём экспорта достиг 35 млн юаней."},
]
GLOSSARY = "zh\tru\tid\tru_forbidden\n两个市场、两种资源\tдва рынка и два ресурса\ttwo\tдва рынки и два ресурсов\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b.jsonl").write_text(
        "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in PAIRS), encoding="utf-8"
    )
    (tmp_path / "g.tsv").write_text(GLOSSARY, encoding="utf-8")
    rows = "".join(f"{p['id']}\t{p['source']}\t{p['target']}\n" for p in PAIRS)
    (tmp_path / "b.tsv").write_text("id\tsource\ttarget\n" + rows, encoding="utf-8")
    units = "".join(
        f'<trans-unit id="{p["id"]}"><source>{p["source"]}</source><target>{p["target"]}</target></trans-unit>'
        for p in PAIRS
    )
    head = (
        '<xliff version="1.2"><file original="x" source-language="zh" target-language="ru" datatype="plaintext"><body>'
    )
    (tmp_path / "b.xlf").write_text(f"{head}{units}</body></file></xliff>", encoding="utf-8")
    tus = "".join(
        f'<tu tuid="{p["id"]}"><tuv xml:lang="zh"><seg>{p["source"]}</seg></tuv><tuv xml:lang="ru"><seg>{p["target"]}</seg></tuv></tu>'
        for p in PAIRS
    )
    (tmp_path / "b.tmx").write_text(
        f'<tmx version="1.4"><header srclang="zh"/><body>{tus}</body></tmx>', encoding="utf-8"
    )
    return tmp_path


def answers(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", ["b.jsonl", "b.tsv", "b.xlf", "b.tmx"])
def test_enforce_answers_one_line_a_segment_in_order(inside: Run, folder: Path, name: str) -> None:
    done = inside("enforce", name, "--from", "zh", "--to", "ru", "--glossary", "g.tsv", "--json")
    assert done.returncode == 0, done.stderr
    lines = answers(done)
    assert [line["id"] for line in lines] == ["a", "b", 3 if name == "b.jsonl" else "3"]
    for line, pair in zip(lines, PAIRS, strict=True):
        assert line["source"] == pair["source"]
        edits = [Edit(**edit) for edit in line["edits"]]  # type: ignore[attr-defined]
        assert apply_edits(str(pair["target"]), edits) == line["target"]
        assert isinstance(line["findings"], list)
        assert set(line["score"]) == {"quality", "post_edit_risk"}  # type: ignore[call-overload]
        assert all(0 <= value <= 1 for value in line["score"].values())  # type: ignore[attr-defined]
    assert lines[0]["target"] == "Нужно повышать уровень использования двух рынков и двух ресурсов."
    assert lines[1]["target"] == PAIRS[1]["target"]


def test_enforce_scores_what_goes_out_as_check_does(inside: Run, folder: Path) -> None:
    args = ("--from", "zh", "--to", "ru", "--glossary", "g.tsv", "--quiet")
    scored = [line["score"] for line in answers(inside("enforce", "b.jsonl", *args, "-o", "-"))]
    (folder / "once.jsonl").write_text(inside("enforce", "b.jsonl", *args).stdout, encoding="utf-8")
    off = ("--set", "checks.enabled=false", "--fail-on", "never")
    assert scored == [line["score"] for line in answers(inside("check", "once.jsonl", *args, *off))]
    none = inside("enforce", "b.jsonl", *args, "--set", "quality.enabled=false")
    assert all(line["score"] is None for line in answers(none))


def test_enforcing_twice_is_enforcing_once(inside: Run, folder: Path) -> None:
    args = ("--from", "zh", "--to", "ru", "--glossary", "g.tsv", "--quiet")
    once = inside("enforce", "b.jsonl", *args)
    (folder / "once.jsonl").write_text(once.stdout, encoding="utf-8")
    twice = inside("enforce", "once.jsonl", *args)
    assert [line["target"] for line in answers(twice)] == [line["target"] for line in answers(once)]
    assert all(line["edits"] == [] for line in answers(twice))


@pytest.mark.parametrize("name", ["b.jsonl", "b.tsv", "b.xlf", "b.tmx"])
def test_check_answers_findings_and_scores(inside: Run, folder: Path, name: str) -> None:
    done = inside("check", name, "--from", "zh", "--to", "ru", "--json", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    lines = answers(done)
    assert [line["id"] for line in lines] == ["a", "b", 3 if name == "b.jsonl" else "3"]
    for line in lines:
        score = line["score"]
        assert isinstance(score, dict)
        assert 0 <= score["quality"] <= 1 and 0 <= score["post_edit_risk"] <= 1
        for finding in line["findings"]:  # type: ignore[attr-defined]
            assert set(finding) == {"check", "category", "severity", "start", "end", "message", "suggestion"}
            assert finding["severity"] in list(Severity)
            assert 0 <= finding["start"] <= finding["end"] <= len(str(line["target"]))
            assert finding["message"]
    assert lines[1]["findings"] == []
    assert any(f["check"] == "numbers" for f in lines[2]["findings"])  # type: ignore[attr-defined]
    assert lines[1]["score"]["quality"] > lines[2]["score"]["quality"]  # type: ignore[index]


@pytest.mark.parametrize("name", ["b.jsonl", "b.tsv"])
def test_what_is_too_long_to_be_checked_is_no_clean_result(inside: Run, folder: Path, name: str) -> None:
    short = ("--set", "checks.max_length=24", "--set", "enforce.max_length=30", "--quiet")
    args = ("check", name, "--from", "zh", "--to", "ru", *short)
    done = inside(*args, "--fail-on", "never")
    assert done.returncode == 0
    assert "palladius: warning: too long, not checked: " in done.stderr and "checks.max_length" in done.stderr
    assert inside(*args, "--fail-on", "neutral").returncode == 1
    if name == "b.jsonl":
        for line in answers(done):
            assert set(line) >= {"id", "source", "target", "edits", "findings", "score"}
            assert line["score"] is None
            assert [f["severity"] for f in line["findings"]] == ["neutral"]  # type: ignore[attr-defined]
    else:
        assert "too long to be looked at" in done.stdout.splitlines()[0]
    done = inside("enforce", *args[1:])
    assert done.returncode == 0 and "terms not looked at" in done.stderr


def test_keys_of_ones_own_come_back_and_those_of_an_earlier_answer_do_not(inside: Run, folder: Path) -> None:
    own = {"domain": "news", "note": {"by": "editor"}}
    old = {"edits": [1], "terms": [2], "score": {"quality": 7}}
    own |= {"notes": ["old"], "provenance": "engine:old"}  # of the target, which is still that one
    rows = "".join(json.dumps({**pair, **own, **old}, ensure_ascii=False) + "\n" for pair in PAIRS)  # type: ignore[dict-item]
    (folder / "own.jsonl").write_text(rows, encoding="utf-8")
    for command in ("enforce", "check"):
        for line in answers(inside(command, "own.jsonl", "--from", "zh", "--to", "ru", "--fail-on", "never")):
            assert {key: line[key] for key in own} == own
            assert list(line)[:6] == ["id", "source", "target", "edits", "findings", "score"]
            assert line["edits"] != [1] and line.get("terms") != [2] and line["score"] != {"quality": 7}
    args = ("--from", "zh", "--to", "ru", "--engine", "echo", "--json", "--quiet")
    bare = "".join(json.dumps({**pair, **own, "target": ""}, ensure_ascii=False) + "\n" for pair in PAIRS)  # type: ignore[dict-item]
    (folder / "bare.jsonl").write_text(bare, encoding="utf-8")
    for line in answers(inside("translate", "bare.jsonl", *args, "--set", "checks.enabled=false")):
        assert line["provenance"] != "engine:old" and "old" not in line.get("notes", ())  # type: ignore[operator]


def test_what_is_not_read_in_a_glossary_is_told(inside: Run, folder: Path) -> None:
    table = "id\tzh\tru\tkind\tru_forbiden\ncity\t长春\tЧанчунь {q}\tplace\tЧанчун\n"
    (folder / "m.tsv").write_text(table, encoding="utf-8")
    for command in ("enforce", "check"):
        done = inside(command, "b.jsonl", "--from", "zh", "--to", "ru", "--glossary", "m.tsv", "--quiet")
        first, second = done.stderr.splitlines()
        assert first == ("palladius: warning: m.tsv:1: the column 'ru_forbiden' is not read (is ru_forbidden meant?)")
        assert second.startswith("palladius: warning: m.tsv:2: city: the note {q} is not understood")


def test_terms_of_what_is_not_translated_are_told(inside: Run, folder: Path) -> None:
    (folder / "e.jsonl").write_text(json.dumps({**PAIRS[0], "target": ""}, ensure_ascii=False) + "\n", encoding="utf-8")  # type: ignore[dict-item]
    (folder / "f.jsonl").write_text(json.dumps({**PAIRS[1], "target": ""}, ensure_ascii=False) + "\n", encoding="utf-8")  # type: ignore[dict-item]
    args = ("--from", "zh", "--to", "ru", "--glossary", "g.tsv", "--quiet", "--set", "names=false")
    [line] = answers(inside("enforce", "e.jsonl", *args))
    assert [term["term"] for term in line["terms"]] == ["two"]  # type: ignore[attr-defined]
    assert [(f["severity"], f["suggestion"]) for f in line["findings"]] == [("neutral", "два рынка и два ресурса")]  # type: ignore[attr-defined]
    [line] = answers(inside("enforce", "f.jsonl", *args))
    assert line["terms"] == [] and line["findings"] == [] and line["target"] == ""


def test_check_without_a_source(inside: Run, folder: Path) -> None:
    (folder / "t.txt").write_text("Хорошая новость.\nЭто имеет немаловажное значения для города.\n", encoding="utf-8")
    done = inside("check", "t.txt", "--to", "ru", "--json", "--fail-on", "never")
    good, bad = answers(done)
    assert good["findings"] == []
    assert any(f["check"] == "agreement" for f in bad["findings"])  # type: ignore[attr-defined]


def test_ids_come_back_as_they_were_and_are_not_mixed_up(inside: Run, folder: Path) -> None:
    rows = [{"id": 3}, {"id": "x"}, {}, {"id": None}, {"id": 2.5}]
    text = "".join(json.dumps({**row, "source": "市长讲话。", "target": "Мэр выступил."}) + "\n" for row in rows)
    done = inside("enforce", "-", "--from", "zh", "--to", "ru", "-g", "g.tsv", "--quiet", stdin=text)
    assert [line["id"] for line in answers(done)] == [3, "x", "line-3", "4", 2.5]
    assert done.stderr == ""
    done = inside(
        "enforce", "-", "--from", "zh", "--to", "ru", "-g", "g.tsv", "--quiet", stdin=text.replace("2.5", "3")
    )
    said = "palladius: standard input:5: warning: the id '3' stands in line 1 already (give each segment its own)\n"
    assert (done.returncode, done.stderr, len(answers(done))) == (0, said, 5)
    (folder / "d.tsv").write_text("id\tsource\ttarget\n3\t甲\tА\n3\t乙\tБ\n\t丙\tВ\n", encoding="utf-8")
    done = inside("enforce", "d.tsv", "--from", "zh", "--to", "ru", "-g", "g.tsv", "--quiet", "--json")
    assert [line["id"] for line in answers(done)] == ["3", "3", "row-3"]
    assert done.stderr.startswith("palladius: d.tsv:3: warning: the id '3' stands in line 2 already")


@pytest.mark.parametrize(("floor", "code"), [("never", 0), ("critical", 0), ("major", 1), ("minor", 1)])
def test_exit_status_follows_the_findings(inside: Run, folder: Path, floor: str, code: int) -> None:
    line = json.dumps(PAIRS[2], ensure_ascii=False)
    done = inside("check", "-", "--from", "zh", "--to", "ru", "--fail-on", floor, stdin=line)
    assert done.returncode == code, done.stdout


@pytest.mark.parametrize("args", [("-",), ()])
def test_standard_input_and_output_file(inside: Run, folder: Path, args: tuple[str, ...]) -> None:
    text = (folder / "b.jsonl").read_text(encoding="utf-8")
    done = inside("enforce", *args, "--from", "zh", "--to", "ru", "-g", "g.tsv", "-o", "o.jsonl", "--quiet", stdin=text)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len((folder / "o.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_the_direction_is_told_from_the_text(inside: Run, folder: Path) -> None:
    assert inside("enforce", "b.jsonl", "--glossary", "g.tsv").returncode == 0
    assert inside("enforce", "b.jsonl", "--to", "ru", "--glossary", "g.tsv").returncode == 0


def test_other_formats_come_out_as_they_went_in(inside: Run, folder: Path) -> None:
    for name in ("b.tsv", "b.xlf", "b.tmx"):
        done = inside("enforce", name, "--from", "zh", "--to", "ru", "-g", "g.tsv", "--quiet")
        before = (folder / name).read_text(encoding="utf-8")
        assert done.stdout == before.replace("два рынки и два ресурсов", "двух рынков и двух ресурсов")


def test_results_on_stdout_and_talk_on_stderr(inside: Run, folder: Path) -> None:
    done = inside("check", "b.jsonl", "--from", "zh", "--to", "ru", "--fail-on", "never")
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr.startswith("3 segments")
    assert inside("check", "b.jsonl", "--from", "zh", "--to", "ru", "--fail-on", "never", "--quiet").stderr == ""


def test_dismissed_flags_do_not_come_back(inside: Run, folder: Path) -> None:
    args = ("check", "b.tsv", "--from", "zh", "--to", "ru", "--json", "--fail-on", "never")
    first = answers(inside(*args))[2]
    assert any(f["check"] == "numbers" for f in first["findings"])  # type: ignore[attr-defined]
    inside(*args, "--dismiss", "3:numbers")
    again = answers(inside(*args))[2]
    assert not any(f["check"] == "numbers" for f in again["findings"])  # type: ignore[attr-defined]
    wrong = inside(*args, "--dismiss", "9:numbers")
    assert wrong.returncode == 2 and "nothing to dismiss" in wrong.stderr


def test_explain_and_disable(inside: Run, folder: Path) -> None:
    args = ("check", "b.tsv", "--from", "zh", "--to", "ru", "--fail-on", "never")
    assert "post-edit risk" in inside(*args, "--explain", "3").stdout
    assert inside(*args, "--explain", "nonesuch").returncode == 2
    off = answers(inside(*args, "--json", "--disable", "numbers"))[2]
    assert not any(f["check"] == "numbers" for f in off["findings"])  # type: ignore[attr-defined]
    assert inside(*args, "--disable", "nonesuch").returncode == 2


@pytest.mark.parametrize("suffix", ["html", "json", "sarif", "xml", "md", "txt"])
def test_reports(inside: Run, folder: Path, suffix: str) -> None:
    done = inside(
        "check", "b.tsv", "--from", "zh", "--to", "ru", "--fail-on", "never", "--report", f"r.{suffix}", "--quiet"
    )
    assert done.returncode == 0, done.stderr
    assert "numbers" in (folder / f"r.{suffix}").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["html", "json", "sarif", "xml", "md", "txt"])
def test_equal_runs_give_equal_reports(inside: Run, folder: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if suffix == "json":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # without, its figures have the seconds
    for name in ("one", "two"):
        inside("enforce", "b.tsv", "--glossary", "g.tsv", "--report", f"{name}.{suffix}", "--quiet")
    assert (folder / f"one.{suffix}").read_bytes() == (folder / f"two.{suffix}").read_bytes()


def test_translate_keeps_the_format(inside: Run, folder: Path) -> None:
    (folder / "n.md").write_text("# 标题\n\n正文第一句。\n", encoding="utf-8")
    done = inside(
        "translate", "n.md", "--from", "zh", "--to", "ru", "--engine", "echo", "--quiet", "--profile", "draft"
    )
    assert done.stdout.startswith("# ") and done.stdout.count("\n") == 3
