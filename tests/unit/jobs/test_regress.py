"""Regression runs: nothing changed raises nothing, a planted loss is found, and terms are named one by one."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import settings
from pipeline.enforce import Enforcer
from pipeline.errors import PalladiusError
from pipeline.flow import Flow
from pipeline.jobs import refsets
from pipeline.jobs import regress as regressions
from pipeline.jobs.bootstrap import compare
from pipeline.model import Segment
from pipeline.quality.metrics import base as metrics

Run = Callable[..., "subprocess.CompletedProcess[str]"]
OFF = ("--set", "checks.enabled=false", "--set", "quality.enabled=false", "--quiet")
REFERENCE = [
    "Мэр встретился с делегацией из России.",
    "На заседании были приняты три документа.",
    "Город расширяет внешнеэкономические связи.",
    "Ли Цян посетил выставку в Пекине.",
    "Экспорт вырос на восемь процентов.",
    "Жители довольны новым парком.",
]
SOURCE = [
    "市长会见了俄罗斯代表团。",
    "会议通过了三份文件。",
    "该市扩大对外经贸联系。",
    "李强在北京参观了展览会。",
    "出口增长百分之八。",
    "市民对新公园感到满意。",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [f"{i}\t{s}\t{t}\td{i}" for i, (s, t) in enumerate(zip(SOURCE * 5, REFERENCE * 5, strict=True))]
    (tmp_path / "set.tsv").write_text("id\tsource\ttarget\tdoc\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "good.txt").write_text("\n".join(REFERENCE * 5) + "\n", encoding="utf-8")
    (tmp_path / "g.tsv").write_text("id\tzh\tru\tkind\nperson-li-qiang\t李强\tЛи Цян\tperson\n", encoding="utf-8")
    return tmp_path


def regress(inside: Run, outputs: str, *more: str) -> subprocess.CompletedProcess[str]:
    given = ("--from", "zh", "--to", "ru", "--baseline", "base.json", "-g", "g.tsv", "--outputs", outputs)
    return inside("regress", "set.tsv", *given, *OFF, *more)


def test_a_set_on_standard_input(inside: Run, folder: Path) -> None:
    text = (folder / "set.tsv").read_text(encoding="utf-8")
    given = ("--from", "zh", "--to", "ru", "-g", "g.tsv", "--outputs", "good.txt", "--json", *OFF)
    done = inside("regress", "-", *given, stdin=text)
    assert done.returncode == 0, done.stderr
    [held] = json.loads(done.stdout)["sets"]
    assert (held["set"], held["direction"], held["segments"]) == ("standard input", "zh-ru", 30)
    assert held["scores"]["chrf"] == 100


def test_no_change_and_planted_losses(inside: Run, folder: Path) -> None:
    assert regress(inside, "good.txt", "--update").returncode == 0
    for _ in range(2):
        same = regress(inside, "good.txt")
        assert same.returncode == 0, same.stdout
        assert same.stdout.endswith("no regression\n")

    lines = (folder / "good.txt").read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace("Ли Цян", "Ли Чанг")
    (folder / "term.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    term = regress(inside, "term.txt")
    assert term.returncode == 1
    assert "person-li-qiang was right in 5 of 5, now in 4" in term.stdout
    assert "[-Цян-]" in term.stdout and "{+Чанг+}" in term.stdout

    shuffled = random.Random(1)
    bad = []
    for line in (folder / "good.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if "Ли Цян" not in line:
            shuffled.shuffle(words)
        bad.append(" ".join(words))
    (folder / "bad.txt").write_text("\n".join(bad) + "\n", encoding="utf-8")
    worse = regress(inside, "bad.txt", "--json", "--report", "r.xml")
    assert worse.returncode == 1
    found = json.loads(worse.stdout)
    assert any(" bleu: " in line for line in found["sets"][0]["regressions"])
    assert "<failure" in (folder / "r.xml").read_text(encoding="utf-8")
    regress(inside, "bad.txt", "--report", "r.sarif")
    log = json.loads((folder / "r.sarif").read_text(encoding="utf-8"))
    assert log["$schema"] and log["runs"][0]["tool"]["driver"]["version"]
    places = [p["physicalLocation"]["artifactLocation"] for r in log["runs"][0]["results"] for p in r["locations"]]
    assert places and all(place == {"uri": "set.tsv"} for place in places)
    assert (
        regress(
            inside, "bad.txt", *[x for m in ("bleu", "chrf", "ter") for x in ("--tolerance", f"{m}=100")]
        ).returncode
        == 0
    )


def test_the_baseline_is_one_segment_a_line(inside: Run, folder: Path) -> None:
    regress(inside, "good.txt", "--update")
    text = (folder / "base.json").read_text(encoding="utf-8")
    assert json.loads(text)["sets"]["set:zh-ru"]["outputs"] == REFERENCE * 5
    assert sum(line.strip().startswith('"Мэр') for line in text.splitlines()) == 5


@pytest.mark.parametrize(("text", "words"), [("{", "is no baseline"), ('{"sets": 1}', "is no baseline")])
def test_a_broken_baseline(inside: Run, folder: Path, text: str, words: str) -> None:
    (folder / "base.json").write_text(text)
    done = regress(inside, "good.txt")
    assert done.returncode == 3 and words in done.stderr


@pytest.mark.parametrize("given", ["chrf=-5", "chrf=nan", "chrf=x", "chrf"])
def test_a_tolerance_is_a_loss_of_nothing_or_more(inside: Run, folder: Path, given: str) -> None:
    done = regress(inside, "good.txt", "--tolerance", given)
    assert done.returncode == 2 and f"--tolerance {given}: needs METRIC=NUMBER" in done.stderr
    text = f'[[set]]\nfile = "set.tsv"\ntolerance = {{chrf = {given[5:]}}}\n'
    (folder / "m.toml").write_text(text, encoding="utf-8")
    if given != "chrf":
        assert inside("regress", "m.toml", "--outputs", "good.txt", *OFF).returncode == 3


def test_too_few_outputs(inside: Run, folder: Path) -> None:
    (folder / "few.txt").write_text("одна\n", encoding="utf-8")
    done = regress(inside, "few.txt", "--update")
    assert done.returncode == 2 and "1 output for the 30 segments" in done.stderr


def test_a_baseline_that_is_not_there_is_an_error(inside: Run, folder: Path) -> None:
    (folder / "few.txt").write_text("одна\n", encoding="utf-8")
    done = regress(inside, "few.txt")
    assert done.returncode == 3 and "base.json: no such baseline" in done.stderr


def test_without_a_baseline_it_says_that_nothing_was_compared(inside: Run, folder: Path) -> None:
    given = ("--from", "zh", "--to", "ru", "-g", "g.tsv", "--outputs", "good.txt", "--metric", "chrf", *OFF)
    done = inside("regress", "set.tsv", *given, "--report", "r.xml")
    assert done.returncode == 0, done.stderr
    assert "no regression" not in done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.startswith("nothing was compared") and "--baseline FILE --update" in last
    report = (folder / "r.xml").read_text(encoding="utf-8")
    assert report.count("<skipped") == report.count("<testcase") > 0 and "<failure" not in report
    lines = inside("regress", "set.tsv", *given, "--json")
    assert json.loads(lines.stdout)["sets"][0]["compared"] is False


def test_a_set_that_the_baseline_does_not_hold_is_named(inside: Run, folder: Path) -> None:
    (folder / "more.tsv").write_text((folder / "set.tsv").read_text(encoding="utf-8"), encoding="utf-8")
    made = regress(inside, "good.txt", "--update")
    assert made.stdout.splitlines()[-1] == "base.json: holds 1 set as measured now"
    given = ("--from", "zh", "--to", "ru", "--baseline", "base.json", "-g", "g.tsv", *OFF)
    done = inside("regress", "set.tsv", "more.tsv", *given, "--outputs", "good.txt", "--outputs", "good.txt")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2].startswith("not compared: more:zh-ru (no baseline")
    assert done.stdout.endswith("no regression\n")


@pytest.mark.parametrize("name", ["bleu", "chrf", "chrfpp", "ter"])
@pytest.mark.parametrize("target", ["ru", "zh"])
def test_sums_give_what_sacrebleu_gives(name: str, target: str) -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER

    texts = REFERENCE if target == "ru" else SOURCE
    outputs = [text[:-4] + text[-1] for text in texts]
    zh = target == "zh"
    peers = {"bleu": BLEU(tokenize="zh" if zh else "13a"), "chrf": CHRF(), "chrfpp": CHRF(word_order=2)}
    peers["ter"] = TER(asian_support=True, normalized=zh)
    metric = metrics.make(name, target)  # type: ignore[arg-type]
    assert metric.score(outputs, [[t] for t in texts]) == pytest.approx(
        peers[name].corpus_score(outputs, [texts]).score
    )
    two = [[t, o] for t, o in zip(texts, outputs, strict=True)]
    assert metric.score(outputs, two) == pytest.approx(peers[name].corpus_score(outputs, [texts, outputs]).score)
    assert "version:" in metric.signature


def test_bootstrap_is_repeatable_and_sees_a_clear_loss() -> None:
    old = [[float(i % 3 + 2), 4.0] for i in range(60)]
    new = [[row[0] - 1, 4.0] for row in old]
    documents = [str(i // 3) for i in range(60)]
    made = compare(old, new, documents, lambda total: total[0] / total[1])
    assert made == compare(old, new, documents, lambda total: total[0] / total[1])
    assert made.p < 0.01 and made.high < 0
    noise = [[row[0] + (1 if i % 2 else -1), 4.0] for i, row in enumerate(old)]
    assert compare(old, noise, documents, lambda total: total[0] / total[1]).p > 0.05


# Reference sets of a manifest, and the committed baseline.

REFERENCES = Path(__file__).parents[2] / "reference"


def test_the_committed_baseline_is_of_the_committed_sets() -> None:
    known = regressions.load(REFERENCES / "baseline.json")["sets"]
    sets = refsets.load([str(REFERENCES)], None, None)
    renew = "renew it: palladius regress tests/reference --profile ci --baseline tests/reference/baseline.json --update"
    assert sorted(known) == sorted(refset.key for refset in sets), renew
    for refset in sets:
        assert known[refset.key]["ids"] == list(refset.ids), f"{refset.key}: {renew}"
        assert len(refset) == len(known[refset.key]["outputs"])


def test_an_update_says_what_it_left_as_it_was(inside: Run, folder: Path) -> None:
    (folder / "other.tsv").write_bytes((folder / "set.tsv").read_bytes())
    update = ("--from", "zh", "--to", "ru", "--baseline", "base.json", "--outputs", "good.txt", *OFF, "--update")
    assert "base.json: holds 1 set as measured now\n" in inside("regress", "set.tsv", *update).stdout
    assert "holds 1 set as measured now, and 1 set as before\n" in inside("regress", "other.tsv", *update).stdout


def test_a_manifest(tmp_path: Path) -> None:
    rows = "".join(f"{i}\t{s}\t{t}\t{t}!\td\n" for i, (s, t) in enumerate(zip(SOURCE, REFERENCE, strict=True)))
    (tmp_path / "a.tsv").write_text("id\tzh\tru\tsecond\tdoc\n" + rows, encoding="utf-8")
    (tmp_path / "o.txt").write_text("".join(f"{i}\n" for i in range(6)), encoding="utf-8")
    common = '[[set]]\nfile = "a.tsv"\nfrom = "zh"\nto = "ru"\nreferences = ["second"]\n'
    (tmp_path / "manifest.toml").write_text(
        f'{common}name = "one"\nevery = 4\noutputs = "o.txt"\ntolerance = {{ bleu = 2 }}\n'
        f'{common}name = "two"\noutputs = "reference"\nenforce = true\ndomain = "x"\n'
    )
    one, two = refsets.load([str(tmp_path)], None, None)
    assert (one.key, one.outputs, one.ids, dict(one.tolerance)) == ("one:zh-ru", ("0", "4"), ("0", "4"), {"bleu": 2})
    assert one.references[1] == (REFERENCE[4], REFERENCE[4] + "!")
    assert two.outputs == tuple(REFERENCE) and two.enforce and set(two.domains) == {"x"}
    for wrong in (
        "[[set]]\n",
        "[set]\n",
        f"{common}evry = 2\n",
        f'{common}outputs = "few.txt"\n',
        f"{common}every = 0\n",
    ):
        (tmp_path / "few.txt").write_text("x\n")
        (tmp_path / "manifest.toml").write_text(wrong)
        with pytest.raises(PalladiusError):
            refsets.load([str(tmp_path)], None, None)


def test_tolerance_of_a_set_and_outputs_that_are_enforced(inside: Run, folder: Path) -> None:
    (folder / "manifest.toml").write_text(
        '[[set]]\nname = "s"\nfile = "set.tsv"\nfrom = "zh"\nto = "ru"\noutputs = "out.txt"\nenforce = true\n'
    )
    lines = [line.replace("Ли Цян", "Ли Цянь") for line in REFERENCE * 5]
    (folder / "out.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "g.tsv").write_text(
        "id\tzh\tru\tkind\tru_forbidden\nperson-li-qiang\t李强\tЛи Цян\tperson\tЛи Цянь\n", encoding="utf-8"
    )
    given = ("manifest.toml", "--baseline", "base.json", "-g", "g.tsv", *OFF)
    done = inside("regress", *given, "--update-baseline")
    assert done.returncode == 0 and "terms      100.00" in done.stdout, done.stdout
    kept = regressions.load(folder / "base.json")["sets"]["s:zh-ru"]
    assert kept["outputs"] == REFERENCE * 5 and kept["terms"] == {"person-li-qiang": [5, 5]}
    (folder / "out.txt").write_text("\n".join(["Ли встретился с ним."] * 30) + "\n", encoding="utf-8")
    assert inside("regress", *given).returncode == 1
    wide = "tolerance = { bleu = 101, chrf = 101, ter = 1000, terms = 101, flags = 1000, term = 5 }\n"
    (folder / "manifest.toml").write_text((folder / "manifest.toml").read_text() + wide)
    assert inside("regress", *given).returncode == 0
    assert inside("regress", *given, "--tolerance", "term=0").returncode == 1


# A loss that was planted is found in 20 of 20, and 20 runs without a change raise none.


@pytest.fixture(scope="module")
def measured() -> tuple[refsets.Refset, regressions.Run, dict[str, Any]]:
    """The Chinese-Russian genre rows with the reference as the output, a little worn so that no score is 100."""
    refset = refsets.load([str(REFERENCES / "genre.tsv")], "zh", "ru")[0]
    rng = random.Random(0)
    outputs = [worn(text, 0.25, rng) for text in (row[0] for row in refset.references)]
    refset = replace(refset, outputs=tuple(outputs))
    run = regressions.run(refset, QUICK, ["bleu", "chrf", "ter"])
    return refset, run, json.loads(regressions.dump({"sets": {"s": regressions.entry(run)}}))["sets"]["s"]


QUICK = settings.load(None, ["checks.enabled=false", "quality.enabled=false"])


def worn(text: str, share: float, rng: random.Random) -> str:
    """Words of a text, some of them gone."""
    words = text.split()
    return " ".join(word for word in words if rng.random() > share) or words[0]


def test_twenty_runs_without_a_change_raise_none(measured: Any) -> None:
    refset, run, known = measured
    again = regressions.run(refset, QUICK, ["bleu", "chrf", "ter"])
    assert again.statistics == run.statistics and again.terms == run.terms
    for _ in range(20):
        verdict = regressions.judge(again, known, {})
        assert not verdict.regressions and not verdict.changed_terms and not verdict.worst


def test_one_bleu_less_is_found_in_twenty_of_twenty(measured: Any) -> None:
    refset, run, known = measured
    found, losses = 0, []
    for seed in range(20):
        rng = random.Random(seed)
        outputs = list(run.outputs)
        order = list(range(len(outputs)))
        rng.shuffle(order)
        statistics = {"bleu": list(run.statistics["bleu"])}
        bleu = metrics.make("bleu", "ru")
        while True:  # one word after another until BLEU has lost 1
            for i in order[:3]:
                outputs[i] = worn(outputs[i], 0.12, rng)
                statistics["bleu"][i] = bleu.statistics([outputs[i]], [refset.references[i]])[0]
            order = order[3:] + order[:3]
            now = replace(run, outputs=tuple(outputs), statistics=statistics)
            if now.score("bleu") <= run.score("bleu") - 1:
                break
        losses.append(run.score("bleu") - now.score("bleu"))
        verdict = regressions.judge(now, known, {})
        found += any(" bleu: " in line for line in verdict.regressions)
        assert verdict.worst
    assert max(losses) < 1.6
    assert found == 20


def test_one_term_less_is_found_in_twenty_of_twenty(measured: Any) -> None:
    refset, run, known = measured
    flow = Flow(QUICK, "zh", "ru")
    places = [i for i, row in enumerate(run.statistics["terms"]) if row[0] > 0]
    for seed in range(20):
        i = random.Random(seed).choice(places)
        gone = Segment("1", refset.sources[i], "Здесь нет ни одного из них.")
        was = regressions._terms(flow, replace(gone, target=run.outputs[i]), False)
        now = dict(regressions._terms(flow, gone, False))
        key = next(key for key, good in was if good and not now[key])
        terms = {**run.terms, key: (run.terms[key][0] - 1, run.terms[key][1])}
        verdict = regressions.judge(replace(run, terms=terms), known, {})
        assert [line for line in verdict.regressions if f" term: {key} was right in " in line], key


def test_given_outputs_are_gone_over_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is flagged and which terms are right come from one look at each pair."""
    looked: list[tuple[str, str]] = []
    plain = Enforcer.enforce

    def counted(self: Enforcer, source: str, target: str, links: Any = (), **how: Any) -> Any:
        looked.append((source, target))
        return plain(self, source, target, links, **how)

    monkeypatch.setattr(Enforcer, "enforce", counted)
    [refset] = refsets.load([str(folder / "set.tsv")], "zh", "ru")
    given = settings.load(assignments=["quality.enabled=false"], glossaries=[str(folder / "g.tsv")])
    outputs = [text.replace("Ли Цян", "Ли Чанг") if i == 3 else text for i, text in enumerate(REFERENCE * 5)]
    made = regressions.run(refset, given, ["chrf"], outputs)
    assert sorted(looked) == sorted(set(zip(SOURCE * 5, outputs, strict=True)))
    assert made.terms == {"person-li-qiang": (4, 5)}
    monkeypatch.setattr(regressions, "_Remembering", lambda enforcer: enforcer)
    plainly = regressions.run(refset, given, ["chrf"], outputs)
    assert len(looked) == len(set(looked)) + 2 * len(outputs)
    assert (made.statistics, made.terms) == (plainly.statistics, plainly.terms)
