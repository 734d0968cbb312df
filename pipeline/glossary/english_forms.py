"""English surface forms of a term: without its article, plural, and which capitals fit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.glossary.fold import key
from pipeline.languages.english import is_plural, singular
from pipeline.languages.english import plural as plural_word
from pipeline.languages.english import plurals as plural_words
from pipeline.languages.english_tables import THIRD_PERSON as PLURAL_VERBS
from pipeline.languages.palladius_table import listed
from pipeline.model import Span

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\s(?:of|for|in|on|to|with|from|at|under|between|by|towards?|through|above|over|below|without)\s"
    r"|(?<!al)(?<!ic)(?<!ive)(?<!ous)(?<!ed)\sand\s"  # «industrial and commercial households» has its head at the end
)


PLURAL_ONLY = frozenset(
    listed("""surroundings conditions circumstances means relations affairs politics economics statistics logistics
    series species headquarters news customs goods assets resources proceeds earnings savings premises outskirts
    arms alms thanks facilities services works rights people police cattle""")
)
"""Nouns whose plural does not tell that several things are meant."""
_OFFICE = re.compile(
    r"\b(secretary|consul|attorney|director|governor|inspector|auditor|procurator|prosecutor|solicitor|editor"
    r"|commander|president|ambassador)[ -](?:general|in-chief|elect|designate|at-large"
    r"|extraordinary(?: and plenipotentiary)?)$",
    re.IGNORECASE,
)
"""Offices whose adjective follows: secretaries-general."""
_MASS = ("tion", "ment", "ness", "ity", "ance", "ence", "ism", "ship", "ing", "ics", "acy", "icy", "age", "cy", "ture")
_COUNTED = frozenset(
    listed("""business agribusiness witness eyewitness harness wilderness illness environment document agreement
    government department instrument statement institution organization
    organisation commission corporation station region mission delegation coalition federation union university
    community city
    facility authority conference alliance audience sentence reference meeting building hearing village package image
    page stage carriage passage message garage cottage
    partnership agency policy entity activity capacity commodity municipality nationality resolution
    convention constitution position election exhibition generation function section invention innovation tradition
    regiment monument apartment experiment element moment segment settlement mechanism organism spring string ring king
    structure venture creature picture lecture feature crossing ceiling opening offering wedding smallholding holding
    dwelling ruling carving drawing mooring sitting gathering briefing fitting casing bearing coupling railing clearing
    seedling sapling dumpling duckling yearling sibling wing herring earring rating
    ship warship flagship battleship steamship spaceship lightship scholarship internship championship township
    shipment consignment appointment amendment supplement garment implement ornament tenement fragment monument
    detachment encampment establishment allotment basement pavement embankment casement pediment filament ligament
    ambulance residence licence sequence pretence appliance instance allowance remittance
    bandage cottage garage voyage passage carriage sausage cabbage beverage message orphanage hermitage parsonage
    mixture fixture fracture suture sculpture aperture vulture signature prefecture
    charity deity cavity utility amenity specialty speciality personality variety minority majority
    vacancy pregnancy constituency tenancy emergency frequency conspiracy
    plantation installation application declaration reservation excavation congregation deputation foundation
    association formation collection section junction auction petition expedition exposition competition composition
    publication certification regulation operation recommendation obligation violation nomination nation location
    destination ration portion fraction faction intersection projection inscription prescription subscription""")
)


_ACTIONS = frozenset(
    listed("""improve promote expand build create advance strengthen deepen uphold develop ensure safeguard implement
    accelerate foster pursue achieve realize maintain protect enhance optimize consolidate boost stabilize modernize
    open adhere follow practice forge keep hold win lead make take give carry put stay remain grasp crack oppose
    resolve tackle prevent eliminate""")
)
"""Verbs that slogans begin with."""
PAST = {
    "build": "built", "uphold": "upheld", "keep": "kept", "hold": "held", "win": "won", "lead": "led", "make": "made",
    "take": "took", "give": "gave", "put": "put",
}  # fmt: skip


def conjugated(text: str) -> dict[str, str]:
    """Forms of a slogan that begins with a verb («improve the business environment»): ing, past, 3sg; else empty."""
    verb, _, rest = text.partition(" ")
    if verb not in _ACTIONS or not rest:
        return {}
    stem = verb[:-1] if verb.endswith("e") else verb
    gerund = {"put": "putt", "win": "winn"}.get(verb, stem) + "ing"
    soft = re.search("[^aeiou]y$", verb) is not None
    past = PAST.get(verb, verb[:-1] + "ied" if soft else stem + "ed")
    third = verb[:-1] + "ies" if soft else verb + ("es" if verb.endswith(("s", "sh", "ch")) else "s")
    return {"ing": f"{gerund} {rest}", "past": f"{past} {rest}", "3sg": f"{third} {rest}"}


VERB = "verb"
"""Cell of a source word that is a verb form of a one-word term («recorded» for record)."""


def verb_forms(text: str) -> tuple[str, ...]:
    """What a single English word may be as a verb: -s, -ed, -ing; empty for names, phrases and short words."""
    word = bare(text)
    if not re.fullmatch("[a-z]{3,}", word) or word.endswith(_MASS):
        return ()
    stems = [word[:-1]] if word.endswith("e") else [word]
    if re.search("[^aeiou][aeiou][bdgklmnprt]$", word):
        stems.append(word + word[-1])
    made = [stem + ending for stem in stems for ending in ("ed", "ing")]
    if re.search("[^aeiou]y$", word):
        made = [word[:-1] + "ied", word + "ing", word[:-1] + "ies"]
    past = PAST.get(word) or _IRREGULAR.get(word, "")
    return (*made, *past.split("|")) if past else tuple(made)


_IRREGULAR = {
    "become": "became", "begin": "began|begun", "bind": "bound", "break": "broke|broken", "bring": "brought",
    "buy": "bought", "choose": "chose|chosen", "draw": "drew|drawn", "drive": "drove|driven", "fall": "fell|fallen",
    "feed": "fed", "find": "found", "get": "got", "grow": "grew|grown", "know": "knew|known", "leave": "left",
    "lose": "lost", "mean": "meant", "meet": "met", "pay": "paid", "run": "ran", "sell": "sold", "send": "sent",
    "show": "shown", "speak": "spoke|spoken", "spend": "spent", "stand": "stood", "teach": "taught",
    "think": "thought", "understand": "understood", "write": "wrote|written",
}  # fmt: skip


_UNCOUNTED = frozenset(
    listed("""puppetry poetry pottery embroidery calligraphy carpentry forestry machinery greenery scenery weaponry
    archery chemistry poultry livestock fodder hay timber lumber plywood cement gravel concrete steel iron copper gold
    silver coal petrol gasoline diesel kerosene milk rice wheat rye barley maize flour sugar salt honey butter meat beef
    pork mutton seafood caviar silk cotton wool porcelain jade amber electricity music folklore choreography photography
    cinematography geography freight traffic baggage legislation wealth health labor labour hockey football basketball
    litigation equipment haemodialysis hemodialysis dialysis software research accounting hygiene
    volleyball tennis badminton chess wushu judo sambo""")
)
"""Nouns that have no plural, beside those in one of `_MASS`."""


def never_counted(word: str) -> bool:
    """Is it a noun of which there is no one («a litigation»)?"""
    return word.lower() in _UNCOUNTED


def counted(word: str) -> bool:
    """May the noun be counted, as far as its ending tells?"""
    low = word.lower()
    return low in _COUNTED or not (low.endswith(_MASS) or low in _UNCOUNTED)


_MODIFIERS = re.compile(
    r"[^\W\d_]+ and [^\W\d_]+ (?=[^\W\d_])(?!(?:of|for|in|to|at|on|with|from|by|under|and|or|between|against)\b)"
)


def _cut(text: str) -> re.Match[str] | None:
    """Where what follows the head begins; «and» between two words before a noun is none («search and rescue dog»)."""
    joined = _MODIFIERS.match(text)
    return _PREPOSITION.search(text, joined.end() - 1 if joined else 0)


def head_word(text: str) -> str:
    """The head noun of a phrase: the last word before the first preposition or the clause that hangs on it."""
    text = text[: clause.start()] if (clause := _CLAUSE.search(text)) else text
    if " and " in text and (office := _OFFICE.search(text)):
        return office.group(1)
    cut = _cut(text)
    if cut and cut[0].strip() == "and" and " " not in text[: cut.start()].strip():
        rest = head_word(text[cut.end() :])  # «cash and settlement services»
        if is_plural(rest) and not text.endswith(f"{cut[0]}{rest}"):
            return rest
    words = re.findall(r"[^\W\d_]+", text[: cut.start()] if cut else text)
    return words[-1] if words else ""


_THINGS = frozenset(("goods", "arms", "valuables"))  # several of something, unlike «surroundings»
_MANY_DO = re.compile(r"\s+(?:are|were|have|do)\b")


def things(text: str, span: Span) -> tuple[str, ...]:
    """("pl",) where the phrase at `span` means several things: «goods do not»; else ()."""
    head = head_word(span.of(text)).lower()
    return ("pl",) if head in _THINGS and _MANY_DO.match(text, span.end) is not None else ()


def bare(text: str) -> str:
    """The form without a leading article."""
    return _ARTICLE.sub("", text)


_VESSELS = re.compile(
    r"(?i)\b(?:landing|patrol|assault|amphibious|naval|fishing|pleasure|rescue|military|motor|sailing|small|river|"
    r"support|attack|coastal|inshore|re-?entry|air[- ]cushion|surface|floating) craft$"
)
"""Ships and the like, of which there are one craft and two craft."""


_CLAUSE = re.compile(r" (that|which|who) ([a-z]+s)\b")
"""A clause behind the noun, with its verb: «enterprise that produces»."""


def plural(text: str) -> str:
    """Plural of a phrase: its head noun stands before the first preposition, else last. Empty where there is none."""
    if clause := _CLAUSE.search(text):
        several = plural(text[: clause.start()])
        verb = PLURAL_VERBS.get(clause.group(2)) or singular(clause.group(2))  # like nouns: reaches, carries
        return f"{several} {clause.group(1)} {verb}{text[clause.end() :]}" if several else ""
    if re.fullmatch(r"[Ss]tates? party", text):
        return re.sub("tates? party", "tates parties", text)
    cut = None if _OFFICE.search(text) else _cut(text)
    head, tail = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    if _VESSELS.search(head):
        return text
    words = head.split(" ")
    last = words[-1]
    office = _OFFICE.search(head)
    if office is not None:
        return head[: office.start(1)] + plural_word(office.group(1)) + head[office.end(1) :] + tail
    if (
        not last.isascii()
        or not re.fullmatch("[A-Za-z]+(?:-[A-Za-z]{4,})?", last)
        or (len(last) > 1 and last.isupper())
    ):
        return ""  # a hyphened word is counted by its last part: whistle-blowers
    if last.lower() not in _COUNTED and (last.lower().endswith(("ics", "ness", "ism")) or is_plural(last)):
        return ""
    words[-1] = plural_word(last)
    return " ".join(words) + tail


def plurals(text: str) -> tuple[str, ...]:
    """All plurals of a phrase, the usual one first: of Latin words both «consortia» and «consortiums»."""
    first, head = plural(text), head_word(text)
    if not first or len(several := plural_words(head)) < 2:
        return (first,) if first else ()
    return tuple(first.replace(several[0], each, 1) for each in several)


def surface(text: str, kind: str) -> Iterator[tuple[str, str]]:
    """Folded keys of a form with their cell: "" for the dictionary form, "pl" for the plural."""
    base = key(bare(text), "en")
    if not base:
        return
    yield base, ""
    if kind not in ("person", "place", "slogan"):
        for many in dict.fromkeys(key(each, "en") for each in plurals(bare(text))):
            if many and many != base:
                yield many, "pl"
    if kind in ("slogan", "term"):
        for cell, form in conjugated(bare(text)).items():
            yield key(form, "en"), cell


def case_fits(form: str, found: str, kind: str = "") -> bool:
    """May `found` stand for `form`? A form in small letters fits any capitals; a capital of the form asks for one in
    the text: all of them in one word and in abbreviations, the first in a longer form. A title has small letters where
    it stands apart from a name («He Lifeng, vice premier»)."""
    form = bare(form)
    capitals = [index for index, char in enumerate(form) if char.isupper()]
    if not capitals or found.isupper():
        return not capitals or len(form) == 1 or len(found) > 1 or found == form
    if kind == "title" and not form.isupper():
        return True
    if len(found) != len(form):
        return any(char.isupper() for char in found)
    if " " in form and len(capitals) > 1:
        return found[capitals[0]].isupper()
    return all(found[index].isupper() for index in capitals)
