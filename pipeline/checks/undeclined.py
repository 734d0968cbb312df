"""Names of people and places left in the dictionary form where Russian declines them"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from pipeline.checks._renderings import explained
from pipeline.checks._tables import words as listed
from pipeline.checks.base import Check, View
from pipeline.languages.names import is_woman
from pipeline.languages.russian.analyse import analyses
from pipeline.languages.russian.tables import table
from pipeline.model import Finding, Severity

# Words beside which «в Чанчунь» can only mean the place, not the direction.
_STAY = listed("stay-verbs")


class Undeclined(Check):
    name = "undeclined"
    category = "linguistic-conventions/grammar"
    severity = Severity.MAJOR
    targets = ("ru",)
    parses = True

    def tree(self, view: View) -> bool:
        known = _places(view.tools.get("glossary"))
        return any(word.text in known for word in view.words) or bool(_people(view))

    def segment(self, view: View) -> Iterable[Finding]:
        known = _places(view.tools.get("glossary"))
        here = {word.text: known[word.text] for word in view.words if word.text in known}
        people = _people(view)
        if not here and not people:
            return
        from pipeline.languages.russian import agreement

        told: set[int] = set()
        for sentence in view.syntax:
            for error in agreement.undeclined(sentence, people) if people else ():
                if error.start not in told and _person_due(sentence, error):
                    told.add(error.start)
                    yield self.finding((error.start, error.end), error.message, error.suggestion)
            if not here:
                continue
            for error in (
                *agreement.undeclined(sentence, here),
                *_attributes(sentence, here),
                *_inside(sentence, here),
            ):
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
        if error.kind == "in":
            return True
        if any(token.text in '«“„"' for token in tokens[max(0, sentence.at(error.head_start) - 1) : at]):
            return False  # the name of a thing begins between the two: фотовыставка «Прекрасный Китай»
        if len(before) > 1 and tokens[at - 1].text.isupper():
            return False  # через КПП Хуньчунь
        if before in "(-–—" or (after is not None and (after.text in "-–—)" or after.text[:1].isupper())):
            return False
        joined = before == "и" and at > 2 and tokens[at - 3].text.lower() in ("в", "во", "на")  # в Сиань и Лоян
        if joined or before in ("в", "во", "на"):
            governor = tokens[at - 2 if joined else at].head
            return governor >= 0 and tokens[governor].lemma in _STAY
        if after is not None and after.pos in ("VERB", "AUX") and after.feats.get("VerbForm") == "Fin":
            return _has_subject(sentence, at)
        if at and tokens[at - 1].lemma in _GENERIC:
            return False
        if _asked(sentence, at):
            return False
        if _may_be_subject(sentence, at):
            return False
        return before not in ("за", "под", "о", "об", "через", "про")


# Nouns that a name may follow in the nominative: город Чанчунь, сектор Газа, проект «Сила Сибири».
_GENERIC = listed("generic-nouns") | table("words", "generic").keys()


def _has_subject(sentence: Any, at: int) -> bool:
    """Is the noun just before the name the subject of the verb just after it? «Рынок Лоян процветал»"""
    noun = sentence.tokens[at - 1] if at else None
    return noun is not None and noun.pos == "NOUN" and noun.rel.startswith("nsubj") and noun.head == at + 1


def _person_due(sentence: Any, error: Any) -> bool:
    """Is the case of a person's name really due? After a preposition, a noun of action or a title in an oblique case.

    A title that depends on another («заместитель мэра Линь Чжиган») tells nothing of the name.
    """
    tokens = sentence.tokens
    at, last = sentence.at(error.start), sentence.at(error.end - 1)
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if not at or (after is not None and (after.text[:1].isupper() or after.text in "-–—")):
        return False
    before = tokens[at - 1]
    if before.pos == "ADP":
        return before.text.lower() not in ("за", "под", "через", "про")
    if before.pos == "VERB":  # Морозов поблагодарил Хань Сюэсун: the verb has its subject before it
        return any(tokens[child].rel.startswith("nsubj") and child < at - 1 for child in sentence.children(at - 1))
    if before.pos != "NOUN":
        return False
    if after is not None and after.pos == "VERB" and after.feats.get("VerbForm") == "Fin":
        subjects = [child for child in sentence.children(last + 1) if tokens[child].rel.startswith("nsubj")]
        if all(at <= child <= last for child in subjects):
            return False  # среди женщин Ли Чжисюань заняла четвёртое место
    if _opens(sentence, at) and _may_be_subject(sentence, last):
        return False  # на собрании Шэнь Бонянь от имени комитета отчитался
    special = at > 1 and tokens[at - 2].lemma == "специальный"  # отряд специального назначения
    if _headed(sentence, at - 1) or _of_woman(before.text):
        return False
    action = before.lemma.endswith(("ние", "тие")) or before.lemma in _ACTIONS
    if action and not special and before.lemma not in _BODIES:
        return True
    titles = [[a for a in analyses(token.text) if a.pos == "NOUN"] for token in tokens[max(0, at - 8) : at]]
    living = [readings for readings in titles if any(a.animate for a in readings)]
    return bool(living) and living[-1] is titles[-1] and not any(a.case == "nom" for row in living for a in row)


def _headed(sentence: Any, at: int) -> bool:
    """Руководитель тушения Тан Вэньюань: is the noun at `at` the attribute of an office in the nominative?"""
    while at > 0 and any(a.case == "gen" and a.pos in ("NOUN", "ADJF") for a in analyses(sentence.tokens[at].text)):
        at -= 1
        if any(a.animate and a.case == "nom" and a.pos == "NOUN" for a in _listed_readings(sentence.tokens[at].text)):
            return True
    return False


def _listed_readings(word: str) -> Any:
    return analyses(word) if word[:1].isalpha() else ()


def _of_woman(word: str) -> bool:
    """медсестры Чжоу Минь: does the office tell that the name is a woman's, which does not decline?"""
    own = [a for a in _listed_readings(word) if a.pos == "NOUN" and a.animate]
    return bool(own) and all(a.gender == "f" for a in own)


