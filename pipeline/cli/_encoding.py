"""--encoding: texts that are not UTF-8, read as what they are said to be; what comes out is UTF-8."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipeline import files
from pipeline.cli import _common as common
from pipeline.errors import UsageError


def _known(value: str | None) -> str | None:
    if value is not None and not files.known(value):
        raise UsageError(f"unknown encoding {value!r}", hint=f"known: {' '.join(files.ENCODINGS)}")
    return value


Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        callback=_known,
        autocompletion=common.begins(*files.ENCODINGS),
        help="Encoding of a text that is not UTF-8: gb18030, big5, windows-1251, koi8-r, utf-16 ...; output is UTF-8.",
    ),
]


def single(path: str, encoding: str | None) -> None:
    """Raises UsageError where --encoding is given for a folder."""
    if encoding is not None and path != "-" and Path(path).is_dir():
        raise UsageError(f"{path}: is a folder", hint="--encoding is for single files")


def recoded(data: bytes, shown: str, format_name: str, encoding: str) -> bytes:
    """In UTF-8. Raises UsageError for formats that say their encoding themselves, InputError for another encoding."""
    from pipeline.formats import base

    if base.plugin(format_name).encoded:
        raise UsageError(f"{shown}: {format_name} says its own encoding", hint="leave out --encoding")
    return files.recoded(data, shown, encoding)


@contextmanager
def told(*, offered: bool) -> Iterator[None]:
    """An error over the encoding names the option too, where it is `offered`."""
    try:
        yield
    except files.WrongEncoding as error:
        if offered and error.encoding:
            error.hint = error.hint.replace(": convert", f": give --encoding {error.encoding}, or convert")
        raise
