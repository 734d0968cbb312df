"""A converted model on disk (CTranslate2): Marian, M2M-100, NLLB, MADLAD, mBART-50."""

from __future__ import annotations

import functools
import re
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from pipeline.engines import _batches as batches
from pipeline.engines import _families as families
from pipeline.engines._careful import careful
from pipeline.engines.base import ALL, Ability, Engine, Request, Translation
from pipeline.errors import EngineError
from pipeline.model import Lang

_SPM = ("source.spm", "sentencepiece.bpe.model", "sentencepiece.model", "spiece.model", "spm.model")


class CTranslate2(Engine):
    options: ClassVar[dict[str, str]] = {
        "model": "directory of a model converted with: palladius engines convert",
        "family": "marian, m2m100, nllb, madlad or mbart50; left out: told by the vocabulary",
        "beam": "beam size",
        "threads": "threads for one batch; 0 for all cores",
        "workers": "batches decoded at a time",
        "batch_tokens": "most padded tokens in one batch",
        "max_input": "longest input in tokens; more is translated in parts",
        "compute_type": "int8, float32, default ...",
        "device": "cpu, cuda or auto",
    }

    def __init__(
        self,
        model: str = "",
        family: str = "",
        beam: int = 4,
        threads: int = 0,
        workers: int = 1,
        batch_tokens: int = 2048,
        max_input: int = 250,
        compute_type: str = "default",
        device: str = "cpu",
    ) -> None:
        self.folder, self._family = Path(model), family
        self.beam, self.threads, self.workers = beam, threads, workers
        self.batch_tokens, self.max_input = batch_tokens, max_input
        self.compute_type, self.device = compute_type, device

    def ability(self) -> Ability:
        missing = ""
        if self.folder == Path():
            missing = "set engines.ctranslate2.model to a converted model (palladius engines convert MODEL -o FOLDER)"
        elif not (self.folder / "model.bin").is_file():
            missing = f"no model.bin in {self.folder} (palladius engines convert MODEL -o {self.folder})"
        can = ALL if missing else families.directions(self.family, self.folder.name, self._tokens)
        return Ability(directions=can, attention=False, scores=True, missing=missing)

    @functools.cached_property
    def _tokens(self) -> frozenset[str]:
        for name in ("shared_vocabulary.json", "target_vocabulary.json"):
            tokens = families.read_json(self.folder / name)
            if isinstance(tokens, list):
                return frozenset(tokens)
        text = self.folder / "shared_vocabulary.txt"
        return frozenset(text.read_text(encoding="utf-8").split("\n")) if text.is_file() else frozenset()

    @functools.cached_property
    def family(self) -> families.Family:
        if self._family:
            if self._family not in families.FAMILIES:
                raise EngineError(f"unknown family {self._family!r}", hint=f"known: {', '.join(families.FAMILIES)}")
            return families.FAMILIES[self._family]
        return families.of_vocabulary(self._tokens)

    @functools.cached_property
    def _spm(self) -> tuple[Any, Any]:
        """SentencePiece models of source and target (the same one where there is no target.spm)."""
        import sentencepiece

        source = next((self.folder / name for name in _SPM if (self.folder / name).is_file()), None)
        if source is None:
            raise EngineError("no SentencePiece model", where=str(self.folder), hint=f"one of {', '.join(_SPM)}")
        target = self.folder / "target.spm" if (self.folder / "target.spm").is_file() else source
        load = sentencepiece.SentencePieceProcessor
        return load(model_file=str(source)), load(model_file=str(target))

    @functools.cached_property
    def _translator(self) -> Any:
        import ctranslate2

        missing = self.ability().missing
        if missing:
            raise EngineError(missing)
        try:
            return ctranslate2.Translator(
                str(self.folder),
                device=self.device,
                compute_type=self.compute_type,
                intra_threads=self.threads,
                inter_threads=self.workers,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"cannot be loaded: {error}", where=str(self.folder)) from error

    def pieces(self, text: str, source: Lang, target: Lang) -> list[str]:
        """Source tokens as the family wants them."""
        pieces = list(self._spm[0].encode(text, out_type=str))
        if self.family.tag_source:
            return [self.family.codes[source], *pieces, "</s>"]
        head = [self.family.codes[target]] if self.family.prefix and self.family.codes[target] in self._tokens else []
        return [*head, *pieces, "</s>"]

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        if (source, target) not in self.ability().directions and not self.ability().missing:
            raise EngineError(f"the model in {self.folder} does not translate {source}-{target}")

        def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
            sources = [self.pieces(part.text, source, target) for part in parts]
            start = [self.family.codes[target]] if self.family.start else []

            def options(width: int, _: Hashable) -> dict[str, Any]:
                return {
                    "beam_size": self.beam,
                    "return_scores": True,
                    "max_decoding_length": max(32, 2 * width + 16),
                    "no_repeat_ngram_size": 4 if strict else 0,
                    "repetition_penalty": 1.2 if strict else 1.0,
                }

            try:
                results = batches.decode(self._translator, sources, self.batch_tokens, options, prefix=start)
            except (RuntimeError, ValueError) as error:
                raise EngineError(f"the model failed: {error}", where=str(self.folder)) from error
            return [
                Translation(
                    self._text(result.hypotheses[0]),
                    result.scores[0],
                    provenance=f"engine:ctranslate2:{self.folder.name}",
                )
                for result in results
            ]

        return careful(decode, lambda text: len(self._spm[0].encode(text)), self.max_input, requests, target)

    def forced(self, pairs: Sequence[tuple[Request | str, str]], source: Lang, target: Lang) -> list[list[float]]:
        start = [self.family.codes[target]] if self.family.start else []
        targets = [[*start, *self._spm[1].encode(right, out_type=str)] for _, right in pairs]
        texts = [left if isinstance(left, str) else left.text for left, _ in pairs]
        sources = [self.pieces(text, source, target) for text in texts]
        scored = self._translator.score_batch(sources, targets, max_batch_size=self.batch_tokens, batch_type="tokens")
        return [list(item.log_probs)[len(start) :] for item in scored]

    def _text(self, tokens: Sequence[str]) -> str:
        known = set(self.family.codes.values())
        plain = [t for t in tokens if t not in known and not re.fullmatch(r"</?s>|<unk>|<pad>", t)]
        return str(self._spm[1].decode(plain)).strip()

    def close(self) -> None:
        self.__dict__.pop("_translator", None)


PLUGIN = CTranslate2