def _opens(sentence: Any, at: int) -> bool:
    """Is all that stands before the name one phrase with a preposition at the beginning of the sentence?"""
    words = [token for token in sentence.tokens[:at] if token.pos != "PUNCT"]
    return bool(words) and words[0].pos == "ADP" and sum(token.pos == "ADP" for token in words) == 1


_BODIES = frozenset(
    (
        "управление",
        "отделение",
        "учреждение",
        "объединение",
        "предприятие",
        "правление",
        "подразделение",
        "поселение",
        "представление",
    )
)
_ACTIONS = frozenset(("визит", "речь", "доклад", "поездка", "приезд", "встреча", "идея", "статья", "письмо", "слово"))


def _inside(sentence: Any, names: Mapping[str, Any]) -> Iterable[Any]:
    """«в Чанша»: after в, на a dictionary form that is neither accusative nor prepositional."""
    from pipeline.languages.russian.disagreement import Disagreement

    for token, name in itertools.pairwise(sentence.tokens):
        cells = names.get(name.text)
        if cells is None or token.text.lower() not in ("в", "во", "на"):
            continue
        if name.text in (cells.cells["acc"], cells.cells["prp"]):
            continue
        right = cells.cells["prp"]
        message = f"“{name.text}” should be in the prepositional or accusative after “{token.text}”"
        yield Disagreement(name.start, name.end, token.start, token.end, "in", message, right, True)


def _people(view: View) -> Mapping[str, Any]:
    """Dictionary form -> paradigm of the men's names of the source (by the system), and of the glossary's people."""
    found: dict[str, Any] = {}
    target = view.target
    if view.source_lang == "zh" and view.source:
        for word, following in itertools.pairwise(view.words):
            form = target[word.start : following.end]
            if not (word.text[0].isupper() and following.text[0].isupper()) or form.count(" ") != 1:
                continue
            cells = _chinese(form)
            if cells is not None and (han := explained(form, view.source)) and not is_woman(han):
                found[form] = cells
    known = _leaders(view.tools.get("glossary"))
    for word, following in itertools.pairwise(view.words):
        form = target[word.start : following.end]
        if form in known:
            found[form] = known[form]
    return {form: cells for form, cells in found.items() if not cells.indeclinable}


@lru_cache(maxsize=4096)
def _chinese(form: str) -> Any:
    """Paradigm of a man's name of two words that may be a Chinese one; None for any other two words."""
    from pipeline.languages.russian import names
    from pipeline.languages.russian.paradigm import paradigm

    if not names.looks_chinese(tuple(form.split(" "))):
        return None
    cells = paradigm(form, "m", "person")
    return None if cells.indeclinable else cells


def _leaders(glossary: Any) -> Mapping[str, Any]:
    if glossary is None:
        from pipeline.glossary import store

        glossary = store.builtin()
    return _people_of(glossary)


@lru_cache(maxsize=4)
def _people_of(glossary: Any) -> Mapping[str, Any]:
    """Dictionary form -> paradigm of the glossary's men of two names."""
    from pipeline.languages.russian.paradigm import paradigm

    found = {}
    for term in glossary:
        if term.kind == "person" and term.gender == "m":
            for form in term.forms.get("ru", ()):
                if form.text.count(" ") == 1 and "." not in form.text:
                    found[form.text] = paradigm(form.text, form.notes, "person")
    return found


def _may_be_subject(sentence: Any, at: int) -> bool:
    """Does a finite verb without a subject of its own follow? «В 2023 году Китай и Россия возобновили…»"""
    tokens = sentence.tokens
    for index in range(at + 1, len(tokens)):
        if tokens[index].pos in ("VERB", "AUX") and tokens[index].feats.get("VerbForm") == "Fin":
            return not any(tokens[child].rel.startswith("nsubj") for child in sentence.children(index))
    return False


def _asked(sentence: Any, at: int) -> bool:
    """Is the name the subject of the finite verb before it: «Будет ли Китай добиваться мира»?"""
    tokens = sentence.tokens
    place = at - 1
    while place >= 0 and tokens[place].text.lower() in ("ли", "бы", "же", "снова", "не"):
        place -= 1
    verb = tokens[place] if 0 <= place < at - 1 else None
    return verb is not None and verb.pos in ("VERB", "AUX") and verb.feats.get("VerbForm") == "Fin"


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
        if any(reading.lemma in _GENERIC for reading in analyses(noun.text)):
            continue  # в порту Находка
        rest = sentence.tokens[at + 1 : at + 6]
        if len(rest) > 2 and rest[0].text == "и" and rest[1].text[:1].isupper() and any(_plural(t) for t in rest[2:]):
            continue  # в условиях нестабильной обстановки Китай и Россия придерживаются
        right = paradigm.cells["gen"]
        if right != token.text:
            message = f"“{token.text}” should be in the genitive: attribute of “{noun.text}”"
            yield Disagreement(token.start, token.end, noun.start, noun.end, "undeclined", message, right, True)


def _plural(token: Any) -> bool:
    return bool(token.pos == "VERB" and token.feats.get("number") == "pl" and token.feats.get("VerbForm") == "Fin")


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
