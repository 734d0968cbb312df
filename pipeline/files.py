"""Reading and writing files so that nothing is lost: bounded reads, and writes beside, fsynced, renamed."""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import re
import select
import shlex
import sys
import tempfile
from pathlib import Path, PurePath

from pipeline.errors import InputError, OutputError, UsageError

MAX_BYTES = 512 * 1024 * 1024
# Encodings that texts in the three languages come in, as iconv and Python know them. GB18030 holds GBK and GB2312.
ENCODINGS = (
    *("utf-8", "utf-16", "utf-16le", "utf-16be"),
    *("gb18030", "big5", "windows-1251", "koi8-r", "cp866", "windows-1252"),
)
_SAME = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "cp1251": "windows-1251"}
_SAME |= {"cp950": "big5", "cp1252": "windows-1252", "koi8r": "koi8-r", "utf8": "utf-8", "utf16": "utf-16"}


class WrongEncoding(InputError):
    """Not the encoding it should be; `encoding` is the one it looks like and `command` converts it, "" for unknown."""

    encoding = ""
    command = ""


def read_bytes(path: str | Path, *, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes ("-" is standard input). Raises InputError where it cannot be read or is over `limit` bytes."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        if str(path) == "-":
            if sys.stdin is None:
                raise InputError("is closed", where=name, hint="name a file")
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=name) from error
    if len(data) > limit:
        raise InputError(f"is over {limit // 1024 // 1024} MB", where=name, hint="split it, or use palladius batch")
    return data


def same(one: str | Path, other: str | Path | None) -> bool:
    """Do two names stand for one file that is there (a link and what it leads to do)? "-" is no file."""
    if other is None or "-" in (str(one), str(other)):
        return False
    with contextlib.suppress(OSError):
        return Path(one).samefile(other)
    return False


def decode(data: bytes, name: str, line: int = 1) -> str:
    """UTF-8 text, a byte order mark allowed; `line` is the number of its first line.

    Raises WrongEncoding with the line of the first bad byte, the encoding that the text looks like, and the command
    that converts it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(data, name, error.start, line) from error
    if ("\0" in text or "\x04" in text) and (found := _wide(data)):  # UTF-16 of few characters is UTF-8 as well
        raise _named(found, name, line, "is not UTF-8")
    return text


def said(text: str) -> str:
    """An argument or a file name as a person wrote it: under a locale that is not UTF-8 Python holds its bytes as
    halves of surrogate pairs."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # half a pair that stands for no byte
        return text


def known(encoding: str) -> str:
    """The name in ENCODINGS of an encoding, by whatever name; "" where it is none of them."""
    key = encoding.lower().replace("_", "-")
    key = _SAME.get(key, key)
    return key if key in ENCODINGS else ""


