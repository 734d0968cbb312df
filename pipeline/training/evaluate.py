"""Phase 8: BLEU, chrF and loops on the development and test sets, with sacrebleu's signatures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.engines.compact import BEAM
from pipeline.training import corpora
from pipeline.training.settings import DIRECTIONS, ROOT, Settings, data_root
from pipeline.training.translate import Translator, loops

Parallel = dict[str, list[str]]


def ntrex(most: int | None = None) -> Parallel:
    """The NTREX development set by language."""
    rows = list(corpora.lines(data_root() / "reference" / "ntrex128" / "ntrex128.en-ru-zh.tsv"))[:most]
    return {language: [row[n] for row in rows] for n, language in enumerate(("en", "ru", "zh"))}


def embassy() -> Parallel:
    """Official Chinese-Russian texts of embassies."""
    path = data_root() / "reference" / "embassy" / "embassy.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return {language: [record[language] for record in records] for language in ("zh", "ru")}


def genre() -> Parallel:
    """The held-out rows of the project's genre corpus."""
    path = ROOT / "tests" / "reference" / "genre.tsv"
    if not path.exists():
        return {}
    rows = list(corpora.lines(path))[1:]
    return {language: [row[n] for row in rows] for n, language in ((2, "zh"), (3, "ru"), (4, "en"))}


def score(outputs: list[str], references: list[str], target: str) -> dict[str, Any]:
    """Corpus BLEU (zh tokenizer for Chinese) and chrF with their signatures."""
    import sacrebleu

    bleu = sacrebleu.BLEU(tokenize="zh" if target == "zh" else "13a")
    chrf = sacrebleu.CHRF()
    return {
        "bleu": round(bleu.corpus_score(outputs, [references]).score, 2),
        "chrf": round(chrf.corpus_score(outputs, [references]).score, 2),
        "bleu_signature": str(bleu.get_signature()),
        "chrf_signature": str(chrf.get_signature()),
    }


def directions(translator: Translator, texts: Parallel, beam: int) -> dict[str, dict[str, Any]]:
    """Scores of every direction the set holds."""
    made = {}
    for direction in DIRECTIONS:
        source, target = direction.split("-")
        if source in texts and target in texts:
            outputs = translator(texts[source], target, beam)
            result = score(outputs, texts[target], target)
            looped = sum(loops(a, b) for a, b in zip(texts[source], outputs, strict=True))
            made[direction] = {**result, "lines": len(outputs), "loops": round(looped / max(1, len(outputs)), 4)}
    return made


def pivots(translator: Translator, texts: Parallel, beam: int) -> dict[str, dict[str, Any]]:
    """zh-ru and ru-zh by way of the model's own English, to set beside the direct directions."""
    made = {}
    for source, target in (("zh", "ru"), ("ru", "zh")):
        outputs = translator(translator(texts[source], "en", beam), target, beam)
        made[f"{source}-{target}"] = {**score(outputs, texts[target], target), "lines": len(outputs)}
    return made


def quick(settings: Settings, folder: Path, most: int = 200) -> dict[str, list[float]]:
    """BLEU, chrF and share of loops on the first lines of NTREX and a few genre rows, greedy."""
    made = directions(Translator(folder, settings.training.threads), ntrex(most), 1)
    held = genre()
    if held:
        few = {language: texts[: most // 3] for language, texts in held.items()}
        made |= {f"genre {k}": v for k, v in directions(Translator(folder, settings.training.threads), few, 1).items()}
    return {name: [result["bleu"], result["chrf"], result["loops"]] for name, result in made.items()}


def terms(translator: Translator, settings: Settings) -> dict[str, dict[str, Any]]:
    """Of the known names and entries of held-out genre rows: how many come out in any form, and in the reference's.

    `plain` translates the bare source, `annotated` the source with every known term marked.
    """
    from pipeline.training import annotate
    from pipeline.training import genre as rows

    listed = annotate.entries()
    _, held_out, _ = rows.expand(1, settings.training.seed)
    made: dict[str, dict[str, Any]] = {}
    for direction in DIRECTIONS:
        source, target = direction.split("-")
        plain, marked, wanted = [], [], []
        for _, _, row in held_out:
            names = annotate.known(row, listed)
            found = annotate.spans(row, names, source, target)
            if found:
                by_form = {entry[target]: entry for entry in names}
                plain.append(row.cells[source])
                marked.append(annotate.mark(row.cells[source], found))
                wanted.append([(by_form[form], row.cells[target]) for _, _, form in found])
        if plain:
            made[direction] = {"terms": sum(len(w) for w in wanted)}
            for name, texts in (("plain", plain), ("annotated", marked)):
                made[direction] |= _success(translator(texts, target, BEAM), wanted, target, name)
    return made


def _success(
    outputs: list[str], wanted: list[list[tuple[dict[str, Any], str]]], target: str, name: str
) -> dict[str, float]:
    anywhere = right = total = 0
    for output, entries in zip(outputs, wanted, strict=True):
        for entry, reference in entries:
            forms = entry["forms"] if target == "ru" else {entry[target]}
            here = {form for form in forms if form in reference}
            total += 1
            anywhere += any(form in output for form in forms)
            right += any(form in output for form in here)
    return {f"{name}_any_form": round(anywhere / total, 4), f"{name}_right_form": round(right / total, 4)}


def run(settings: Settings) -> dict[str, Any]:
    """Scores the converted model on every set; writes evaluate/scores.json and the outputs."""
    folder = settings.folder / "evaluate"
    folder.mkdir(exist_ok=True)
    translator = Translator(settings.folder / "model" / "ct2", settings.training.threads)
    scores: dict[str, Any] = {}
    for name, texts in (("ntrex", ntrex(settings.ntrex_lines or None)), ("genre", genre()), ("embassy", embassy())):
        if texts:
            scores[name] = directions(translator, texts, BEAM)
            (folder / "scores.json").write_text(json.dumps(scores, indent=1, ensure_ascii=False), "utf-8")
    scores["pivot"] = {"ntrex": pivots(translator, ntrex(settings.ntrex_lines or None), BEAM)}
    if genre():
        scores["pivot"]["genre"] = pivots(translator, genre(), BEAM)
    scores["terms"] = terms(translator, settings)
    (folder / "scores.json").write_text(json.dumps(scores, indent=1, ensure_ascii=False), "utf-8")
    sets = {name: made for name, made in scores.items() if name not in ("pivot", "terms")}
    return {name: {d: [r["bleu"], r["chrf"]] for d, r in made.items()} for name, made in sets.items()}
