"""Term annotation: the target's dictionary form behind the source words, between marks (Bergmanis and Pinnis 2021).

In the source text an annotated term stands as OPEN source words MID dictionary form CLOSE, where OPEN is "<t> ",
MID "<l> " and CLOSE "</t>" (card.json: terms), whatever the languages:

    推动<t> 高质量发展<l> высококачественное развитие</t>。
    talks on <t> trade<l> 贸易</t> were held.

The blank after a mark keeps pieces what they are elsewhere. The network learns to inflect the given form itself. Terms
come from word links of the corpora and from the names and glossary entries of the genre rows.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from pipeline.languages.russian import analyse, paradigm
from pipeline.training import corpora, genre, vocabulary
from pipeline.training import pack as packing
from pipeline.training.pack import NONE, Packed
from pipeline.training.settings import DIRECTIONS, PAIRS, ROOT, TERM_CLOSE, TERM_MID, TERM_OPEN, Settings

Term = tuple[int, int, str]  # start and end in the source text, dictionary form in the target language
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOTES = re.compile(r"\{[^}]*\}")
_COMMON = frozenset(
    [
        *("that", "this", "with", "from", "have", "were", "been", "will", "would", "their", "they", "which", "about"),
        *(
            "after",
            "into",
            "more",
            "other",
            "some",
            "when",
            "there",
            "these",
            "than",
            "what",
            "also",
            "could",
            "should",
        ),
        *("such", "only", "over", "most", "between", "during", "while", "where", "being", "those", "because", "before"),
        *("который", "этот", "весь", "свой", "такой", "быть", "мочь", "один", "другой", "тот", "также", "после"),
        *("более", "когда", "если", "чтобы", "только", "этого"),
    ]
)


def mark(text: str, terms: Sequence[Term]) -> str:
    """The source text with its terms marked; spans must not overlap."""
    for start, end, lemma in sorted(terms, reverse=True):
        text = f"{text[:start]}{TERM_OPEN}{text[start:end]}{TERM_MID}{lemma}{TERM_CLOSE}{text[end:]}"
    return text


def surface(pieces: Sequence[str]) -> tuple[str, list[int]]:
    """The text of the pieces and the offset at which each begins (its ▁ is the space before its text)."""
    text, starts = "", []
    for n, piece in enumerate(pieces):
        plain = piece.replace("\u2581", " ")
        if n == 0:
            plain = plain.removeprefix(" ")
        starts.append(len(text))
        text += plain
    return text, starts


def words(text: str, language: str) -> list[tuple[int, int]]:
    """Spans of the words that may be terms: four letters and more, two Han characters and more."""
    if language == "zh":
        from pipeline.languages import chinese

        spans = [(span.start, span.end) for span in chinese.words(text)]
        return [(a, b) for a, b in spans if b - a >= 2 and chinese.is_han(text[a:b])]
    found = [match.span() for match in _WORD.finditer(text)]
    return [(a, b) for a, b in found if b - a >= 4 and text[a:b].lower() not in _COMMON]


def lemma(word: str, language: str, first: bool) -> str:
    """Dictionary form: Russian by dictionary, its capital kept inside a sentence; English lower case at its start."""
    if language == "zh":
        return word
    capital = word[:1].isupper() and not first
    if language == "ru":
        best = analyse.analyses(word)[0]
        form = best.lemma.replace("ё", "е") if "ё" not in word else best.lemma
        return form[:1].upper() + form[1:] if capital else form
    return word if capital or word.isupper() else word[:1].lower() + word[1:]


def candidates(source: str, target: str, ids: Sequence[str], goals: Sequence[str], link: Any) -> tuple[str, list[Term]]:
    """The source text and the terms the word links support: one target word linked to one source word only."""
    text, starts = surface(ids)
    goal, goal_starts = surface(goals)
    spans, goal_spans = words(text, source), words(goal, target)
    place = np.searchsorted(np.array(goal_starts), [a for a, _ in goal_spans], "right") - 1
    finish = np.searchsorted(np.array(goal_starts), [b for _, b in goal_spans], "left")
    made: list[Term] = []
    for (a, b), low, high in zip(goal_spans, place, finish, strict=True):
        linked = [int(n) for n in link[low:high] if n != NONE]
        if len(linked) * 2 < high - low or not linked:
            continue
        offsets = [
            starts[n] + 1 if text[starts[n] : starts[n] + 1] == " " else starts[n] for n in linked if n < len(starts)
        ]
        hits = {span for offset in offsets for span in spans if span[0] <= offset < span[1]}
        if len(hits) == 1 and len(offsets) == len(linked):
            (span,) = hits
            made.append((*span, lemma(goal[a:b], target, a == 0)))
    single = {span: [t for t in made if t[:2] == span] for span in {t[:2] for t in made}}
    return text, [terms[0] for terms in single.values() if len(terms) == 1]


def general(
    packed: Packed, pair: str, direction: str, processor: Any, chooser: random.Random, most: int
) -> Iterator[list[str]]:
    """Annotated rows of the general corpora of a pair: (corpus, source with marks, target)."""
    source, target = direction.split("-")
    forward = direction == pair
    order = [n for n in range(len(packed)) if packed.weight[n] >= 0.5 or chooser.random() < 0.08]
    chooser.shuffle(order)
    made = 0
    for n in order:
        left = [processor.id_to_piece(int(i)) for i in packed.left[packed.left_at[n] : packed.left_at[n + 1]]]
        right = [processor.id_to_piece(int(i)) for i in packed.right[packed.right_at[n] : packed.right_at[n + 1]]]
        if max(len(left), len(right)) > 70 or any(piece.startswith("<0x") for piece in left + right):
            continue
        if forward:
            link = packed.right_link[packed.right_at[n] : packed.right_at[n + 1]]
            text, terms = candidates(source, target, left, right, link)
        else:
            link = packed.left_link[packed.left_at[n] : packed.left_at[n + 1]]
            text, terms = candidates(source, target, right, left, link)
        if terms:
            chosen = chooser.sample(terms, min(len(terms), chooser.choice((1, 1, 2, 3))))
            yield ["terms", mark(text, chosen), surface(right if forward else left)[0]]
            made += 1
            if made >= most:
                return


def entries() -> list[dict[str, Any]]:
    """Glossary entries: Chinese, English and Russian first variants, and every Russian form."""
    made = []
    for path in sorted((ROOT / "glossaries").rglob("*.tsv")):
        for row in list(corpora.lines(path))[1:]:
            zh, russian, en, kind = (*(cell.split(" | ")[0].strip() for cell in row[1:4]), row[4])
            bare = _NOTES.sub("", russian).strip()
            if len(zh) >= 2 and bare and en:
                notes = "; ".join(note[1:-1] for note in _NOTES.findall(russian))
                forms = set(paradigm(bare, notes, kind, row[5] if kind == "person" else "").cells.values())
                made.append({"zh": zh, "ru": bare, "en": en, "forms": forms})
    return made


def known(row: genre.Filled, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The names of a filled row and the glossary entries that stand on its Chinese and Russian sides."""
    found = [e for e in listed if e["zh"] in row.cells["zh"] and any(form in row.cells["ru"] for form in e["forms"])]
    return [*row.names, *found]


