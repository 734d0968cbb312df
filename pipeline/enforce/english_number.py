"""In which number an English form stands where other words stood: «three [general aviation] airports», «greens was»."""

from __future__ import annotations

import re

from pipeline.enforce import articles, english_verbs
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.english_rows import KINDS
from pipeline.enforce.result import Repair
from pipeline.enforce.view import View
from pipeline.glossary import english_forms, forms
from pipeline.glossary.forms import Found
from pipeline.languages.english import is_plural
from pipeline.languages.palladius_table import listed
from pipeline.languages.russian.analyse import analyses
from pipeline.model import Edit, Form, Span, Term

_NEXT = re.compile(r"[ \u00a0-]([^\W\d_]+)")
_SINGULAR = frozenset(("is", "was", "has", "does"))
_WHOLE = frozenset(
    listed("""infantry cavalry artillery aviation weaponry nobility clergy gentry peasantry personnel staff fauna flora
    foliage wildlife gendarmerie""")
)
"""Nouns for all that there is of a kind, of which a plural would name several kinds («foot soldiers»: infantry)."""

_WARE = re.compile("[a-z]{3,}ware")
"""Goods of one make or matter: stoneware, glassware, hardware."""
_CONDITIONS = frozenset(
    listed("""insufficiency incontinence infertility obesity immunity malnutrition anaemia anemia hypertension
    hypotension mortality morbidity toxicity insolvency literacy illiteracy""")
)
"""States of which there is no one («placental insufficiency»)."""

_DISEASE = re.compile(
    "[a-z]+(?:itis|aemia|(?<!acad)emia|algia|plegia|dystrophy|neuropathy|retinopathy|porosis|sclerosis|culosis|fibrosis"
    "|thrombosis|necrosis|cirrhosis|arthrosis)"
)
"""An illness named in Greek, which is not counted: arthritis, anaemia, osteoporosis («loose bones»)."""

_KINDS = re.compile(rf"\b{KINDS}$")
"""What several of a thing stand behind, also where another word for it has no plural («fifteen species of [flora]»)."""
_COUNTED = re.compile(
    articles.NUMERAL.pattern.removesuffix("$")
    + r"(?:(?!(?:of|in|on|at|for|with|to|by|and|or|from|the|an?|per|than|as)\b)[a-z-]+\s+){1,2}$",
    re.IGNORECASE,
)
"""A number with one or two words between («5,000 grape [insert sticks]»)."""
_ACT = re.compile(r"[a-z]+ing (?:(?:the|an?) |[a-z ]+ to [a-z])")


MASS = ("mass",)
"""The cells of a candidate whose plural is of a word that is no part of the term, which has none itself."""


def is_state(bare: str) -> bool:
    """Does the form name a state or a mass, before which no indefinite article stands?"""
    head = english_forms.head_word(bare).lower()
    return head in _CONDITIONS or any(pattern.fullmatch(head) for pattern in (_WARE, _DISEASE))


def is_act(words: str) -> bool:
    """Is it a gerund with its object and aim, whatever the number of these («sealing hills to grow woods»)?"""
    return _ACT.match(words) is not None


def many(bare: str) -> str:
    """The form in the plural."""
    return bare if english_forms.head_word(bare).lower() in english_verbs.SAME else english_forms.plural(bare)


def plural(term: Term, bare: str, candidate: Candidate, text: str, span: Span) -> bool:
    """Is the form to stand in the plural where the span stands?"""
    common = term.kind == "place" and bare.islower()  # seven martyrs' cemeteries
    if (term.kind in ("person", "place", "slogan") and not common) or not english_forms.plural(bare):
        return False
    if _plural_abroad(term) and not is_plural(bare):
        return False  # gorodki, for городки
    if term.kind == "body" and not (bare[:1].islower() and candidate.cells == ("pl",)):  # two rural councils
        return False
    head = english_forms.head_word(bare)
    if (
        head.lower() in _WHOLE
        or _DISEASE.fullmatch(head.lower())
        or _WARE.fullmatch(head.lower())
        or english_forms.never_counted(head)
        or _before_things(text, span)
    ):
        return False
    if is_act(span.of(text)):
        return False
    if articles.NUMERAL.search(text[: span.start]):
        return True
    if candidate.cells == ("pl",) and _COUNTED.search(text[: span.start]):
        return not _one(text, span)
    was = english_forms.head_word(span.of(text)).lower()
    if _KINDS.search(text[: span.start]) and (was in _WHOLE or not english_forms.counted(was)):
        return english_forms.counted(head)
    return candidate.cells == ("pl",) and english_forms.counted(head) and not _one(text, span)


