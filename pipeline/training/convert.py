"""Phase 7: the averaged weights as an ordinary Marian directory of transformers, and that as CTranslate2 int8.

Model ids are the piece ids moved down by one, padding last: CTranslate2 drops the last row of a Marian table.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from pipeline.training import corpora
from pipeline.training.settings import PLACEHOLDERS, TERM_CLOSE, TERM_MID, TERM_OPEN, TOKENS, Settings


def roll(table: Any) -> Any:
    """Rows in the order of the model's ids, from rows in the order of the vocabulary's."""
    import torch

    return torch.cat([table[1:], table[:1]])


def state(weights: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """The state of MarianMTModel from the trainer's parameters."""
    from pipeline.training.network import sinusoids

    table = roll(weights["shared"]).float().clone()
    table[-1] = 0
    bias = roll(weights["bias"]).float().clone()
    bias[-1] = -100
    made = {"model.shared.weight": table, "lm_head.weight": table, "final_logits_bias": bias[None]}
    for side in ("encoder", "decoder"):
        made[f"model.{side}.embed_tokens.weight"] = table
        made[f"model.{side}.embed_positions.weight"] = sinusoids(settings.network.positions, settings.network.width)
        for name, value in weights.items():
            if name.startswith(f"{side}."):
                made[f"model.{side}.layers.{name.removeprefix(f'{side}.')}"] = value.float()
    return made


def save(weights: dict[str, Any], settings: Settings, folder: Path, half: bool = False) -> None:
    """A directory that MarianMTModel and MarianTokenizer load; fp16 where `half` is set."""
    from transformers import GenerationConfig, MarianConfig, MarianMTModel

    network, size = settings.network, settings.vocabulary.size
    config = MarianConfig(
        vocab_size=size, decoder_vocab_size=size, d_model=network.width, encoder_layers=network.encoder_layers,
        decoder_layers=network.decoder_layers, encoder_attention_heads=network.heads,
        decoder_attention_heads=network.heads, encoder_ffn_dim=network.inner, decoder_ffn_dim=network.inner,
        activation_function="swish", max_position_embeddings=network.positions, scale_embedding=True,
        pad_token_id=size - 1, eos_token_id=0, bos_token_id=None, forced_eos_token_id=None,
        decoder_start_token_id=size - 1, share_encoder_decoder_embeddings=True, dropout=settings.training.dropout,
    )  # fmt: skip
    model: Any = MarianMTModel(config)
    missing, unexpected = model.load_state_dict(state(weights, settings), strict=False)
    if missing or unexpected:
        raise RuntimeError(f"state does not fit: missing {missing}, unexpected {unexpected}")
    generation: Any = GenerationConfig
    model.generation_config = generation(
        bos_token_id=None, eos_token_id=0, pad_token_id=size - 1, decoder_start_token_id=size - 1, num_beams=4,
        max_length=network.positions, bad_words_ids=[[size - 1]],
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (model.half() if half else model).save_pretrained(folder)
    pieces = json.loads((settings.folder / "vocabulary" / "vocab.json").read_text("utf-8"))
    vocab = {piece: (n - 1) % size for piece, n in pieces.items()}
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False), "utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(settings.folder / "vocabulary" / "source.spm", folder / name)
    words = {
        "source_lang": "mul",
        "target_lang": "mul",
        "tokenizer_class": "MarianTokenizer",
        "model_max_length": network.positions,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(words), "utf-8")


def allowed(piece: str, language: str) -> bool:
    """Whether a piece may stand in a text of the language: its own script, what has none, and short Latin acronyms."""
    plain = piece.strip("\u2581")
    if piece in TOKENS.values() or piece in (TERM_OPEN.strip(), TERM_MID.strip(), TERM_CLOSE, "<pad>", "<unk>"):
        return False
    if re.fullmatch(r"<0x[0-9A-F]{2}>", piece):
        return language == "zh"  # rare characters
    if piece in PLACEHOLDERS or piece == "</s>":
        return True
    if language != "zh" and re.search(r"[\u3000-\u303f\uff00-\uffef]", plain):
        return False
    mixed = {corpora.script(character) for character in plain} - {""}
    if mixed <= {language}:
        return True
    return mixed == {"en"} and plain.isupper() and len(plain) <= 3


def write_candidates(pieces: list[str], path: Path) -> None:
    """CTranslate2's vocabulary map: the target token names the pieces of its language, all else maps to nothing.

    A small network tends to go on copying the source once it has begun; this keeps it in the target language, and
    the softmax small. Used with `use_vmap=True`.
    """
    rows = [f"{token}\t{' '.join(p for p in pieces if allowed(p, language))}" for language, token in TOKENS.items()]
    path.write_text("\n".join(rows) + "\n", "utf-8")


def convert(settings: Settings, weights: dict[str, Any], folder: Path) -> Path:
    """Writes folder/hf and folder/ct2; returns the latter, which also holds source.spm."""
    import ctranslate2.converters

    save(weights, settings, folder / "hf")
    target = folder / "ct2"
    converter = ctranslate2.converters.TransformersConverter(str(folder / "hf"))
    pieces = json.loads((settings.folder / "vocabulary" / "vocab.json").read_text("utf-8"))
    write_candidates(list(pieces), folder / "vmap.txt")
    converter.convert(str(target), vmap=str(folder / "vmap.txt"), quantization="int8", force=True)
    shutil.copyfile(settings.folder / "vocabulary" / "source.spm", target / "source.spm")
    return target


def run(settings: Settings) -> dict[str, int]:
    """Converts the final averaged weights into model/."""
    import torch

    weights = torch.load(settings.folder / "average" / "weights.pt", weights_only=True)
    target = convert(settings, weights, settings.folder / "model")
    return {"bytes": (target / "model.bin").stat().st_size}
