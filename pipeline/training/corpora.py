"""Readers of the parallel corpora: every corpus yields rows of (corpus, {language: text}).

A row holds two or three languages. Rows of the English-source news sets are joined on the English side by
`clean.triples`, which is where most direct Chinese-Russian pairs come from.
"""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterator
from pathlib import Path

Row = tuple[str, dict[str, str]]

_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z]")
_PAIR_FILES = {
    "tatoeba": [
        ("tatoeba/en-zh", "en zh"),
        ("tatoeba-opusmt/en-ru", "en ru"),
        ("tatoeba-opusmt/en-zh", "en zh"),
        ("tatoeba-opusmt/ru-zh", "ru zh"),
    ],
    "news-commentary": [("news-commentary-10k/en-zh", "en zh")],
    "captions": [("3am-captions/en-zh", "en zh")],
    "dialogue": [("ai-challenger-valid/en-zh", "en zh"), ("opensub-voita/en-ru", "en ru")],
    "mixed": [("translation2019zh-sample/en-zh", "en zh"), ("yandex-1k-sample/en-ru", "en ru")],
    "un": [
        ("un/un_devset.en-ru-zh", "en ru zh"),
        ("un/un_testset.en-zh", "en zh"),
        ("un-2023/en-zh.filtered", "en zh"),
        ("udhr/udhr.en-ru-zh", "en ru zh"),
    ],
    "sdg": [
        ("sdg-un/sdg.en-ru-zh", "en ru zh"),
        ("sdg-metadata-ru/en-ru", "en ru"),
        ("unbis-humanitarian/terms.en-ru-zh", "en ru zh"),
    ],
    "official": [("xuexi-official/en-zh", "en zh")],
    "msdocs": [("msdocs-ht/zh-ru", "zh ru"), ("msdocs-ht/en-ru", "en ru"), ("msdocs-ht/en-zh", "en zh")],
    "bible": [("bible/en-ru-zh", "en ru zh")],
}
# Systems that ranked first or near it in the WMT21 human evaluation.
_GOOD = {
    "en-ru": ("Facebook-AI", "Online-W", "NiuTrans"),
    "ru-en": ("Facebook-AI", "Online-W", "NVIDIA-NeMo"),
    "en-zh": ("WeChat-AI", "Facebook-AI", "HappyNewYear"),
    "zh-en": ("Facebook-AI", "NiuTrans", "SMU"),
}


def script(text: str) -> str:
    """Language by script: zh where Han letters are a third or more, ru where Cyrillic is a half or more, else en."""
    han = len(_HAN.findall(text))
    cyrillic = len(_CYRILLIC.findall(text))
    latin = len(_LATIN.findall(text))
    letters = han + cyrillic + latin
    if letters == 0:
        return ""
    if han * 3 >= letters:
        return "zh"
    return "ru" if cyrillic * 2 >= letters else "en"


def lines(path: Path) -> Iterator[list[str]]:
    """Columns of every line of a TSV file, plain or .xz."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        for line in stream:
            yield line.decode("utf-8").rstrip("\r\n").split("\t")


def read(name: str, root: Path, most: int, seed: int = 1) -> Iterator[Row]:
    """Rows of one corpus; of a file with more than `most` lines a random sample is taken."""
    folder = root / "corpora"
    if name == "newstest":
        yield from _newstest(folder)
    elif name == "systems":
        yield from _systems(folder)
    elif name == "wmt21":
        yield from _wmt21(folder)
    else:
        for stem, order in _PAIR_FILES[name]:
            languages = order.split()
            rows = [row[: len(languages)] for row in lines(folder / f"{stem}.tsv.xz")]
            if len(rows) > most:
                rows = random.Random(seed).sample(rows, most)
            for row in rows:
                yield name, dict(zip(languages, row, strict=False))


def _newstest(folder: Path) -> Iterator[Row]:
    for source, target in (("en", "ru"), ("ru", "en"), ("en", "zh"), ("zh", "en")):
        for _, left, right in lines(folder / "newstest" / f"newstest.{source}-{target}.tsv.xz"):
            yield "newstest", {source: left, target: right}


def _systems(folder: Path) -> Iterator[Row]:
    """Source with up to three system outputs a line of newstest 2013-2018: other renderings of the same sentence."""
    chooser = random.Random(7)
    for path in sorted((folder / "news").glob("newstest*.tsv.xz")):
        target = path.name.split(".")[1].split("-")[1]
        rows = lines(path)
        next(rows)  # names of the systems
        for row in rows:
            outputs = [text for text in row[2:] if text and "&#" not in text and "&quot" not in text]
            forward = [text for text in outputs if script(text) == target]
            backward = [text for text in outputs if script(text) == "en"]
            for text in chooser.sample(forward, min(3, len(forward))):
                yield "systems", {"en": row[0], target: text}
            for text in chooser.sample(backward, min(3, len(backward))):
                yield "systems", {target: row[1], "en": text}


def _wmt21(folder: Path) -> Iterator[Row]:
    """References and the best systems' outputs of WMT21. WMT24 carries a canary line and is left alone."""
    for direction, good in _GOOD.items():
        source, target = direction.split("-")
        (references,) = (folder / "news").glob(f"wmt21.{direction}.src.*.tsv.xz")
        outputs = lines(folder / "news" / f"wmt21.{direction}.systems.tsv.xz")
        header = next(outputs)
        chosen = [header.index(name) for name in good if name in header]
        for row, systems in zip(lines(references), outputs, strict=True):
            for text in row[1:]:
                yield "wmt21", {source: row[0], target: text}
            for index in chosen:
                yield "wmt21", {source: row[0], target: systems[index]}
