"""Any sequence-to-sequence model of the hub or a directory: Marian, M2M-100, NLLB, MADLAD (T5), mBART-50."""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from pipeline.engines import _families as families
from pipeline.engines._careful import careful
from pipeline.engines.base import ALL, Ability, Engine, Request, Translation, by_length
from pipeline.errors import EngineError, MissingExtra
from pipeline.model import Lang


class Transformers(Engine):
    """Weights are read from safetensors only; remote code is never run; the hub is asked only by `engines pull`."""

    options: ClassVar[dict[str, str]] = {
        "model": "directory or hub id; a hub model is fetched with: palladius engines pull MODEL",
        "beam": "beam size",
        "batch_size": "sentences in one batch",
        "max_input": "longest input in tokens; more is translated in parts",
        "device": "cpu, cuda or auto",
        "dtype": "float32, bfloat16, float16 or auto",
        "bias": "log-probability added to the tokens of wished terms; 0 for none",
    }

    def __init__(
        self,
        model: str = "",
        beam: int = 4,
        batch_size: int = 8,
        max_input: int = 250,
        device: str = "cpu",
        dtype: str = "float32",
        bias: float = 0.0,
    ) -> None:
        self.model, self.beam, self.batch_size, self.max_input = model, beam, batch_size, max_input
        self.device, self.dtype, self.bias = device, dtype, bias

    def ability(self) -> Ability:
        missing = ""
        if not self.model:
            missing = "set engines.transformers.model to a directory or hub id (see configs/hub.toml)"
        elif importlib.util.find_spec("torch") is None or importlib.util.find_spec("transformers") is None:
            missing = 'the packages torch and transformers: pip install "palladius[hub]"'
        elif self.folder is None:
            missing = f"{self.model} is not on this machine: palladius engines pull {self.model}"
        can = ALL
        if not missing and self.folder is not None:
            config = families.read_json(self.folder / "config.json")
            if config.get("model_type") == "marian":
                can = families.directions(
                    families.MARIAN, self.model.rstrip("/"), families.read_json(self.folder / "vocab.json")
                )
        return Ability(
            directions=can,
            batch_size=self.batch_size,
            terms=self.bias > 0,
            scores=True,
            missing=missing,
            notes=self.model,
        )

    @functools.cached_property
    def folder(self) -> Path | None:
        """The directory of the model: as given, or the snapshot in the local hub cache; never the network."""
        if Path(self.model).is_dir():
            return Path(self.model)
        try:
            from huggingface_hub import snapshot_download
            from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
        except ImportError:
            return None
        try:
            return Path(snapshot_download(self.model, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError, OSError):
            return None

    @functools.cached_property
    def _loaded(self) -> tuple[Any, Any, families.Family]:
        """Model, tokenizer, family. Raises EngineError for what is missing, pickled or broken."""
        try:
            import torch
            import transformers
        except ImportError as error:
            raise MissingExtra("the engine transformers", str(error.name), "hub") from error
        missing = self.ability().missing
        if missing or self.folder is None:
            raise EngineError(f"engine transformers: {missing}")
        if not list(self.folder.glob("*.safetensors")):
            hint = "only safetensors are read, since other weights can run code; convert them first"
            raise EngineError("holds no *.safetensors", where=str(self.folder), hint=hint)
        transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        place = str(self.folder)
        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(
                place, local_files_only=True, trust_remote_code=False
            )
            model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                place,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                dtype=self.dtype if self.dtype == "auto" else getattr(torch, self.dtype),
            )
        except Exception as error:  # the libraries raise almost anything for a broken directory
            raise EngineError(f"cannot be loaded: {type(error).__name__}: {error}", where=place) from error
        device = ("cuda" if torch.cuda.is_available() else "cpu") if self.device == "auto" else self.device
        family = families.of_config(model.config.to_dict(), tokenizer.get_vocab(), type(tokenizer).__name__)
        return model.to(device).eval(), tokenizer, family

    def translate(self, requests: Sequence[Request], source: Lang, target: Lang) -> list[Translation]:
        if (source, target) not in self.ability().directions:
            raise EngineError(f"{self.model} does not translate {source}-{target}")
        _, tokenizer, family = self._loaded
        if family.tag_source:
            tokenizer.src_lang = self._code(source)

        def decode(parts: Sequence[Request], strict: bool) -> list[Translation]:
            lengths = [len(tokenizer(part.text)["input_ids"]) for part in parts]
            out: list[Translation | None] = [None] * len(parts)
            for batch in by_length(lengths, self.batch_size, 1 << 30):
                for i, answer in zip(
                    batch.indexes, self._batch([parts[i] for i in batch.indexes], target, strict), strict=True
                ):
                    out[i] = answer
            return [answer for answer in out if answer is not None]

        return careful(decode, lambda text: len(tokenizer(text)["input_ids"]), self.max_input, requests, target)

    def _code(self, lang: Lang) -> str:
        """The tokenizer's name of a language: M2M-100 drops the underscores of its token."""
        code = self._loaded[2].codes[lang]
        return code.strip("_") if self._loaded[2] is families.M2M else code

    def _batch(self, parts: Sequence[Request], target: Lang, strict: bool) -> list[Translation]:
        import torch

        model, tokenizer, family = self._loaded
        vocabulary = tokenizer.get_vocab()
        code = family.codes[target]
        head = f"{code} " if family.prefix and (family is not families.MARIAN or code in vocabulary) else ""
        inputs = tokenizer([head + part.text for part in parts], return_tensors="pt", padding=True).to(model.device)
        forced = {"forced_bos_token_id": tokenizer.convert_tokens_to_ids(code)} if family.start else {}
        processors = (
            [_Bias(self._wished(parts), self.bias, self.beam)] if self.bias > 0 and any(p.wishes for p in parts) else []
        )
        with torch.inference_mode():
            made = model.generate(
                **inputs,
                **forced,
                num_beams=self.beam,
                max_new_tokens=max(32, 2 * int(inputs["input_ids"].shape[1]) + 16),
                no_repeat_ngram_size=4 if strict else 0,
                repetition_penalty=1.2 if strict else 1.0,
                early_stopping=True,
                logits_processor=processors,
            )
        texts = tokenizer.batch_decode(made, skip_special_tokens=True)
        said = f"engine:transformers:{Path(self.model).name}"
        return [Translation(text.strip(), provenance=said) for text in texts]

    def _wished(self, parts: Sequence[Request]) -> list[list[int]]:
        """For each part, the tokens of all forms of its terms."""
        _, tokenizer, _ = self._loaded
        rows = []
        for part in parts:
            forms = [form for wish in part.wishes for form in (wish.forms or (wish.lemma,))]
            ids = {i for form in forms for i in tokenizer(text_target=form, add_special_tokens=False)["input_ids"]}
            rows.append(sorted(ids))
        return rows

    def forced(self, pairs: Sequence[tuple[Request | str, str]], source: Lang, target: Lang) -> list[list[float]]:
        import torch

        model, tokenizer, family = self._loaded
        if family.tag_source:
            tokenizer.src_lang, tokenizer.tgt_lang = self._code(source), self._code(target)
        code = family.codes[target]
        head = f"{code} " if family.prefix and (family is not families.MARIAN or code in tokenizer.get_vocab()) else ""
        out = []
        for left, right in pairs:
            text = left if isinstance(left, str) else left.text
            inputs = tokenizer(head + text, text_target=right, return_tensors="pt").to(model.device)
            with torch.inference_mode():
                logits = model(**inputs).logits[0].float().log_softmax(-1)
            labels = inputs["labels"][0]
            out.append([float(logits[i, token]) for i, token in enumerate(labels)])
        return out

    def close(self) -> None:
        self.__dict__.pop("_loaded", None)


class _Bias:
    """Adds a bias to the tokens of wished terms, row by row; the library's sequence_bias is one for the whole batch."""

    def __init__(self, rows: list[list[int]], bias: float, beam: int) -> None:
        self.rows, self.bias, self.beam = rows, bias, beam

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        for row, tokens in enumerate(self.rows):
            if tokens:
                scores[row * self.beam : (row + 1) * self.beam, tokens] += self.bias
        return scores


PLUGIN = Transformers
