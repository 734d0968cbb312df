"""Regression runs: nothing changed raises nothing, a planted loss is found, and terms are named one by one."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.jobs.bootstrap import compare
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


def test_too_few_outputs(inside: Run, folder: Path) -> None:
    (folder / "few.txt").write_text("одна\n", encoding="utf-8")
    done = regress(inside, "few.txt")
    assert done.returncode == 2 and "1 outputs for the 30 segments" in done.stderr


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