_COUNT = re.compile(
    r"(?<![\w.,-])(?:[2-9]|[1-9]\d|\d{3}|\d{1,3}(?:,\d{3})+"
    r"|(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|several|hundred|thousand|million))\s+$"
)
"""A number of things: no year, no ordinal, no «both»."""
_LABELLED = re.compile(r"\b(?:[A-Z][a-z]+|No\.|number|group|room|building|line|route|item|article) \d+\s+$")


def counted(term: Term, found: Found, view: View) -> Repair | None:
    """The repair of a right term that stands in the singular behind a number: «twenty advanced [worker] were»."""
    text, span = view.text, found.span
    if found.inserted or "pl" in found.surface.cells or articles.attributive(text, span.end):
        return None
    bare = english_forms.bare(found.form.text)
    candidate = Candidate(span, 1.0, f"«{span.of(text)}» is counted", ("pl",))
    ahead = text[: span.start]
    if not _COUNT.search(ahead) or _LABELLED.search(ahead) or not plural(term, bare, candidate, text, span):
        return None
    said = span.of(text)
    named = said[:1].isupper() and " " not in said
    if named or said.endswith("-level") or _UNITS.fullmatch(said) or _SHARED.match(text, span.end):
        return None  # «29 January», «16 bar», «several [railway] and energy agreements»
    if _acts(term):
        return None
    after = many(said)
    if after == said or is_plural(english_forms.head_word(said)):
        return None
    own = Edit(span.start, span.end, said, after, term.id, f"{candidate.why}: plural")
    edits = [own, *english_verbs.agreed(term, text, span, said, after)]
    return Repair(tuple(edits), said, after, "pl", f"{candidate.why}: plural")


_UNITS = re.compile("bar|mbar|hertz|siemens|lux|kelvin|baht|yuan|won|yen|rand|tenge|som", re.IGNORECASE)
_SHARED = re.compile(r" (?:(?:and|or) )?(?:[a-z-]+ ){0,2}[a-z]+ing [a-z]+s\b| (?:and|or) (?:[a-z-]+ ){0,2}[a-z]+s\b")
"""What else stands before a noun in the plural, which the number counts: «three [deputy] acting directors»."""


def _acts(term: Term) -> bool:
    """Is the Russian form one word that is no noun («жить»: «23.5 million [live] there»)?"""
    form = next((form.text for form in term.forms.get("ru", ())), "")
    return bool(form) and " " not in form and analyses(form)[0].pos not in ("NOUN", "ADJF", "PRTF", "")


def _plural_abroad(term: Term) -> bool:
    """Is the Russian form one word in the plural, of which the English one may be a spelling?"""
    form = next((form.text for form in term.forms.get("ru", ())), "")
    return bool(form) and " " not in form and forms.russian(Form(form), term.kind, term.gender).number == "pl"


def _before_things(text: str, span: Span) -> bool:
    """Does the span, no plural itself, stand before a noun that is one («three [universal flying] airports»)? A count
    before it counts these."""
    after = _THINGS.match(text, span.end)
    return (
        after is not None
        and articles.attributive(text, span.end)
        and any(is_plural(word) for word in after[0].split())
        and not is_plural(english_forms.head_word(span.of(text)))
    )


_THINGS = re.compile(r"(?:[ \u00a0-](?!(?:of|in|on|at|for|with|to|by|and|or|from|is|are|was|were)\b)[^\W\d_]+){1,2}")


def _one(text: str, span: Span) -> bool:
    """Does a verb in the singular tell that the words, plural by their ending, name one thing («fried greens was»)?"""
    verb = _NEXT.match(text, span.end)
    return verb is not None and verb.group(1).lower() in _SINGULAR and english_verbs.opens(text, span.start)
