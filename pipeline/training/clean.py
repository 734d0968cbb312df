"""Phase 1: normalise, filter, deduplicate the corpora, keep every reference sentence out, join triples.

Writes counts.json and clean/<pair>.tsv with columns corpus, left, right (in the order of the pair's name).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.training import corpora
from pipeline.training.settings import PAIRS, Settings, data_root

_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_HAN_GAP = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]) +| +(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)
_KEY = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
# Characters a Chinese character stands for, on average, in the other language; for the length filter.
_RATIO = {("zh", "ru"): (1.2, 7.0), ("zh", "en"): (1.2, 7.5), ("en", "ru"): (0.5, 2.2)}


def tidy(text: str, language: str) -> str:
    """One space between words, no spaces around Han letters, Russian guillemets for << >>, plain quotes kept."""
    text = _SPACES.sub(" ", text).strip()
    if language == "zh":
        text = _HAN_GAP.sub("", text)
        if corpora.script(text) == "zh":
            text = text.replace(",", "，") if "，" not in text and "," in text and not _DIGITS.search(text) else text
    if language == "ru":
        text = text.replace("<<", "«").replace(">>", "»")
    return text


def key(text: str) -> str:
    """What two sentences share when they differ only in case, spaces and punctuation."""
    return _KEY.sub("", text).lower()


def references(root: Path) -> set[str]:
    """Keys of every sentence of ten or more letters on any side of data/reference."""
    keys: set[str] = set()
    for path in sorted((root / "reference").rglob("*.tsv*")):
        if path.name == "DOCUMENT_IDS.tsv":
            continue
        for row in corpora.lines(path):
            keys.update(key(cell) for cell in row)
    embassy = root / "reference" / "embassy" / "embassy.jsonl"
    for line in embassy.read_text("utf-8").splitlines():
        record = json.loads(line)
        keys.update(key(record[name]) for name in ("zh", "ru"))
    return {k for k in keys if len(k) >= 6}


def good(left: str, right: str, pair: tuple[str, str], longest: int = 400) -> bool:
    """Whether a pair may be trained on: right script on each side, sane length ratio, no markup, equal big numbers."""
    for text, language in ((left, pair[0]), (right, pair[1])):
        if not 1 <= len(text) <= (longest if language != "zh" else longest // 2) or corpora.script(text) != language:
            return False
        if any(mark in text for mark in ("://", "```", "|", "{", "}", "\\", "=", "_", "�", "CANARY")):
            return False
    low, high = _RATIO[pair]
    slack = 1.0 if min(len(left), len(right)) >= 8 else 3.0  # short texts vary more
    if not low / slack <= len(right) / len(left) <= high * slack:
        return False
    big = [sorted(n for n in _DIGITS.findall(text) if len(n) >= 3) for text in (left, right)]
    return len(big[0]) == len(big[1]) or pair[0] == "zh" or not big[0]


def triples(rows: Iterable[corpora.Row]) -> Iterator[corpora.Row]:
    """Chinese-Russian pairs of rows whose English sides agree; at most two renderings of a sentence are crossed."""
    sides: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: {"zh": [], "ru": []})
    for name, texts in rows:
        if "en" in texts and len(texts) == 2:
            other = "zh" if "zh" in texts else "ru"
            held = sides[key(texts["en"])][other]
            if len(held) < 2 and texts[other] not in {text for _, text in held}:
                held.append((name, texts[other]))
    for held_both in sides.values():
        for name, chinese in held_both["zh"]:
            for _, russian in held_both["ru"]:
                yield f"{name}-joined", {"zh": chinese, "ru": russian}


def run(settings: Settings) -> dict[str, int]:
    """Writes the clean pairs; returns the number of pairs by corpus and pair."""
    root, folder = data_root(), settings.folder / "clean"
    folder.mkdir(exist_ok=True)
    kept_out = references(root)
    rows: list[corpora.Row] = []
    for name, most in settings.corpora.items():
        for corpus, texts in corpora.read(name, root, most, settings.training.seed):
            rows.append((corpus, {language: tidy(text, language) for language, text in texts.items()}))
    joined = list(triples(r for r in rows if r[0] != "msdocs"))
    counts: Counter[str] = Counter()
    for pair in PAIRS:
        seen: set[tuple[str, str]] = set()
        with (folder / f"{'-'.join(pair)}.tsv").open("w", encoding="utf-8") as stream:
            for corpus, texts in [*rows, *joined]:
                if not all(texts.get(language) for language in pair):
                    continue
                left, right = texts[pair[0]], texts[pair[1]]
                keys = key(left), key(right)
                if keys in seen or keys[0] in kept_out or keys[1] in kept_out or not good(left, right, pair):
                    continue
                seen.add(keys)
                counts[f"{'-'.join(pair)} {corpus}"] += 1
                stream.write(f"{corpus}\t{left}\t{right}\n")
    (folder / "counts.json").write_text(json.dumps(counts, indent=1), "utf-8")
    return dict(counts)