def recoded(data: bytes, name: str, encoding: str) -> bytes:
    """The text in UTF-8, from an encoding that somebody named; what is UTF-8 beyond doubt is left as it is.

    Raises UsageError for an unknown encoding, WrongEncoding where the bytes are not of it.
    """
    key = known(encoding)
    if not key:
        raise UsageError(f"unknown encoding {encoding!r}", hint=f"known: {' '.join(ENCODINGS)}")
    with contextlib.suppress(UnicodeDecodeError):
        if key == "utf-8" or sum(ord(char) > 127 for char in data[:100_000].decode("utf-8", "ignore")) >= 8:
            data.decode("utf-8")
            return data
    if key == "utf-8":
        decode(data, name)
    if key == "utf-16" and data[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        key = _wide(data) or "utf-16le"
    try:
        text = data.decode(key)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = guessed(data)
        raise _named(found if found != key else "", name, line, f"is not {key.upper()}") from error
    return text.removeprefix("\ufeff").encode("utf-8")


def guessed(data: bytes) -> str:
    """The encoding, one of ENCODINGS, that makes most sense of the first bytes; "" where none does clearly.

    For each encoding that can read them: the share of characters outside ASCII that are in frequent Chinese characters,
    in Russian words with capitals where they belong, or in usual punctuation. A text of one word is often not told.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    tried = [(_sense(_start(data, name)), name) for name in ENCODINGS[2:]]
    (best, name), (second, _) = sorted(tried, reverse=True)[:2]
    return name if best >= 0.5 and best - second >= 0.1 else ""


_SAMPLE = 4000  # bytes
_FREQUENT = frozenset(
    "的一是不了在有国國中大人会會上为為和年地发發这這个個们們以到经經作展工社业業全部加建合议議政府市长長关關系係革省主席第"
    "月日时時来來对對习習近平书書记記党黨要实實现現高新行动動性改进進家民生产產体體制度将將与與及部门門开開成力方面多本同出能"
    "可三二五四十公学學自事务務理外交通点點问問题題重法文化区區县縣共战戰略强強提升推保障基础礎安安全项項目规規划劃机機构構"
)
_RUSSIAN = re.compile(r"(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)(?![A-Za-zА-яЁё])")
_RANKED = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"  # from the most frequent letter to the rarest
_USUAL = frozenset("«»—–“”„‘’…№§°·•℃€×−\u00a0、。，：；！？（）《》〈〉「」『』【】\u3000％")
_WORD = re.compile(r"[^\W\d_]+")


def _start(data: bytes, encoding: str) -> str:
    """The first bytes as text, "" where they are not of this encoding."""
    if encoding.startswith("utf-16") and len(data) % 2:
        return ""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(data[:_SAMPLE], final=len(data) <= _SAMPLE)
    except UnicodeDecodeError:
        return ""


def _sense(text: str) -> float:
    """0..1, see `guessed`."""
    total = good = 0.0
    for char in text:
        if char < " " and char not in "\t\n\r\f":
            total += 1
        elif char > "\x7f" and not char.isalpha():
            total += 1
            good += char in _USUAL
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        total += len(word)
        if "\u3400" <= word[-1] <= "\u9fff":
            good += sum(1.0 if c in _FREQUENT else 0.6 if _common(c) else 0.0 for c in word)
        elif "\u0400" <= word[-1] <= "\u04ff" and _RUSSIAN.fullmatch(word):
            usual = sum(1 - max(0, _RANKED.find(c)) / 33 for c in word.lower()) / len(word)  # some 0.8, by chance 0.5
            good += len(word) * max(0.0, min(1.0, 2 * usual - (0.7 if word[1:].islower() else 0.8)))
        elif all(c.isascii() or c in "éèêëàâäçîïíñóôöúûüÉß" for c in word) and any(map(str.isascii, word)):
            good += len(word)
    return good / total if total else 0.0


def _common(char: str) -> bool:
    """Of the first level of GB2312 or Big5, the characters that everybody knows?"""
    for encoding, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6)):
        with contextlib.suppress(UnicodeEncodeError):
            if first <= char.encode(encoding)[0] <= last:
                return True
    return False


def _wide(data: bytes) -> str:
    """ "utf-16le" or "utf-16be" where a text that may be UTF-8 is rather that; "" where it is not."""
    found = max(("utf-16le", "utf-16be"), key=lambda name: data[name == "utf-16le" : 400 : 2].count(0))
    if len(data) % 2 == 0 and data[found == "utf-16le" : 400 : 2].count(0) * 2 > len(data[:400]) // 2:
        return found  # English, and marks and spaces of all
    best, name = max((_sense(_start(data, name)), name) for name in ("utf-16le", "utf-16be"))
    return name if best >= 0.5 else ""


def _wrong(data: bytes, name: str, bad: int, line: int) -> WrongEncoding:
    line += data.count(b"\n", 0, bad)
    start = data.rfind(b"\n", 0, bad) + 1
    message = f"is not UTF-8 (byte 0x{data[bad]:02x})"
    before = data[:start].decode("utf-8", "ignore")
    if sum(char > "\x7f" for char in before) >= 4 and data[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        end = data.find(b"\n", bad)
        found = guessed(data[start : end if end >= 0 else len(data)])
        looks = f"looks like {found}" if found else "is in another encoding"
        hint = f"the lines before are UTF-8, this one {looks}: put it right in an editor"
        return WrongEncoding(message, where=f"{name}:{line}", hint=hint)
    return _named(guessed(data), name, line, message)


def _named(found: str, name: str, line: int, message: str) -> WrongEncoding:
    """The error that names the likely encoding and the command to convert the file."""
    path, given = PurePath(name), ""
    if name != "standard input":
        given = f" {shlex.quote(name)} > {shlex.quote(str(path.with_name(f'{path.stem}.utf8{path.suffix}')))}"
    command = f"iconv -f {found.upper()} -t UTF-8{given}" if found else ""
    looks = "UTF-16" if found.startswith("utf-16") else found
    hint = f"it looks like {looks}: convert it to UTF-8 with {command}" if found else "convert it to UTF-8"
    error = WrongEncoding(message, where=f"{name}:{line}", hint=hint)
    error.encoding, error.command = found, command
    return error


def named_as_file(path: str | Path) -> None:
    """Raises OutputError for a name that ends as that of a folder does: `out/` is no name for a file `out`."""
    if str(path).endswith(("/", os.sep)):
        raise OutputError("cannot be written: is a name for a folder", where=str(path), hint="name a file in it")


def write_bytes(path: str | Path, data: bytes) -> None:
    """Writes beside, fsyncs, renames. Raises OutputError; what stood at `path` before is then intact."""
    named_as_file(path)
    if str(path) == "-":
        _put(data)
        return
    target = Path(path)
    if target.exists() and not target.is_file():  # /dev/stdout, a pipe
        if target.is_dir():
            raise OutputError("is a directory", where=str(path))
        try:
            target.write_bytes(data)
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror or error}", where=str(path)) from error
        return
    if target.is_symlink():  # the link stays, what it leads to is written
        target = target.resolve()
    temporary = ""
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)  # noqa: PTH101
        os.replace(temporary, target)  # noqa: PTH105
        temporary = ""
        _sync_folder(target.parent)
    except OSError as error:
        hint = (
            "free some space; the old content is intact"
            if error.errno == errno.ENOSPC
            else "choose another place with -o"
        )
        raise OutputError(f"cannot be written: {error.strerror or error}", where=str(path), hint=hint) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _put(data: bytes) -> None:
    """All of it to standard output, which may take a part at a time (under `python -u`, or a pipe that does not block).
    Raises BrokenPipeError where the reader has gone, OutputError where anything else stops it, as a full disk does."""
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint="name a file with -o")
    stream, left = sys.stdout.buffer, memoryview(data)
    try:
        sys.stdout.flush()
        while left:
            try:
                taken = stream.write(left)
            except BlockingIOError as full:
                taken = full.characters_written
            left = left[taken or 0 :]
            if not taken:
                select.select([], [stream], [])
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        hint = "free some space" if error.errno == errno.ENOSPC else "name a file with -o"
        raise OutputError(
            f"cannot be written: {error.strerror or error}", where="standard output", hint=hint
        ) from error


def write_text(path: str | Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
