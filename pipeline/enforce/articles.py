"""Articles before what is put into an English text: kept, changed, put in or left out."""

from __future__ import annotations

import re

from pipeline.enforce.sound import likeness as sounds
from pipeline.glossary import english_forms
from pipeline.languages.english import FUNCTION_WORDS, is_plural
from pipeline.languages.english import article as article_before
from pipeline.languages.palladius_table import listed
from pipeline.model import Term

_SAME_NAME = 0.6  # in sound, of two spellings of one name
_DETERMINER = (
    r"(?:the|an?|its|their|his|her|our|my|your|this|that|these|those|such|each|every|any|no|some|one|another|either"
    r"|which|whose|what|all|both|[\w-]+['’]s|[\w-]+s['’])"
)
_DETERMINED = re.compile(rf"(?<![\w-])(?:{_DETERMINER})\s+$", re.IGNORECASE)
_MODIFIED = re.compile(rf"(?<![\w-])(?:{_DETERMINER})\s+((?:[\w-]+\s+){{1,2}})$", re.IGNORECASE)
NUMERAL = re.compile(
    r"(?<![\w.-])(?<!\bNo\. )(?<!№ )(?<!\bnumber )"
    r"(?:\d{2,}|[2-9]|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|several|many|few|these|those"
    r"|both|various|numerous)\s+$",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"\w{2,}(?:al|ic|ive|ous|ble|ary|ern|ful|ese|ean|ian)\s+$", re.IGNORECASE)  # an adjective


def attributive(text: str, end: int) -> bool:
    """Does a noun follow, so that the article belongs to that («a State Council decision»)?"""
    follower = re.match(r"[ \u00a0-]([^\W\d_]+)", text[end:])
    if not follower or text[end : end + 1] in "'’":
        return False
    word = follower.group(1).lower()
    if follower.group(1)[0].isupper() and text[end] == " ":
        return True  # «the Guiyang Evening News»
    thing = word in _THINGS or not re.search(r"(?:ed|ing|ly)$", word)
    return word not in FUNCTION_WORDS and thing and word not in _VERBS


_THINGS = frozenset(("building", "meeting", "briefing", "hearing", "training", "ring", "wing", "opening", "crossing"))
"""Nouns that look like participles."""


_WITH_THE = frozenset(
    listed("""region republic federation kingdom states emirates islands sea peninsula territory strait straits delta
    isles alps basin zone area okrug union corridor river ocean gulf plateau mountains canal desert""")
)
"""Names that end in one of these have the article."""
_SITES = frozenset(
    listed("""ruins railway caves grottoes site canal dam tunnel bridge highway expressway museum wall tombs mausoleum
    palace temple monastery port pass gorges forest airport plant station park garden gardens channel reservoir
    waterway ground grounds lowland plain range ridge steppe isthmus lagoon rapids falls waterfall reserve wetland route
    wetlands marsh marshes swamp swamps floodplain cosmodrome prefecture district theatre theater library""")
)
"""Names that end in one of these keep the article that is there."""
_WITHOUT = frozenset(listed("bay lake island mountain peak hill town city county village"))
"""Names that end in one of these have none."""
_VERBS = frozenset(
    listed("""said says met meets held holds made makes took takes gave gives approves adopts issues issued announces
    stresses notes wants became becomes continues needs remains plays led leads spoke speaks came comes went goes
    began begins set sets put puts kept keeps cut cuts left lost won rose fell grew drew built sent spent paid bought
    sold told ran let chose sought taught thought found brought""")
)


_OF = re.compile(r"(?:Republic|Kingdom|State|Commonwealth|Union|Principality|Emirate|Isle|Gulf|Bay|Strait|Port) of ")
_RIVER = re.compile(r"\b(?:River|Canal|Strait|Sea|Gulf)$")


_WHERE = re.compile(r"\b(?:in|to|at|into|near) $", re.IGNORECASE)


def replaced(
    article: str, named: str, term: Term, before: str, after: str, plural: bool, attributive: bool, left: str
) -> str:
    """What becomes of the article that stands before the phrase, behind `left`; "" where it goes."""
    low = article.lower()
    made = low
    if low == "the" and not named and " of " in before and " of " not in after and not plural:
        head = english_forms.head_word(after)
        made = low if english_forms.counted(head) or term.kind not in ("term", "slogan") else ""
    if term.kind in ("person", "place") and not named:
        last = after.rpartition(" ")[2].lower()
        river = _RIVER.search(before) is not None and " " in after and last not in _WITHOUT
        stays = low == "the" and (last in _SITES or river or (_alike(before, after) and not _WHERE.search(left)))
        stays = stays or (low == "the" and (_OF.match(after) is not None or _institutional(after)))
        made = low if attributive or last in _WITH_THE or stays else ""
    elif not named and not attributive and (_CALLED.match(after) or (term.kind == "body" and _COINED.fullmatch(after))):
        made = ""
    elif (low in ("a", "an") and term.kind == "body" and not plural and not attributive and _institutional(after)) or (
        named == "the" and not (attributive and low != "the")
    ):
        made = "the"
    if made in ("a", "an"):
        head = english_forms.head_word(after)
        made = "" if plural or is_plural(head) or english_forms.never_counted(head) else article_before(after)
    if article.isupper() and len(article) > 1:
        return made.upper()
    return made.capitalize() if article[0].isupper() else made


