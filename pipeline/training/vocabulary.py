"""Phase 2: one SentencePiece unigram vocabulary for the three languages, written as source.spm with its vocab.json.

Byte fallback, digits split, user symbols for the target-language tokens, the marks of an annotated term and the
placeholders of inline codes. The normaliser folds full-width letters and digits and traditional characters, so the
engine need not.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path
from typing import Any

from pipeline.training import corpora
from pipeline.training.settings import PAIRS, PLACEHOLDERS, ROOT, TERM_CLOSE, TERM_MID, TERM_OPEN, TOKENS, Settings

PAD, EOS, UNK = "<pad>", "</s>", "<unk>"


def folding() -> dict[str, str]:
    """Folding of the normaliser: full-width letters and digits, odd spaces, traditional to simplified characters.

    Traditional characters come from OpenCC's table; a character that is itself one of the simplified choices stays.
    """
    table = {chr(0xFF01 + n): chr(0x21 + n) for n in range(94) if chr(0x21 + n).isalnum() or chr(0x21 + n) in "%+-/&#@"}
    table |= dict.fromkeys("\u00a0\u3000\u2002\u2003\u2009\u200a\u202f\t", " ") | dict.fromkeys(
        "\u200b\ufeff\u00ad", ""
    )
    import importlib.util

    spec = importlib.util.find_spec("opencc")
    if spec is not None and spec.origin:
        for path in Path(spec.origin).parent.rglob("TSCharacters.txt"):
            for row in corpora.lines(path):
                if len(row) == 2 and len(row[0]) == 1:
                    choices = row[1].split()
                    if choices and row[0] not in choices and len(choices[0]) == 1:
                        table[row[0]] = choices[0]
    return table


def write_folding(path: Path) -> None:
    """The folding as SentencePiece reads it: hexadecimal code points, source TAB target."""
    rows = [f"{ord(a):X}\t{' '.join(f'{ord(c):X}' for c in b)}" for a, b in sorted(folding().items())]
    path.write_text("\n".join(rows) + "\n", "utf-8")


def official() -> list[str]:
    """Cells of the genre rows (slots cut out) and of the glossaries: words of the register that the corpora lack."""
    cells: list[str] = []
    for path in sorted((ROOT / "pipeline" / "training" / "genre").glob("*.tsv")):
        cells += [cell for row in list(corpora.lines(path))[1:] for cell in row[1:4]]
    for path in sorted((ROOT / "glossaries").rglob("*.tsv")):
        cells += [cell for row in list(corpora.lines(path))[1:] for cell in row[:4]]
    texts = [re.sub(r"\{[^}]*\}", " ", cell).strip() for cell in cells]
    return [text for text in texts if corpora.script(text)]


def load(settings: Settings) -> Any:
    """The trained SentencePieceProcessor."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=str(settings.folder / "vocabulary" / "source.spm"))


def run(settings: Settings) -> dict[str, int]:
    """Trains the vocabulary on a sample that holds the three languages in equal parts."""
    import sentencepiece

    folder = settings.folder / "vocabulary"
    folder.mkdir(exist_ok=True)
    if settings.start:  # the pieces of the model that training goes on from
        shutil.copyfile(ROOT / settings.start / "source.spm", folder / "source.spm")
        return {"pieces": _names(settings, folder), "sentences": 0}
    sides: dict[str, dict[str, int]] = {"zh": {}, "ru": {}, "en": {}}
    for left, right in PAIRS:
        for name, *texts in corpora.lines(settings.folder / "clean" / f"{left}-{right}.tsv"):
            if name != "msdocs" or random.Random(texts[0]).random() < settings.weights.get("msdocs", 1.0):
                sides[left][texts[0]] = sides[right][texts[1]] = 1
    chooser = random.Random(settings.training.seed)
    most = min(settings.vocabulary.sentences // 3, *(len(texts) for texts in sides.values()))
    sample = [text for texts in sides.values() for text in chooser.sample(sorted(texts), most)]
    sample += official() * settings.vocabulary.official
    text_file = folder / "sample.txt"
    text_file.write_text("\n".join(sample) + "\n", "utf-8")
    write_folding(folder / "folding.tsv")
    symbols = [*TOKENS.values(), TERM_OPEN.strip(), TERM_MID.strip(), TERM_CLOSE, *PLACEHOLDERS]
    sentencepiece.SentencePieceTrainer.train(
        input=str(text_file), model_prefix=str(folder / "source"), vocab_size=settings.vocabulary.size,
        model_type="unigram", normalization_rule_tsv=str(folder / "folding.tsv"), character_coverage=0.9997,
        byte_fallback=True, split_digits=True, num_threads=settings.training.threads, pad_id=0, eos_id=1, unk_id=2,
        bos_id=-1, pad_piece=PAD, eos_piece=EOS, unk_piece=UNK, max_sentence_length=4000, max_sentencepiece_length=12,
        user_defined_symbols=symbols, minloglevel=1,
    )  # fmt: skip
    (folder / "source.model").replace(folder / "source.spm")
    text_file.unlink()
    return {"pieces": _names(settings, folder), "sentences": len(sample)}


def _names(settings: Settings, folder: Path) -> int:
    """Writes vocab.json, the id of each piece; returns their number."""
    processor = load(settings)
    pieces = {processor.id_to_piece(n): n for n in range(processor.get_piece_size())}
    (folder / "vocab.json").write_text(json.dumps(pieces, ensure_ascii=False, indent=0), "utf-8")
    return len(pieces)
