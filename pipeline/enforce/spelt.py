"""A Chinese name spelt by its characters where the official form is another: «Huhehaote» for Hohhot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.enforce.candidates import NAMES, Candidate, among_latin, other_gender
from pipeline.enforce.transcribed import capitalised, common, nominal, root_of
from pipeline.enforce.view import View
from pipeline.glossary import forms
from pipeline.languages import palladius, pinyin
from pipeline.languages.chinese import is_han
from pipeline.model import Occurrence


def candidates(occurrence: Occurrence, view: View) -> Iterator[Candidate]:
    """A Chinese name spelt by its characters where the official form is another («Huhehaote», «Qi Qi Ha Er»)."""
    signs = occurrence.form.text
    if occurrence.term.kind not in NAMES or view.lang == "zh" or not is_han(signs) or not 2 <= len(signs) <= 7:
        return
    latin = "".join(pinyin.syllables(signs))
    made = palladius.place(signs) if view.lang == "ru" else latin
    whole = "".join(palladius.syllable(each) for each in pinyin.syllables(signs)).replace("ъ", "")
    part = view.lang == "ru" and any(root_of(made, form.text) for form in occurrence.term.forms["ru"])
    person = occurrence.term.kind == "person" and view.lang == "ru"
    wanted = forms.surfaces(made, "", view.lang, "person" if person else "place", occurrence.term.gender)
    for span in capitalised(view, len(signs)):
        text = span.of(view.text)
        letters = re.sub("[ \\-‐‑'’]", "", text)
        if len(letters) < 5 or not view.free(span) or (view.lang != "en" and common(text, True)):
            continue
        if view.lang != "en" and among_latin(view.text, span):
            continue
        if view.lang == "ru" and other_gender(occurrence.term, text):
            continue
        score, cells = float(letters.lower() == latin), tuple[str, ...]()
        if not letters.isascii():
            score, _, cells = nominal(letters.capitalize(), wanted, 0, view.lang)
            if " " in text and letters.lower().replace("ъ", "") == whole:
                score, cells = 1.0, ()
        if score >= 0.95:
            why = f"«{text}» is another transcription"
            yield Candidate(span, 0.95 * score, why, cells, bool(cells), text, 0, same=True, repair=not part)
