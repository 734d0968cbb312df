"""Term bases: check, search, convert, inflect."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path as PathName
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import _common as common
from pipeline.cli import _lines
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.errors import DataError
    from pipeline.glossary import Glossary
    from pipeline.glossary.lint import Problem

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE]...",
        help="Glossaries (TSV, CSV, TBX, or a folder; - is standard input); the profile's if left out.",
    ),
]
Kind = Annotated[
    str, typer.Option("--as", metavar="FORMAT", help="tsv, csv, tbx (2019), tbx2 (2008: most CAT tools), omegat.")
]


def chosen(files: list[str] | None, profile: str | None, assign: list[str] | None, offline: bool) -> Glossary:
    """The named glossaries laid over each other, or those of the profile."""
    from pipeline.glossary import load

    return load(files or common.settings(profile, assign, offline=offline).glossaries)


def lint_report(glossary: Glossary, broken: Sequence[Problem] = ()) -> tuple[str, list[dict[str, str]], int]:
    """Text, JSON rows and exit status of `lint`. `broken`: what was found when the tables were read."""
    from dataclasses import asdict

    from pipeline.glossary.lint import lint as run
    from pipeline.reports.base import counted

    problems = run(glossary, broken)
    errors = sum(problem.level == "error" for problem in problems)
    entries = f"{len(glossary)} {'entry' if len(glossary) == 1 else 'entries'}"
    lines = [str(problem) for problem in problems]
    lines.append(f"{entries}, {counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    return "\n".join(lines) + "\n", [asdict(problem) for problem in problems], 1 if errors else 0


def find_rows(glossary: Glossary, text: str, lang: str | None) -> list[dict[str, Any]]:
    """Entries found in `text`, or, where none stands in it, entries that hold it in any language or in their id."""
    from pipeline.glossary.fold import key
    from pipeline.glossary.match import Matcher
    from pipeline.languages.detect import language
    from pipeline.model import LANGS

    code = lang or language(text) or "zh"
    rows = [
        {**entry_row(found.term), "start": found.span.start, "end": found.span.end, "cell": found.cell}
        for found in Matcher(glossary, code).find(text)  # type: ignore[arg-type]
    ]
    if rows:
        return rows
    return [
        entry_row(term)
        for term in glossary.terms
        if text.lower() in term.id
        or any(
            key(text, each) and key(text, each) in key(form.text, each)
            for each in LANGS
            for form in term.forms.get(each, ())
        )
    ]


def entry_row(term: Any) -> dict[str, Any]:
    """An entry as a plain dictionary."""
    from pipeline.glossary.entry import format_cell
    from pipeline.model import LANGS

    made: dict[str, Any] = {"id": term.id, "kind": term.kind}
    made.update({lang: format_cell(term.forms.get(lang, ())) for lang in LANGS})
    made.update({f"{lang}_forbidden": format_cell(cell) for lang, cell in term.forbidden.items()})
    made.update({"note": term.note, "source": term.source, "origin": term.origin})
    return made


def inflect_rows(text: str, notes: str, kind: str, gender: str) -> list[dict[str, Any]]:
    """The paradigm of each variant of a Russian cell."""
    from pipeline.glossary import forms
    from pipeline.glossary.entry import GENDERS, KIND_NAMES, parse_cell

    _declinable(kind, gender)
    try:
        cell = parse_cell(f"{text} {{{notes}}}" if notes else text)
    except ValueError as error:
        raise UsageError(str(error), hint="a note is written {m} behind its form") from error
    rows = []
    for form in cell:
        made = forms.russian(form, KIND_NAMES[kind], GENDERS[gender])
        rows.append(
            {
                "text": form.text,
                "gender": made.gender,
                "number": made.number,
                "animate": made.animate,
                "cells": dict(made.cells),
                "variants": [list(pair) for pair in made.variants],
                "guessed": list(made.guessed),
            }
        )
    return rows


def entry_of(glossary: Glossary, text: str) -> tuple[str, str, str]:
    """Russian cell, kind and gender to decline: of the entry with this id, of the entry with this form, else as the
    words look (a Chinese name is a person's). Raises UsageError where `text` is no Russian and no id."""
    from pipeline.glossary.entry import format_cell
    from pipeline.languages.detect import scripts
    from pipeline.languages.transcription import chinese_to_english

    if not scripts(text).get("cyrillic"):
        term = glossary.get(text.strip())
        if term is None:
            raise UsageError(f"{text!r} is no Russian and no id of an entry", hint="palladius glossary find TEXT")
        if not term.forms.get("ru"):
            raise UsageError(f"the entry {term.id} has no Russian form", hint="add one to its glossary")
        return format_cell(term.forms["ru"]), term.kind, term.gender
    for term in sorted(glossary.terms, key=lambda term: term.kind not in ("person", "place")):
        for form in term.forms.get("ru", ()):
            if form.text == text.strip():
                return format_cell((form,)), term.kind, term.gender
    person = " " in text.strip() and "|" not in text and "{" not in text and chinese_to_english(text.strip())
    return text, "person" if person else "term", ""


def _table(row: dict[str, Any]) -> str:
    lines = [f"{row['text']}  ({' '.join(part for part in (row['gender'], row['number']) if part)})"]
    lines += [f"  {cell:<7} {form}" for cell, form in row["cells"].items()]
    lines += [f"  {cell:<7} {form} (also)" for cell, form in row["variants"]]
    lines += [f"  guessed: {doubt}" for doubt in row["guessed"]]
    return "\n".join(lines) + "\n"


def _write(output: str, text: str) -> None:
    from pipeline.files import write_text

    write_text(output, text)


def _rows(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@app.command()
def lint(
    files: Files = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Duplicates, contradictions, scripts, spacing, sources, paradigms. Exit status 1 where there are errors."""
    from pipeline.glossary import load
    from pipeline.glossary.lint import flaw

    broken: list[Problem] = []

    def noted(rule: str, key: str, error: DataError) -> None:
        broken.append(flaw(rule, key, error))

    glossary = load(files or common.settings(profile, assign, offline=offline).glossaries, noted)
    text, rows, status = lint_report(glossary, broken)
    if as_json:
        _write(output, _rows(rows))
    elif not (quiet and status == 0):
        _write(output, text)
    raise typer.Exit(status)


@app.command()
def find(
    text: Annotated[
        str,
        typer.Argument(help="Text to look terms up in, or part of an entry; - or nothing for standard input."),
    ] = "-",
    lang: common.From = None,
    glossary: common.Glossaries = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Entries that stand in TEXT, or that hold it. Exit status 1 where there is none."""
    text = common.given(text)
    if not text.strip():
        raise UsageError("no text is given", hint="palladius glossary find 国务院")
    rows = find_rows(chosen(glossary, profile, assign, offline), text, lang)
    if as_json:
        _write(output, _rows(rows))
    elif rows:
        _write(
            output, "".join(f"{row['id']}\t{row['zh']}\t{row['ru']}\t{row['en']}\t{row['origin']}\n" for row in rows)
        )
    if not rows:
        shown = text if len(text) <= 60 else f"{text[:60]}…"
        common.note(f"palladius: no entry stands in {shown!r} or holds it", quiet=quiet)
    raise typer.Exit(0 if rows else 1)


@app.command("import")
def import_(
    files: Files = None,
    output: common.Output = "-",
    kind: Kind = "tsv",
    profile: common.Profile = None,
    assign: common.Assign = None,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Term bases of other tools (TBX 2 and 3, CSV) as a glossary table; several become one, later ones win."""
    _known(kind, "tsv", "csv", "tbx", "tbx2")
    _convert(files, output, kind, profile, assign, offline)


@app.command()
def export(
    files: Files = None,
    output: common.Output = "-",
    kind: Kind = "tbx",
    source: common.From = None,
    target: common.To = None,
    profile: common.Profile = None,
    assign: common.Assign = None,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """A glossary for other tools: TBX of either version, CSV, TSV, or OmegaT's table for --from and --to."""
    _known(kind, "tsv", "csv", "tbx", "tbx2", "omegat")
    if kind != "omegat":
        _convert(files, output, kind, profile, assign, offline)
        return
    if source is None or target is None or source == target:
        raise UsageError("an OmegaT glossary has one direction", hint="name it with --from and --to")
    from pipeline.glossary import omegat

    terms = chosen(files, profile, assign, offline)
    _write(output, omegat.write(terms, source, target))  # type: ignore[arg-type]


def _known(kind: str, *formats: str) -> None:
    if kind not in formats:
        raise UsageError(f"unknown glossary format {kind!r}", hint="one of " + ", ".join(formats))


def _convert(
    files: list[str] | None, output: str, kind: str, profile: str | None, assign: list[str] | None, offline: bool
) -> None:
    from pipeline.files import write_bytes
    from pipeline.glossary.store import dump

    suffix = PathName(output).suffix.lower()
    if output != "-" and suffix in (".tsv", ".csv", ".tbx") and not kind.startswith(suffix[1:]):
        hint = f"--as {suffix[1:]}, or end the name in .{kind.rstrip('2')}"
        raise UsageError(f"{output}: is a name for {suffix[1:]}, and {kind} would be written", hint=hint)
    common.ready(output)
    write_bytes(output, dump(chosen(files, profile, assign, offline), kind))


@app.command()
def inflect(
    text: Annotated[
        str,
        typer.Argument(
            help="Russian cell, variants split by |, notes in braces; or the id of an entry; "
            "- or nothing for one a line on standard input."
        ),
    ] = "-",
    kind: Annotated[
        str, typer.Option("--kind", help="person, place, body, title, slogan or term; told from the entry if left out.")
    ] = "",
    gender: Annotated[str, typer.Option("--gender", help="m or f, for people.")] = "",
    notes: Annotated[str, typer.Option("--notes", help="What a glossary cell has in braces.")] = "",
    glossary: common.Glossaries = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """All case forms of a Russian name, title or slogan, and what in them is guessed.

    On standard input a line that is none is told and does not stop the others; exit status 3 then.
    """
    _declinable(kind, gender)
    words = common.given(text)
    cells = list(_lines.of(words)) if text == "-" else [("", line) for line in words.splitlines() if line.strip()]
    if not cells:
        raise UsageError("no name is given", hint="palladius glossary inflect Чанчунь")
    known = chosen(glossary, profile, assign, offline) if not kind and not notes else None

    def answered(cell: str) -> list[dict[str, Any]]:
        form, what, whose = (cell, kind, gender) if known is None else entry_of(known, cell)
        return inflect_rows(form, notes, what or "term", gender or whose)

    rows, bad = _lines.each(cells, answered)
    _write(output, _rows(rows) if as_json else "".join(_table(row) for row in rows))
    raise typer.Exit(3 if bad else 0)


def _declinable(kind: str, gender: str) -> None:
    """Raises UsageError for options that no line of the input can put right."""
    from pipeline.glossary.entry import GENDERS, KIND_NAMES

    if kind not in KIND_NAMES:
        raise UsageError(f"unknown kind {kind!r}", hint="one of " + ", ".join(name for name in KIND_NAMES if name))
    if gender not in GENDERS:
        raise UsageError(f"unknown gender {gender!r}", hint="m or f")
