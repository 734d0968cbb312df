"""An official name in the other languages, with all Russian cases."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli import _common as common
from pipeline.cli import _lines
from pipeline.errors import UsageError
from pipeline.languages.detect import Script
from pipeline.model import LANGS, Lang, Term

if TYPE_CHECKING:
    from pipeline.languages.names_official import Official

app = typer.Typer(add_completion=False)
CASES = ("nom", "gen", "dat", "acc", "ins", "prp")
_TITLES = {"nom": "nominative", "gen": "genitive", "dat": "dative", "acc": "accusative", "ins": "instrumental"}
_TITLES["prp"] = "prepositional"
_LANGUAGES = {"zh": "Chinese", "ru": "Russian", "en": "English"}
_SCRIPTS: dict[Lang, Script] = {"zh": "han", "ru": "cyrillic", "en": "latin"}
_INSIDE = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_GENDERS = {"m": "masculine", "f": "feminine", "n": "neuter", "": "-"}


def _gender(value: str | None) -> str | None:
    if value in (None, "m", "f"):
        return value
    raise UsageError(f"unknown gender {value!r}", hint="m or f")


@app.command()
def name(
    text: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="A name; - or nothing for one a line on input.")
    ] = None,
    source: common.From = None,
    target: Annotated[
        str | None, typer.Option("--to", help="Show this language only: zh, ru or en.", **common.LANGUAGE)
    ] = None,
    gender: Annotated[
        str | None, typer.Option("--gender", callback=_gender, metavar="m|f", help="Gender, where it is not told.")
    ] = None,
    glossary: common.Glossaries = None,
    output: common.Output = "-",
    profile: common.Profile = None,
    assign: common.Assign = None,
    as_json: common.AsJson = False,
    offline: common.Offline = False,
    quiet: common.Quiet = False,
) -> None:
    """Gives a name of a person or place in Chinese, Russian and English: by the glossaries first, then by the system
    (Palladius, pinyin, the transcription tables).

    On standard input a line that is no name is told and does not stop the others; exit status 3 then."""
    settings = common.settings(profile, assign, glossaries=glossary, offline=offline)
    lang: Any = source
    terms = _terms(settings)
    answers, bad = _lines.each(
        _inputs(text), lambda one: list(look_up(_written_in([one], lang), lang, gender or "", terms))
    )
    if not answers and not bad:
        raise UsageError("no name is given", hint="palladius name 王君正")
    if as_json:
        rendered = "".join(json.dumps(_shown(answer, target), ensure_ascii=False) + "\n" for answer in answers)
    else:
        rendered = "\n".join(table(answer, target) for answer in answers)
    common.files.write_text(output, rendered)
    raise typer.Exit(3 if bad else 0)


def _inputs(text: list[str] | None) -> Iterator[tuple[str, str]]:
    """One name from the arguments (its words belong together; Chinese names are words of their own), or one a line;
    each with where it stands, "" for an argument."""
    from pipeline.languages import chinese

    if text and text != ["-"]:
        text = [common.files.said(word) for word in text]
        if all(chinese.has_han(word) for word in text):
            yield from (("", word) for word in text)
        elif " ".join(text).strip():
            yield "", " ".join(text).strip()
        return
    yield from _lines.of(common.files.decode(common.files.read_bytes("-"), "standard input"))


def _written_in(names: Iterable[str], lang: Lang | None) -> Iterator[str]:
    """The names as they are. Raises UsageError for one that has no letter of the language that was said."""
    from pipeline.languages.detect import scripts

    for text in names:
        if lang is not None and (found := scripts(text)) and not found.get(_SCRIPTS[lang]):
            raise UsageError(f"{text!r} is not written in {_LANGUAGES[lang]}", hint="leave --from out")
        yield text


def _terms(settings: Any) -> tuple[Term, ...]:
    from pipeline.glossary import store

    paths = getattr(settings, "glossaries", None)
    return tuple(store.load(paths)) if paths else ()


def look_up(
    names: Iterable[str], lang: Lang | None = None, gender: str = "", terms: Iterable[Term] = ()
) -> Iterator[dict[str, Any]]:
    """For each name what `--json` prints: input, lang, kind, zh, ru, en, cases, gender, system, notes.

    Raises UsageError where the language cannot be told from the script.
    """
    from pipeline.languages.detect import language
    from pipeline.languages.names_official import official

    known = tuple(terms)
    for given in names:
        text = _INSIDE.sub("", " ".join(given.split()))  # 长春 市 is one name
        told = lang or language(text)
        if told is None:
            raise UsageError(f"the language of {text!r} cannot be told", hint="name it with --from")
        found: Official = official(text, told, gender, known)
        if told == "ru" and not found.system.startswith("glossary") and (base := _dictionary_form(text, known)):
            found = official(base, told, gender, known)
            found = replace(found, notes=(f"«{text}» is a form of «{base}»", *found.notes))
        yield {"input": given, "lang": told, **_alone(found, text, told, gender).answer()}


def _alone(found: Official, text: str, lang: Lang, gender: str) -> Official:
    """One word that spells a Chinese surname: read as one where it is common, with the other reading as a note."""
    from pipeline.languages import names, palladius, pinyin
    from pipeline.languages.names_official import official

    chars = names.family(text, lang)
    if not chars or found.system.startswith(("glossary", "tradition")):
        return found
    russian, english = palladius.surname(chars[0]), pinyin.surname(chars[0])
    which = ", ".join(chars[:4])
    if not names.is_common(chars[0]):
        return replace(found, notes=(*found.notes, f"as a Chinese surname ({which}): {russian}, {english}"))
    notes = [f"a Chinese surname: {which}", "the characters cannot be told from the spelling"]
    if lang == "ru":
        notes.append(f"where it is no Chinese name: {found.en} (BGN/PCGN), {found.zh} (俄汉译音表)")
    if text != russian:
        found = official(russian, "ru", gender)  # declined as a person's name
    notes += [note for note in found.notes if note.startswith("taken for a man")]
    return replace(found, zh="", ru=russian, en=english, system="Palladius, pinyin", notes=tuple(notes))


def _dictionary_form(text: str, terms: tuple[Term, ...]) -> str:
    """The entry of a person or place of which the Russian text is another case; "" where there is none."""
    from pipeline.glossary.match import Matcher

    named = [term for term in terms if term.kind in ("person", "place")]
    for hit in Matcher(named, "ru").find(text):
        if (hit.span.start, hit.span.end) == (0, len(text)):
            return hit.form.text
    return ""


def _shown(answer: dict[str, Any], target: str | None) -> dict[str, Any]:
    """The answer; with `target`, with the name in that language alone (the cases are Russian)."""
    left_out = {
        *(lang for lang in LANGS if target not in (None, lang)),
        *(("cases",) if target in ("zh", "en") else ()),
    }
    return {key: value for key, value in answer.items() if key not in left_out}


def table(answer: dict[str, Any], target: str | None = None) -> str:
    """The answer for people; with `target`, of that language alone (the cases are Russian)."""
    lines = [(_LANGUAGES[lang], answer[lang] or "-") for lang in LANGS if target in (None, lang)]
    if target in (None, "ru"):
        lines.append(("gender", _GENDERS.get(answer["gender"], answer["gender"])))
        lines += [(_TITLES[case], answer["cases"][case]) for case in CASES if case in answer["cases"]]
    lines.append(("by", answer["system"] or "-"))
    lines += [("note", note) for note in answer["notes"]]
    width = max(len(left) for left, _ in lines)
    return f"{answer['input']}\n" + "".join(f"  {left:<{width}}  {right}\n" for left, right in lines)
