"""Names of places left in the dictionary form where Russian declines them"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pipeline.checks._tables import words as listed
from pipeline.checks.base import Check, View
from pipeline.model import Finding, Severity

# Words beside which «в Чанчунь» can only mean the place, not the direction.
_STAY = listed("stay-verbs")


class Undeclined(Check):
    name = "undeclined"
    category = "linguistic-conventions/grammar"
    severity = Severity.MAJOR
    targets = ("ru",)

    def segment(self, view: View) -> Iterable[Finding]:
        known = _places(view.tools.get("glossary"))
        here = {word.text: known[word.text] for word in view.words if word.text in known}
        if not here:
            return
        from pipeline.languages.russian import agreement

        told: set[int] = set()
        for sentence in view.syntax:
            for error in (*agreement.undeclined(sentence, here), *_attributes(sentence, here)):
                if not self._due(sentence, error):
                    continue
                if error.start not in told:
                    told.add(error.start)
                    yield self.finding((error.start, error.end), error.message, error.suggestion)

    @staticmethod
    def _due(sentence: Any, error: Any) -> bool:
        """Is the case really due? Not in a name of more words, before its own verb, or where a direction is meant."""
        at = sentence.at(error.start)
        tokens = sentence.tokens
        before = tokens[at - 1].text.lower() if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if before in "(-–—" or (after is not None and (after.text in "-–—)" or after.text[:1].isupper())):
            return False
        if after is not None and after.pos in ("VERB", "AUX") and after.feats.get("VerbForm") == "Fin":
            return False
        if before in ("в", "во", "на"):
            governor = tokens[at].head
            return governor >= 0 and tokens[governor].lemma in _STAY
        if at and tokens[at - 1].lemma in _GENERIC:
            return False
        if _may_be_subject(sentence, at):
            return False
        return before not in ("за", "под", "о", "об", "через", "про")


# Nouns that a name may follow in the nominative: город Чанчунь, сектор Газа, проект «Сила Сибири».
_GENERIC = listed("generic-nouns")


def _may_be_subject(sentence: Any, at: int) -> bool:
    """Does a finite verb without a subject of its own follow? «В 2023 году Китай и Россия возобновили…»"""
    tokens = sentence.tokens
    for index in range(at + 1, len(tokens)):
        if tokens[index].pos in ("VERB", "AUX") and tokens[index].feats.get("VerbForm") == "Fin":
            return not any(tokens[child].rel.startswith("nsubj") for child in sentence.children(index))
    return False


def _attributes(sentence: Any, names: Mapping[str, Any]) -> Iterable[Any]:
    """A name that hangs on the noun just before it, which is no generic one: «промышленности Чанчунь»."""
    from pipeline.languages.russian.disagreement import Disagreement

    for at, token in enumerate(sentence.tokens):
        paradigm = names.get(token.text)
        if (
            paradigm is None
            or at == 0
            or token.head != at - 1
            or token.rel not in ("nmod", "appos", "flat:name", "obl")
        ):
            continue
        noun = sentence.tokens[at - 1]
        if noun.pos != "NOUN" or noun.lemma in _GENERIC or noun.feats.get("animate") == "yes":
            continue
        right = paradigm.cells["gen"]
        if right != token.text:
            message = f"“{token.text}” should be in the genitive: attribute of “{noun.text}”"
            yield Disagreement(token.start, token.end, noun.start, noun.end, "undeclined", message, right, True)


def _places(glossary: Any) -> Mapping[str, Any]:
    """Dictionary form -> paradigm of the one-word places that decline."""
    if glossary is None:
        from pipeline.glossary import store

        glossary = store.builtin()
    return _declined(glossary)


@lru_cache(maxsize=4)
def _declined(glossary: Any) -> Mapping[str, Any]:
    from pipeline.languages.russian.paradigm import paradigm

    found = {}
    for term in glossary:
        if term.kind != "place":
            continue
        for form in term.forms.get("ru", ()):
            if " " in form.text or not form.text[:1].isupper():
                continue
            cells = paradigm(form.text, form.notes, "place")
            if not cells.indeclinable:
                found[form.text] = cells
    return found


PLUGIN = Undeclined()