def spans(row: genre.Filled, names: list[dict[str, Any]], source: str, target: str) -> list[Term]:
    """Where the names stand once in the source, with the target's dictionary form; longest first, none overlapping."""
    text, goal = row.cells[source], row.cells[target]
    terms: list[Term] = []
    for entry in sorted(names, key=lambda e: -len(e["zh"])):
        forms = [entry[source]] if source != "ru" else sorted(entry.get("forms", [entry["ru"]]), key=len, reverse=True)
        wanted = [form for form in forms if text.count(form) == 1]
        if wanted and (target == "ru" or entry[target] in goal):
            start = text.index(wanted[0])
            end = start + len(wanted[0])
            if not any(a < end and start < b for a, b, _ in terms):
                terms.append((start, end, entry[target]))
    return terms


def official(
    direction: str, rows: list[tuple[genre.Filled, list[dict[str, Any]]]], chooser: random.Random
) -> Iterator[list[str]]:
    """Annotated rows of the genre corpus."""
    source, target = direction.split("-")
    for row, names in rows:
        terms = spans(row, names, source, target)
        if terms:
            chosen = chooser.sample(terms, min(len(terms), 3))
            yield ["terms", mark(row.cells[source], chosen), row.cells[target]]


def run(settings: Settings) -> dict[str, int]:
    """Writes pack/terms.<direction>.npz, whose left side is always the annotated source."""
    processor, listed = vocabulary.load(settings), entries()
    filled, held_out, _ = genre.expand(settings.genre_fillings, settings.training.seed + 1, settings.carried // 2)
    kept_out = {text for _, _, row in held_out for text in row.cells.values()}
    rows: list[tuple[genre.Filled, list[dict[str, Any]]]] = []
    for _, _, row in filled:
        if kept_out.isdisjoint(row.cells.values()):
            rows.append((row, known(row, listed)))
    chooser, counts = random.Random(settings.training.seed), {}
    for direction in DIRECTIONS:
        pair = direction if tuple(direction.split("-")) in PAIRS else "-".join(reversed(direction.split("-")))
        packed = Packed.load(settings.folder / "pack" / f"{pair}.npz")
        plain = list(general(packed, pair, direction, processor, chooser, settings.annotated))
        genre_rows = list(official(direction, rows, chooser))
        weights = [1.0] * len(plain) + [0.7 * len(plain) / max(1, len(genre_rows))] * len(genre_rows)
        linkers = packing.linker(settings, pair)
        oriented = linkers if direction == pair else (linkers[1], linkers[0])
        made = packing.pack(plain + genre_rows, weights, processor, oriented)
        made.save(settings.folder / "pack" / f"terms.{direction}.npz")
        counts[direction] = len(made)
        print(f"annotate {direction}: {len(plain)} general, {len(genre_rows)} genre", flush=True)
    return counts