def _alike(before: str, after: str) -> bool:
    """Is it a name in other letters, with nothing said of its kind, so that the article tells that («of the [Pejma]»,
    a river; but «in the Kharbin»)?"""
    one, other = before.rpartition(" ")[2], after.rpartition(" ")[2]
    if one == other and " " in after:
        return False  # «the [Inkstone Mountain County]»: its kind
    return one[:1].isupper() and other[:1].isupper() and sounds(one.lower(), other.lower()) >= _SAME_NAME


def _several(follower: str) -> bool:
    """Is the following noun plural, or the beginning of a title («United Nations entities», «… Special Envoy»)?"""
    word = re.match(r"[ \u00a0-]([^\W\d_]+)", follower)
    return word is not None and (word.group(1)[0].isupper() or is_plural(word.group(1)))


def wanted(
    named: str, term: Term, before: str, after: str, plural: bool, left: str, attributive: bool, follower: str
) -> str:
    """The article to be put before a phrase that has none; "" for none."""
    if _DETERMINED.search(left) or term.kind == "person" or (_CALLED.match(after) and not attributive):
        return ""
    if term.kind == "place" and named != "the" and not _institution(after, follower):
        spelt_out = before.isupper() and len(before) > 2 and after.rpartition(" ")[2].lower() in _WITH_THE
        return "the" if spelt_out and not attributive else ""
    modified = _MODIFIED.search(left)
    if modified and not any(word.lower() in FUNCTION_WORDS for word in modified.group(1).split()):
        return ""
    if named == "the":
        return "" if attributive and _several(follower) else "the"
    if named and not plural:
        return article_before(after)
    if term.kind in ("body", "place") and not plural and not attributive and _institution(after, follower):
        return "the"
    if term.kind not in ("term", "slogan") or plural or attributive or NUMERAL.search(left) or _QUALIFIED.search(left):
        return ""
    head, was = english_forms.head_word(after), english_forms.head_word(before)
    if not left.strip() or is_plural(head) or not english_forms.counted(head) or not was:
        return ""
    return "the" if is_plural(was) else ""


_CALLED = re.compile(r"(?:Operation|Project|Exercise|Typhoon|Hurricane|Cyclone|Flight|Channel) [A-Z]")
"""Names whose first word says what bears them, which have no article: «launched Operation Blue Shield»."""
_COINED = re.compile(
    r"(?:Ros|Rus|Gaz|Sber|Tat|Bash|Surgut|Trans|Inter|Avto|Aero|Vnesh|Sov|Soyuz)[a-z]{4,}"
    r"|[A-Z][a-z]{2,}(?:nadzor|prom|bank|neft|stat|atom|[ck]osmos|gidro|hydro|tele[ck]om|energo|stroy|flot|les|seti)"
)
"""Russian bodies and companies of one word made of several, which have no article (Rospotrebnadzor, Gazprom)."""
_INSTITUTIONS = frozenset(
    listed("""office commission committee court ministry council bureau administration agency department union politburo
    organization organisation association federation assembly conference secretariat authority league inspectorate
    procuratorate directorate presidium chamber duma service fund inspection headquarters senate foundation corporation
    forum party society alliance tribunal board exchange museum theatre theater orchestra observatory embassy consulate
    laboratory""")
)
"""Names of several words whose head is one of these have the article in a sentence."""
_WHOSE = frozenset(("Bank", "Center", "Centre", "Academy", "Institute", "Union"))
"""Likewise where it is said of or for whom or what they are."""
_RUNS_ON = re.compile(r"(?s)(?:,|['’]s?)?\s+[a-z][^\n]*[.!?][\"”’)]*\s*(?:$|\n|[A-Z])|[.,!?;]")


def _institution(form: str, follower: str) -> bool:
    """Is it the name of a body that has the article, in a sentence, no heading?"""
    return _institutional(form) and _RUNS_ON.match(follower) is not None


def _institutional(form: str) -> bool:
    head = english_forms.head_word(form)
    whose = re.search(rf"\b{head} (?:of|for) ", form) is not None
    known = head.lower() in _INSTITUTIONS or (head in _WHOSE and whose)  # Construction Bank has none
    return " " in form and known and head[:1].isupper()
