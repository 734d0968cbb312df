"""The bundled model: six directions, offline, CTranslate2 int8, takes terms."""

from __future__ import annotations

import functools
import json
import unicodedata
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from pipeline.engines import _batches as batches
from pipeline.engines import _consensus as consensus
from pipeline.engines._careful import careful
from pipeline.engines._dictionary import again, better
from pipeline.engines._insist import held
from pipeline.engines.base import ALL, Ability, Engine, Link, Request, Translation, Wish, granted
from pipeline.errors import EngineError
from pipeline.languages.loops import looped
from pipeline.model import Lang, Span

FOLDER = Path(__file__).parent.parent / "assets" / "compact"
BEAM = 6  # renderings of a sentence among which the consensus is found
_STEM = 5  # letters by which a word is known again in its other forms
_LINK_FLOOR = 0.15  # attention under this is noise
_READ_FLOOR = 0.02


class Compact(Engine):
    """Options: folder, threads (0: all cores), beam, consensus, batch_tokens, dictionary ..."""

    options: ClassVar[dict[str, str]] = {
        "folder": "directory of a converted model with its source.spm and card.json",
        "threads": "threads for one batch; 0 for all cores",
        "workers": "batches decoded at a time",
        "beam": "beam size",
        "consensus": "take what the beam's renderings agree on most, not the likeliest",
        "batch_tokens": "most padded tokens in one batch",
        "max_input": "longest input in tokens; more is translated in parts",
        "dictionary": "ask again for what the dictionary of the genre finds missing",
    }

    def __init__(
        self,
        folder: str = "",
        threads: int = 0,
        workers: int = 1,
        beam: int = BEAM,
        batch_tokens: int = 2048,
        max_input: int = 160,
        dictionary: bool = True,
        consensus: bool = True,
    ) -> None:
        self.folder = Path(folder) if folder else FOLDER
        self.threads, self.workers, self.beam = threads, workers, beam
        self.batch_tokens, self.max_input, self.dictionary = batch_tokens, max_input, dictionary
        self.consensus = consensus

    def ability(self) -> Ability:
        missing = "" if (self.folder / "model.bin").is_file() else f"no model in {self.folder}: make model builds it"
        card = self._card if not missing else {}
        return Ability(
            directions=ALL,
            batch_size=64,
            terms=bool(card.get("terms")),
            attention=True,
            scores=True,
            missing=missing,
            notes=str(card.get("version", "")),
        )

    @functools.cached_property
    def _card(self) -> dict[str, Any]:
        path = self.folder / "card.json"
        try:
            card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise EngineError(
                "the bundled model has no readable card", where=str(path), hint="run make model"
            ) from error
        return card

    @functools.cached_property
    def _pieces(self) -> Any:
        import sentencepiece

        try:
            return sentencepiece.SentencePieceProcessor(model_file=str(self.folder / "source.spm"))
        except (OSError, RuntimeError) as error:
            where = str(self.folder / "source.spm")
            raise EngineError("the vocabulary cannot be loaded", where=where, hint="run make model") from error

    @functools.cached_property
    def _translator(self) -> Any:
        import ctranslate2

        if not (self.folder / "model.bin").is_file():
            raise EngineError("no model here", where=str(self.folder), hint="make model builds it")
        try:
            return ctranslate2.Translator(
                str(self.folder),
                device="cpu",
                compute_type="int8",
                intra_threads=self.threads,
                inter_threads=self.workers,
            )
        except (RuntimeError, ValueError) as error:
            where = str(self.folder / "model.bin")
            raise EngineError(
                f"the model cannot be loaded: {error}", where=where, hint="reinstall palladius"
            ) from error

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        token = self._card["languages"].get(target)
        if token is None or source == target:
            raise EngineError(f"the bundled model does not translate {source}-{target}")

        def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
            return self._decode(parts, token, strict)

        def made(several: Sequence[Request]) -> list[Translation]:
            return careful(decode, lambda text: len(self._pieces.encode(text)), self.max_input, several, target)

        answers = made(requests)
        if not self.dictionary:
            return answers
        pairs = enumerate(zip(requests, answers, strict=True))
        missing = {i: again(one, answer, source, target) for i, (one, answer) in pairs}
        asked = {i: more for i, more in missing.items() if more is not None}
        for i, second in zip(asked, made(list(asked.values())) if asked else (), strict=True):
            if better(requests[i], answers[i], second, source, target):
                answers[i] = second
        return answers

    def annotated(self, request: Request) -> tuple[str, list[int]]:
        """The source with each wished lemma behind its term between marks (Bergmanis & Pinnis 2021), and for each
        character of it the offset in the plain source (-1 for what was put in)."""
        marks: dict[str, str] = self._card.get("terms") or {}
        text, at = "", 0
        origin: list[int] = []
        for wish in sorted(request.wishes, key=lambda wish: wish.span.start) if marks else ():
            if wish.span.start < at:
                continue
            plain = request.text[at : wish.span.start]
            inside = wish.span.of(request.text)
            for piece, start in (
                (plain, at),
                (marks["open"], -1),
                (inside, wish.span.start),
                (marks["mid"] + wish.lemma + marks["close"], -1),
            ):
                text += piece
                origin += [-1] * len(piece) if start < 0 else list(range(start, start + len(piece)))
            at = wish.span.end
        text += request.text[at:]
        origin += range(at, len(request.text))
        return text, origin

    def _decode(self, parts: Sequence[Request], token: str, strict: bool) -> list[Translation]:
        sources: list[list[str]] = []
        maps: list[list[Span | None]] = []
        for part in parts:
            text, origin = self.annotated(part)
            pieces, spans = _encode(self._pieces, text, origin)
            sources.append([token, *pieces, "</s>"])
            maps.append([None, *spans, None])
        beam = max(1, self.beam // 2) if strict else self.beam

        def options(width: int, wished: Hashable) -> dict[str, Any]:
            return {
                "beam_size": beam,
                "num_hypotheses": beam if wished or self.consensus else 1,
                "return_scores": True,
                "return_attention": True,
                "max_decoding_length": max(32, 2 * width + 16),
                "min_decoding_length": 2 if strict else 1,
                **self._card.get("decoding_of_loops" if strict else "decoding", {}),
            }

        wished = [bool(part.wishes) for part in parts]
        try:
            results = batches.decode(self._translator, sources, self.batch_tokens, options, wished)
        except RuntimeError as error:
            raise EngineError(f"the bundled model failed: {error}") from error
        chosen: list[tuple[int, str, list[Span]]] = []
        short: dict[int, list[str]] = {}  # of these a term is missing, and the enforcer will ask what stands for it
        for i, result in enumerate(results):
            found = [_decoded(pieces) for pieces in result.hypotheses]
            best, kept = self._best(parts[i], [text for text, _ in found])
            chosen.append((best, *found[best]))
            if kept < len(parts[i].wishes):
                short[i] = sources[i]
        first = self._first_rows(short)
        out = []
        for i, (spans, result, (best, text, places)) in enumerate(zip(maps, results, chosen, strict=True)):
            attention = [first.get(i, []), *result.attention[best][1:]] if result.attention else []
            links = _links(attention, spans, places)
            out.append(Translation(text, result.scores[best], (), links, "engine:compact", ()))
        return out

    def _best(self, part: Request, texts: Sequence[str]) -> tuple[int, int]:
        """The place of the rendering to take, and how many terms it keeps; without consensus the likeliest of those
        that keep most."""
        kept = [sum(granted(part, text)) for text in texts]
        at = consensus.best(part.text, texts, kept) if self.consensus else kept.index(max(kept))
        return at, kept[at]

    def _first_rows(self, sources: dict[int, list[str]]) -> dict[int, list[float]]:
        """Attention of the first target piece, by a greedy step of its own.

        With a beam, CTranslate2 (4.8) gives sentence i of a batch the first row of sentence i // beam. That row does
        not depend on the piece that is chosen; with no term left to place nobody asks for it, and it is left out.
        """
        if not sources:
            return {}
        options = {"beam_size": 1, "return_attention": True, "max_decoding_length": 1}
        done = batches.decode(self._translator, list(sources.values()), self.batch_tokens, lambda *_: options)
        return {i: result.attention[0][0] for i, result in zip(sources, done, strict=True) if result.attention[0]}

    def insist(
        self, request: Request, answer: Translation, wishes: Sequence[Wish], source: Lang, target: Lang
    ) -> Translation | None:
        if any(note.startswith(("split", "repeats")) for note in answer.notes) or not answer.text.strip():
            return None
        token = self._card["languages"][target]
        text, origin = self.annotated(request)
        pieces, spans = _encode(self._pieces, text, origin)
        if len(pieces) > self.max_input:
            return None
        made: Translation | None = None
        for wish in wishes:
            now = made or answer
            near = [there for here, there, _ in now.links if here.overlaps(wish.span)]
            one = Request(request.text, (wish,))
            before = sum(granted(request, now.text))

            def worth(found: Sequence[str], one: Request = one, before: int = before, now: str = now.text) -> int:
                said, _ = _decoded(found)
                if not granted(one, said)[0] or sum(granted(request, said)) <= before or looped(said, request.text):
                    return 0
                return 1 if _doubled(said, now, one.wishes[0], request) else 2

            forms = tuple(dict.fromkeys(wish.forms or (wish.lemma,)))
            options = {
                "beam_size": min(2, self.beam),
                "max_decoding_length": max(32, 2 * len(pieces) + 16),
                **self._card.get("decoding", {}),
            }
            encode = functools.partial(self._pieces.encode, out_type=str)
            found = held(
                self._translator, [token, *pieces, "</s>"], now.text, forms, near, target, encode, worth, options
            )
            if found is not None:
                said, places = _decoded(found.pieces)
                links = _links(found.attention, [None, *spans, None], places)
                made = Translation(said, found.score, (), links, answer.provenance, answer.notes)
        return made

    def forced(self, pairs: Sequence[tuple[Request | str, str]], source: Lang, target: Lang) -> list[list[float]]:
        token = self._card["languages"][target]
        encode = self._pieces.encode
        cut = self.max_input * 2
        texts = [left if isinstance(left, str) else self.annotated(left)[0] for left, _ in pairs]
        sources = [[token, *encode(text, out_type=str)[:cut], "</s>"] for text in texts]
        targets = [encode(right, out_type=str)[:cut] for _, right in pairs]
        scored = self._translator.score_batch(sources, targets, max_batch_size=self.batch_tokens, batch_type="tokens")
        return [list(item.log_probs) for item in scored]

    def read(self, source_text: str, target_text: str, source: Lang, target: Lang) -> tuple[Link, ...]:
        pieces, spans = _encode(self._pieces, source_text, list(range(len(source_text))))
        said: list[str] = self._pieces.encode(target_text, out_type=str)
        if not said or max(len(pieces), len(said)) > self.max_input:
            return ()
        try:
            [made] = self._translator.translate_batch(
                [[self._card["languages"][target], *pieces, "</s>"]],
                target_prefix=[said],
                beam_size=1,
                max_decoding_length=len(said) + 1,
                return_attention=True,
            )
        except RuntimeError as error:
            raise EngineError(f"the bundled model failed: {error}") from error
        _, places = _encode(self._pieces, target_text, list(range(len(target_text))))
        return _links(made.attention[0][: len(said)], [None, *spans, None], places, _READ_FLOOR)

    def close(self) -> None:
        self.__dict__.pop("_translator", None)


def _doubled(text: str, before: str, wish: Wish, request: Request) -> bool:
    """Does a longer word of the wish stand in the text more often than it did and than the terms ask for?"""
    low, old = text.lower(), before.lower()
    for word in wish.lemma.lower().split():
        stem = word[:_STEM]
        if len(stem) == _STEM and stem.isalpha():
            asked = sum(one.lemma.lower().count(stem) for one in request.wishes)
            if low.count(stem) > max(asked, old.count(stem)):
                return True
    return False


def _encode(model: Any, text: str, origin: list[int]) -> tuple[list[str], list[Span | None]]:
    """Pieces of `text`, and for each the span of the plain source that it stands for."""
    pieces: list[str] = list(model.encode(text, out_type=str))
    spans: list[Span | None] = []
    at = 0
    for piece in pieces:
        begin, at = at, _behind(text, at, piece.replace("▁", " "))
        places = [place for place in origin[begin:at] if place >= 0]
        spans.append(Span(min(places), max(places) + 1) if places else None)
    return pieces, spans


def _behind(text: str, at: int, piece: str) -> int:
    """The offset behind a piece that starts at `at`, where normalisation may have changed its characters."""
    wanted = piece.replace(" ", "")
    if not wanted:
        return at
    skip = at
    while skip < len(text) and text[skip].isspace():
        skip += 1
    if text.startswith(wanted, skip):
        return skip + len(wanted)
    if wanted.startswith("<0x"):  # a byte of a character that no piece has: the first one takes it
        return min(len(text), skip + 1) if wanted >= "<0xC0>" or wanted < "<0x80>" else at
    end, got = skip, ""
    while end < len(text) and len(got) < len(wanted):
        got += unicodedata.normalize("NFKC", text[end]).replace(" ", "")
        end += 1
    return end


def _decoded(pieces: Sequence[str]) -> tuple[str, list[Span]]:
    """Text of SentencePiece pieces, byte pieces joined, and the span of each piece in it."""
    text, spans, pending = "", [], bytearray()
    for piece in pieces:
        start = len(text)
        if piece.startswith("<0x") and piece.endswith(">") and len(piece) == 6:
            pending.append(int(piece[3:5], 16))
            try:
                text += pending.decode("utf-8")
                pending.clear()
            except UnicodeDecodeError:
                if len(pending) >= 4:
                    pending.clear()
        elif piece not in ("</s>", "<unk>", "<pad>") and not (piece.startswith(">>") and piece.endswith("<<")):
            pending.clear()
            plain = piece.replace("▁", " ")
            text += plain.lstrip(" ") if not text else plain
        spans.append(Span(start, len(text)))
    stripped = text.rstrip()
    return stripped, [Span(min(s.start, len(stripped)), min(s.end, len(stripped))) for s in spans]


def _links(
    attention: Sequence[Sequence[float]],
    sources: list[Span | None],
    places: Sequence[Span | None],
    floor: float = _LINK_FLOOR,
) -> tuple[Link, ...]:
    links = []
    for row, place in zip(attention, places, strict=False):
        if not place:
            continue
        usable = [(weight, span) for weight, span in zip(row, sources, strict=False) if span is not None]
        total = sum(weight for weight, _ in usable)
        for weight, span in usable:
            if total > 0 and weight / total >= floor:
                links.append((span, place, weight / total))
    return tuple(links)


PLUGIN = Compact
