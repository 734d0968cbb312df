"""What all commands share: their options, reading of input, writing of results, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import files as files
from pipeline import registry
from pipeline.cli._progress import Progress as Progress
from pipeline.errors import OutputError, UsageError
from pipeline.model import LANGS, Document, Lang, Severity

if TYPE_CHECKING:
    from pipeline.flow import Flow
    from pipeline.settings import Settings


def _language(value: str | None) -> str | None:
    if value is None or value.lower() in LANGS:
        return value.lower() if value else None
    names = {
        "cn": "zh",
        "zh-cn": "zh",
        "zho": "zh",
        "rus": "ru",
        "ru-ru": "ru",
        "eng": "en",
        "en-us": "en",
        "en-gb": "en",
    }
    if value.lower() in names:
        return names[value.lower()]
    raise UsageError(f"unknown language {value!r}", hint=f"known: {' '.join(LANGS)}")


def _severity(value: str | None) -> str | None:
    if value is None or value in (*[str(s) for s in Severity], "never"):
        return value
    raise UsageError(f"unknown severity {value!r}", hint="known: neutral minor major critical never")


def begins(*words: str) -> Callable[[str], list[str]]:
    """What a shell offers for an option whose values are known."""
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def _plugins(group: str) -> Callable[[str], list[str]]:
    def offered(incomplete: str) -> list[str]:
        return [name for name in registry.names(group) if name.startswith(incomplete)]

    return offered


def _profiles(incomplete: str) -> list[str]:
    from pipeline.settings import folders

    found = {path.stem for folder in folders() for path in folder.glob("*.toml")}
    return sorted(name for name in found if name.startswith(incomplete) and not name.startswith("training"))


Input = Annotated[str, typer.Argument(metavar="FILE", help="Input file; - or nothing for standard input.")]
LANGUAGE: dict[str, Any] = {"callback": _language, "metavar": "LANG", "autocompletion": begins(*LANGS)}
From = Annotated[str | None, typer.Option("--from", help="Source language: zh, ru or en.", **LANGUAGE)]
To = Annotated[str | None, typer.Option("--to", help="Target language: zh, ru or en.", **LANGUAGE)]
Engine = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="NAME",
        autocompletion=_plugins("engines"),
        help="Engine (palladius engines list); the profile's if left out.",
    ),
]
Output = Annotated[
    str, typer.Option("-o", "--output", metavar="FILE", help="Output file; standard output if left out.")
]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile", metavar="NAME|FILE", autocompletion=_profiles, help="Profile of settings (configs/*.toml)."
    ),
]
Assign = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="One setting, for example checks.enabled=false.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary on standard error.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Offline = Annotated[bool, typer.Option("--offline", help="Never touch a network.")]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        autocompletion=_plugins("formats"),
        help="File format, where the name does not tell.",
    ),
]
Glossaries = Annotated[
    list[str] | None,
    typer.Option(
        "-g",
        "--glossary",
        metavar="FILE",
        help="Glossary (TSV, TBX, CSV); repeatable; replaces those of the profile. 'builtin' is the bundled set.",
    ),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        callback=_severity,
        metavar="SEVERITY",
        autocompletion=begins(*(str(s) for s in Severity), "never"),
        help="Exit with 1 at findings this grave or graver: neutral, minor, major, critical or never.",
    ),
]
ReportFile = Annotated[
    str | None, typer.Option("--report", metavar="FILE", help="Also write a report: .html .json .xml .sarif .md")
]
ReportKind = Annotated[
    str | None,
    typer.Option(
        "--report-format",
        metavar="NAME",
        autocompletion=_plugins("reports"),
        help="Kind of --report, where the name does not tell.",
    ),
]


def settings(profile: str | None, assign: list[str] | None, **flags: Any) -> Settings:
    from pipeline import settings as module

    flags = {key: (value or None if isinstance(value, bool | list) else value) for key, value in flags.items()}
    made = module.load(profile, assign, **flags)
    known = (*registry.names("checks"), "terms") if made.checks.disable else ()
    for name in made.checks.disable:
        if name not in known:
            raise UsageError(f"unknown check {name!r}", hint=f"known: {', '.join(sorted(known))}")
    return made


def severity(value: str | None) -> Severity | None:
    return None if value in (None, "never") else Severity(str(value))


def languages(document: Document, source: str | None, target: str | None) -> tuple[Lang, Lang]:
    """The direction: flags, else what the file says, else the script of its text. UsageError where none tells."""
    from_lang = source or document.source_lang or guess(segment.source for segment in document.segments)
    to_lang = target or document.target_lang or guess(segment.target or "" for segment in document.segments)
    if from_lang is None:
        raise UsageError("the source language cannot be told from the text", hint="name it with --from")
    if to_lang is None:
        raise UsageError("the target language is not given", hint="name it with --to")
    if from_lang == to_lang:
        raise UsageError(f"source and target language are both {to_lang}", hint="--from and --to must differ")
    return from_lang, to_lang  # type: ignore[return-value]


def target_alone(document: Document, target: str | None) -> Lang:
    """The language of a translation whose source is not at hand."""
    lang = target or guess(segment.target or "" for segment in document.segments)
    if lang is None:
        raise UsageError("the language cannot be told from the text", hint="name it with --to")
    return lang  # type: ignore[return-value]


def guess(texts: Iterable[str]) -> Lang | None:
    from pipeline.languages.detect import language

    sample: list[str] = []
    size = 0
    for text in texts:
        sample.append(text[:2000])
        size += len(sample[-1])
        if size > 20_000:
            break
    return language("\n".join(sample))


def read(
    path: str,
    format_name: str | None,
    source: str | None,
    target: str | None,
    default: str = "text",
    *,
    paired: bool = False,
    encoding: str | None = "utf-8",
) -> Document:
    """Reads a document (`paired`: to be laid beside its translation). Raises InputError, or UsageError for an unknown
    format.

    encoding: what --encoding says, None where it is left out; commands without that option leave it "utf-8".
    """
    from dataclasses import replace

    from pipeline.cli import _encoding, _folder
    from pipeline.formats import _sniff, base

    if _folder.is_folder(path):
        return _folder.read(path, source, target)  # type: ignore[arg-type]
    _waiting(path)
    name = format_name or base.by_name(path, default)
    shown = "standard input" if path == "-" else path
    data = files.read_bytes(path)
    if encoding not in (None, "utf-8"):
        data = _encoding.recoded(data, shown, name, str(encoding))
    if path == "-" and format_name is None:
        name = _sniff.told(data, default)
    plugin = base.plugin(name)
    read = plugin.read_paired if paired else plugin.read
    with _encoding.told(offered=encoding is None and not plugin.encoded):
        document = read(data, shown, source, target)  # type: ignore[arg-type]
    if said := document.meta.get("warning"):
        warn(f"palladius: {said}")
    return replace(document, format=name, name=shown)


def _waiting(path: str) -> None:
    """Somebody at a terminal is told that it is their turn."""
    if path == "-" and sys.stdin is not None and sys.stdin.isatty():
        sys.stderr.write("palladius: reading standard input; end with Ctrl-D\n")


def given(text: str) -> str:
    """An argument that is a text itself; for - what stands on standard input, without the line end behind it."""
    if text != "-":
        return files.said(text)
    _waiting(text)
    return files.decode(files.read_bytes(text), "standard input").rstrip("\r\n")


def write(path: str, document: Document) -> None:
    """The document in its own format."""
    from pipeline.cli import _folder
    from pipeline.formats import base

    if document.meta.get("folder"):
        _folder.write(path, document)
        return
    files.write_bytes(path, base.plugin(document.format).write(document))


_REPORTS = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
    ".txt": "text",
}


def report_kind(path: str, kind: str | None) -> str:
    """The report that a file name asks for. Raises UsageError where it asks for none, or `kind` is none."""
    if kind is not None:
        registry.module("reports", kind)
    name = kind or _REPORTS.get(Path(path).suffix.lower())
    if name is None:
        hint = f"name one with --report-format, or end it in {' '.join(_REPORTS)}"
        raise UsageError(f"{path}: no report is known for this file name", hint=hint)
    return name


def ready(output: str, report: str | None = None, kind: str | None = None, *, document: str = "-") -> None:
    """Before the work begins: can what comes of it be written? Raises UsageError or OutputError where it cannot.

    `document`: the input whose format goes out again, which is not put on a terminal where it is no text.
    """
    from pipeline.cli import _folder

    if report is not None:
        report_kind(report, kind)
    if _folder.is_folder(document):
        _folder.ready(document, output)
    for path in (output, report):
        if path not in (None, "-"):
            folder = path == output and _folder.is_folder(document)
            if not folder:
                files.named_as_file(str(path))
            _writable(Path(str(path)), folder=folder)
    if output == "-" and sys.stdout is None:
        raise OutputError("standard output is closed", hint="name a file with -o")
    if output == "-" and document != "-" and sys.stdout.isatty() and b"\0" in files.read_bytes(document)[:4096]:
        raise UsageError("the answer is no text for a terminal", hint="name a file with -o")


def _writable(path: Path, *, folder: bool) -> None:
    """Raises OutputError where nothing can be written to `path`, before the work rather than after it."""
    parent = path.absolute().parent
    if not parent.is_dir():
        raise OutputError("cannot be written: no such folder", where=str(path), hint="make it first")
    if path.is_dir() and not folder:
        raise OutputError("cannot be written: is a folder", where=str(path), hint="name a file in it")
    if not os.access(path if path.exists() and not path.is_file() else parent, os.W_OK):
        raise OutputError("cannot be written: no permission", where=str(path), hint="choose another place")


def apart(source: str, *written: str | None, force: bool = True) -> None:
    """Raises UsageError where something would be written over the source itself, under whatever name.

    force: has the command an option that lets it?
    """
    for path in written:
        if files.same(source, path):
            hint = "name another file with -o, or give --force" if force else "name another file"
            raise UsageError(f"{path}: is the source, and would be written over", hint=hint)


def save_report(path: str | None, kind: str | None, report: Any) -> None:
    if path is None:
        return
    from pipeline.reports import base

    files.write_text(path, base.plugin(report_kind(path, kind)).render(report))


def note(text: str, *, quiet: bool) -> None:
    if text and not quiet:
        sys.stderr.write(files.said(text).rstrip("\n") + "\n")


def warn(text: str) -> None:
    """A line that is shown also with --quiet: something is likely wrong."""
    note(text, quiet=False)


def unread(run: Flow) -> None:
    """Tells what is not read in the glossaries of one's own."""
    from pipeline.glossary import store

    if run.settings.glossaries != ["builtin"]:
        for line in store.remarks(run.glossary):
            warn(f"palladius: warning: {line}")


def bilingual(document: Document) -> bool:
    from pipeline.formats import base

    return bool(document.meta.get("bilingual", base.plugin(document.format).bilingual))


def need_bitext(document: Document) -> None:
    if not bilingual(document):
        raise UsageError(f"{document.name}: is no bitext", hint="JSONL, TSV, TMX, XLIFF or PO with source and target")
