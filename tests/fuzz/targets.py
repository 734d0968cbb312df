"""What is fuzzed: a function of bytes for each reader, which raises only where the reader breaks its word.

A reader's word: bytes are read, or refused with a PalladiusError that names the place; what was read and not changed is
written byte for byte; targets in every open segment can be written and read again.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from pipeline import registry
from pipeline.errors import InputError, PalladiusError
from pipeline.formats import base
from pipeline.model import State

CASES = Path(__file__).parents[1] / "cases"
ROOT = Path(__file__).parents[2]
Target = Callable[[bytes], None]


def fmt(name: str, data: bytes) -> None:
    """A file format: the same word as in tests/unit/formats, and that written targets are read again."""
    plugin = base.plugin(name)
    try:
        document = plugin.read(data, "fuzz", "zh", "ru")
    except InputError as error:
        assert "fuzz" in str(error), f"no place in: {error}"
        return
    assert plugin.write(document) == data, "an unchanged document is not written byte for byte"
    made = [replace(s, target=s.source + "!", state=State.TRANSLATED) if s.open else s for s in document.segments]
    out = plugin.write(document.with_segments(made))
    if name == "html" and _charset(data) != _charset(out):
        return  # the charset stood in what is no tag, and text of it was translated
    again = plugin.read(out, "again", "zh", "ru")
    if plugin.bilingual:
        assert len(again.segments) == len(document.segments), "segments are lost in writing"


def _charset(data: bytes) -> bytes | None:
    found = re.search(rb"<meta[^>]+charset[^>]*", data[:4096], re.IGNORECASE)
    return found and found.group()


@cache
def _docx() -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(CASES / "formats" / "plain.docx") as container:
        return tuple((name, container.read(name)) for name in container.namelist())


def docx_body(data: bytes) -> None:
    """The XML of a Word document: behind a checksum that blind mutations of the container never get right."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as container:
        for name, content in _docx():
            container.writestr(name, data if name == "word/document.xml" else content)
    fmt("docx", packed.getvalue())


def glossary(form: str, data: bytes) -> None:
    """A glossary is read or refused; what was read is written and read as the same terms."""
    from pipeline.glossary import store

    try:
        terms = store.parse(data, f"fuzz.{form}", form)
    except PalladiusError as error:
        assert "fuzz" in str(error), f"no place in: {error}"
        return
    again = store.parse(store.dump(terms, form), f"again.{form}", form)
    assert len(again.terms) == len(terms.terms), "terms are lost in writing"


def manifest(data: bytes) -> None:
    """A manifest of reference sets."""
    from pipeline.jobs import refsets

    path = _scratch() / "manifest.toml"
    path.write_bytes(data)
    with contextlib.suppress(PalladiusError):
        refsets.load([str(path)], "zh", "ru")


def baseline(data: bytes) -> None:
    """A baseline file, and what is done with its entries."""
    from pipeline.jobs import regress

    path = _scratch() / "baseline.json"
    path.write_bytes(data)
    with contextlib.suppress(PalladiusError):
        regress.load(path)


def job_lines(form: str, data: bytes) -> None:
    """Line formats as jobs stream them: what goes in without a translation comes out byte for byte."""
    from pipeline.jobs import streams

    path, out = _scratch() / f"in.{form}", _scratch() / f"out.{form}"
    path.write_bytes(data)
    try:
        texts = [text for block in streams.sources(path, form, "zh", "ru") for text in block]
    except PalladiusError as error:
        assert f"in.{form}" in str(error), f"no place in: {error}"
        return
    streams.write(path, form, out, lambda wanted: {}, "zh", "ru")
    assert out.read_bytes() == data, "lines without a translation are not kept byte for byte"
    count, _ = streams.write(path, form, out, lambda wanted: {t: (t + "!", {}, None) for t in wanted}, "zh", "ru")
    assert count == len(texts), f"{len(texts)} texts in, {count} written"


def segmentation(language: str, data: bytes) -> None:
    """Sentences: spans in order that leave out nothing but space."""
    from pipeline.segment import cut

    text = data.decode("utf-8", "ignore")
    at = 0
    for span in cut(text, language):  # type: ignore[arg-type]
        assert at <= span.start <= span.end <= len(text)
        assert not text[at : span.start].strip(), "words between two sentences"
        at = span.end
    assert not text[at:].strip(), "words behind the last sentence"


@cache
def _scratch() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="palladius-fuzz-"))


def targets() -> dict[str, Target]:
    """Name -> what to call with the fuzzer's bytes."""
    made: dict[str, Target] = {name: partial(fmt, name) for name in registry.names("formats")}
    made |= {"docx-body": docx_body, "manifest": manifest, "baseline": baseline}
    made |= {f"glossary-{form}": partial(glossary, form) for form in ("tsv", "csv", "tbx")}
    made |= {f"job-{form}": partial(job_lines, form) for form in ("text", "jsonl")}
    made |= {f"segment-{language}": partial(segmentation, language) for language in ("zh", "ru", "en")}
    return made


def seeds(name: str) -> list[bytes]:
    """Sample files to start from."""
    kind = name.removeprefix("job-")
    if kind in registry.names("formats"):
        suffixes = base.plugin(kind).suffixes
        return [p.read_bytes() for p in sorted((CASES / "formats").iterdir()) if p.name.endswith(suffixes)]
    if name == "docx-body":
        return [content for part, content in _docx() if part == "word/document.xml"]
    if name.startswith("glossary-"):
        from pipeline.glossary import store

        form = name.removeprefix("glossary-")
        files = sorted((ROOT / "glossaries").rglob("*.tsv"))[:3]
        heads = [b"\n".join(p.read_bytes().split(b"\n")[:8]) + b"\n" for p in files]
        return [store.dump(store.parse(head, "seed.tsv", "tsv"), form) for head in heads]
    if name.startswith("segment-"):
        return [(CASES / "segment" / f"{name.removeprefix('segment-')}.txt").read_bytes()[:2000]]
    if name == "manifest":
        return [b'[[set]]\nfile = "a.tsv"\nfrom = "zh"\nto = "ru"\nname = "n"\ndomain = "d"\nreferences = ["r"]\n']
    return [b'{"version": "0", "sets": {"a:zh-ru": {"ids": ["1"], "outputs": ["x"], "statistics": {"bleu": [[1]]}}}}']
