"""Repairs in Chinese and English."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.enforce import articles, brackets, english_number, english_verbs, given
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.chinese_names import PLACES
from pipeline.enforce.result import Ground, Repair
from pipeline.enforce.sound import likeness as sounds
from pipeline.enforce.synonyms import bundled
from pipeline.enforce.view import View
from pipeline.glossary import english_forms
from pipeline.languages.chinese import frequency, has_han, is_han
from pipeline.languages.english import FUNCTION_WORDS, title
from pipeline.languages.palladius_table import listed
from pipeline.model import Edit, Form, Span, Term

_WIDE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”]")
_LEFT_ARTICLE = re.compile(r"(?<![\w-])(the|an?)(\s+)$", re.IGNORECASE)
_KEEP_CAPITAL = frozenset(
    listed("Chinese Russian American European Eurasian Communist Party Republic Federation China Russia Asia Europe")
)
_PARTICLE = re.compile(r"-(in|out|off|on|up|down|over|away|back|through)s?\b")
"""The rest of a noun made from a verb with its adverb («throw[-in]»)."""
_OPENING, _CLOSING = '"“‘«', '"”’»'
_QUOTES_BEFORE = re.compile(r"[\"“‘«„]+$")


def chinese(term: Term, form: Form, candidate: Candidate, view: View) -> Repair | None:
    """The official form, without the spaces that surrounded a foreign word; quotation marks as Chinese has them."""
    start, end = candidate.span.start, candidate.span.end
    text = view.text
    if not has_han(text[start:end]):
        if start > 1 and text[start - 1] == " " and _WIDE.match(text[start - 2]):
            start -= 1
        if end + 1 < len(text) and text[end] == " " and _WIDE.match(text[end + 1]):
            end += 1
    after = form.text
    around = text[start - 1 : start] + text[end : end + 1] if start else ""
    if around in ("“”", "《》") and (
        (after[:1] == around[0] and after[-1:] == around[1]) or (around == "“”" and "“" in after)
    ):
        start, end = start - 1, end + 1
    elif around in ("«»", "„“"):
        start, end = start - 1, end + 1
        after = after if "“" in after or "《" in after else f"“{after}”"
    elif text[:start].count("“") > text[:start].count("”"):
        after = after.replace("“", "‘").replace("”", "’")
    start, end = _doubled(text, start, end, after)
    if term.kind == "place":
        end = _with_kind(text, start, end, after)
    pointed = text[max(0, start - 2) : start - 1] in tuple("该本此各某这那")  # 该郡|中尉 for 郡督
    if text[start - 1 : start] == after[:1] != text[start : start + 1] and is_han(after[:1]) and not pointed:
        cut = frequency(text[max(0, start - 2) : start]) if start > 1 else 0  # 提高|准备制度 for 高度戒备状态
        start -= 0 if cut else 1  # 外[贝加尔地区] for 外贝加尔边疆区
    start, after = given.before(text, start, after)
    before = text[start:end]
    if before == after:
        return None
    edit = Edit(start, end, before, after, term.id, candidate.why)
    return Repair((edit,), before, after, "", candidate.why, candidate.ground)


def _doubled(text: str, start: int, end: int, after: str) -> tuple[int, int]:
    """The span with what beside it the form says itself («伙伴[协作]关系» for 协作伙伴关系 leaves no second 关系)."""
    for size in range(min(len(after), 6), 1, -1):
        if text[end : end + size] == after[-size:]:
            return start, end + size
    if text[end : end + 2] == 2 * after[-1]:  # 顾问|会会敦促
        end += 1
    word = next((size for size in (4, 3, 2) if _opens_with(text[:start], size, after, text[start:end])), 0)
    return start - word, end


_DETERMINED = re.compile(r"\b(?:the|an?|this|that|its|their|our|his|her)\s$", re.IGNORECASE)


def _with_kind(text: str, start: int, end: int, after: str) -> int:
    """The end of a place with the word for its kind right behind, where the form ends in one of the same sort
    («图格勒[江]» for 图古尔河 leaves no second word)."""
    same = next((kinds for kinds in PLACES if after.endswith(kinds)), ())
    if same and text[end - 1 : end] not in same and text[end - 2 : end - 1] in same and end - start > len(same[-1]) + 1:
        return end - 1  # 奥农河[水]位 for 鄂嫩河
    if not same or text[:end].endswith(same):
        return end
    return end + next((len(kind) for kind in same if text.startswith(kind, end)), 0)


def _opens_with(left: str, size: int, after: str, before: str) -> bool:
    """Does the text end in a word that the form has and the phrase replaced has not («[体育]运动总局»)?"""
    word = left[-size:]
    if len(word) < size or not is_han(word) or word not in after or word in before or after.startswith(word):
        return False
    return frequency(word) > 0 and (len(left) == size or not is_han(left[-size - 1]))


def english(term: Term, form: Form, candidate: Candidate, view: View) -> Repair | None:
    """The official form in the number of what stood there, with the capitals of the place and the article that the
    place and the form ask for."""
    text = view.text
    candidate = replace(candidate, span=right_bound(text, candidate.span))
    start, end = candidate.span.start, candidate.span.end
    if text[max(0, start - 1) : start] in tuple("'’") and text.startswith("s ", start):
        start += 2  # «university'[s geological]»
    inner = re.match(r"(the|an?)\s+", text[start:end], re.IGNORECASE)
    if inner:
        start += inner.end()
    if (rest := _PARTICLE.match(text, end)) and rest.group(1) not in form.text.lower().split():
        end = rest.end()
    before = text[start:end]
    bare = english_forms.bare(form.text)
    again = re.match(r"([”\"’»]?)[ -](\w+)\b", text[end:])
    last = bare.rpartition(" ")[2]
    if again and _same_word(again.group(2), last, term.kind) and not before.endswith(again.group(2)):
        if again.group(1) and start and text[start - 1] in '“"‘«':  # “One Belt, One Road” initiative
            start -= 1
        if not again.group(1) or text[start] in '“"‘«':
            end += again.end()
        before = text[start:end]
    named = form.text[: len(form.text) - len(bare)].strip().lower()
    if bare[:1] in _OPENING and bare[-1:] in _CLOSING and start and text[start - 1] in _OPENING:
        bare = bare[1:-1] if text[end : end + 1] in tuple(_CLOSING) else bare  # the quotation marks stand there
    quote = text[start - 1 : start] in tuple(_OPENING) and text[end : end + 1] in tuple(_CLOSING)
    if quote and form.text[:1].isupper() and term.kind in ("slogan", "term"):
        bare, named = form.text, ""  # the campaign “A Tree for Everyone”
    mass = candidate.cells == english_number.MASS
    candidate = replace(candidate, cells=english_forms.things(text, Span(start, end)) or candidate.cells)
    plural = english_number.plural(term, bare, candidate, text, Span(start, end))
    after = english_number.many(bare) if plural else bare
    if after.endswith(" people") and re.search(r"\bpersons$", before, re.IGNORECASE):
        after = f"{after.removesuffix('people')}persons"
    verbal = bool(english_forms.conjugated(bare))
    if verbal and (inner or _DETERMINED.search(text[:start])):
        return None  # «cast firm the [awareness of …]» for forge a strong sense of …
    if verbal:
        after = _inflected(after, before)
    elif _GERUND_DUE.search(text[:start]) and _GERUND.match(before) and not re.match(r"[\w-]+ing\b", after):
        return None  # «since [becoming sister cities]»: the form is a noun or an infinitive
    guessed = candidate.ground is not Ground.WRONG and term.kind == "title" and not bundled(term.origin)
    if not guessed or not _titled(before) or not bare.islower() or view.text.istitle():
        official = candidate.ground not in (Ground.WRONG, Ground.ALIKE) and not bundled(term.origin)
        official = official or (term.kind == "slogan" and quote and not bundled(term.origin))
        after = _capitals(term, after, before, view.text, official=official)
        after = title(after) if _before_name(term, after, before, text[:start], text[end:]) else after
    opening = start == 0 or view.sentence_start(start)
    edits: list[Edit] = []
    outer = _QUOTES_BEFORE.sub("", text[:start])
    quoted = len(outer) < start
    left = _LEFT_ARTICLE.search(outer)
    if left and term.kind == "slogan" and outer[: left.start(1)].endswith(tuple(_OPENING)) and not named:
        start, left = left.start(1), None  # «"[The Culture] Unites"»
        outer, before = text[:start], text[start:end]
    if left:
        noun, ahead = articles.attributive(text, end), outer[: left.start()]
        made = articles.replaced(left.group(1), named, term, before, after, plural, noun, ahead)
        if made == "the" and not (quoted or named) and term.kind in ("term", "slogan") and ", " in after:
            made = ""  # «work related to agriculture, rural areas and farmers»
        made = "" if made.lower() in ("a", "an") and not noun and english_number.is_state(bare) else made
        if made != left.group(1):
            if made:
                reason = f"article before «{after}»"
                edits.append(Edit(left.start(1), left.end(1), left.group(1), made, term.id, reason))
            elif quoted:
                edits.append(Edit(left.start(), left.end(), left.group(), "", term.id, f"no article before «{after}»"))
            else:
                start = left.start()
                if left.group(1)[0].isupper():
                    after = after[:1].upper() + after[1:]
    else:
        noun = articles.attributive(text, end)
        none = verbal or mass or english_number.is_act(before) or (not named and english_number.is_state(bare))
        wanted = "" if none else articles.wanted(named, term, before, after, plural, outer, noun, text[end:])
        if wanted:
            if opening and (before[:1].isupper() or after[:1].isupper()):
                wanted = wanted.capitalize()
                if before.isupper() and len(before) > 4:
                    wanted = wanted.upper()
                elif bare[:1].islower() and not _titled(before):
                    after = after[:1].lower() + after[1:]
            elif before.isupper() and after.isupper() and text.isupper():
                wanted = wanted.upper()
            after = f"{wanted} {after}"
    sentence = quote and term.kind == "slogan" and before[1:2].islower() and " " in before and not _titled(before)
    if (opening or sentence) and after[:1].islower() and before[:1].isupper() and not left:
        after = after[:1].upper() + after[1:]
    if text[start - 1 : start] == "«" and text[end : end + 1] == "»" and start:
        start, end = start - 1, end + 1
        after = f"“{after}”"
    if re.match(r"['’](?!\w)", text[end:]) and text[end - 1 : end] == "s" and after[-1:] != "s":
        after, end = f"{after}{text[end]}s", end + 1  # «the Ministry of Finances' plans»
    before = text[start:end]
    if before == after and not edits:
        return None
    edits.insert(0, Edit(start, end, before, after, term.id, candidate.why))
    edits += english_verbs.agreed(term, text, Span(start, end), before, after)
    edits += brackets.edits(term, end, view) if " " in after else []
    return Repair(tuple(edits), before, after, "pl" if plural else "", candidate.why, candidate.ground)


_GERUND = re.compile("(?!(?:leading|acting|managing|outstanding|standing|visiting|presiding|working) )[A-Za-z]+ing ")
"""A gerund with its object; not what is an adjective, as a rule («the title of [leading employee]»)."""
_GERUND_DUE = re.compile(r"(?i)\b(?:since|by|after|before|without|while|when|through|of|for)\s+$")


_PLACES_EN = tuple(
    frozenset(kinds.split())
    for kinds in ("River Creek Stream Brook", "Lake Pond Loch", "Mountain Mountains Peak Hill", "Island Isle Islet",
                  "Bay Gulf Inlet", "District County Raion", "Region Oblast Province")
)  # fmt: skip
"""English words for kinds of places, those that stand for one another together."""


def _same_word(found: str, last: str, kind: str) -> bool:
    """Is the word behind the phrase the form's own last one, in a place's name also in another spelling («kray») or
    another word for the same kind («Calling Horse [Creek]» for Huma River)?"""
    if found.lower() == last.lower():
        return True
    return kind == "place" and (
        (len(last) > 3 and sounds(found, last) >= 0.9) or any({found, last} <= kinds for kinds in _PLACES_EN)
    )


def _inflected(after: str, before: str) -> str:
    """A slogan that begins with a verb, in the form of the verb it replaces («optimizing» asks for «improving»)."""
    was = before.split(" ")[0].lower()
    made = english_forms.conjugated(after)
    if not made:
        return after
    if was.endswith("ing"):
        return made["ing"]
    if was.endswith("ed") or was in english_forms.PAST.values():
        return made["past"]
    return made["3sg"] if re.search("[^s]s$", was) else after


def _titled(phrase: str) -> bool:
    """Does every word of meaning of a phrase of several begin with a capital?"""
    words = [word for word in re.findall(r"[^\W\d_]+", phrase) if word.lower() not in FUNCTION_WORDS and word != "s"]
    return len(words) > 1 and all(word[0].isupper() for word in words) and not phrase.isupper()


_HONOUR = re.compile(r"(?:Hono(?:u)?red|Meritorious|Merited|Distinguished|People['’]s|Hero)(?: of)? [A-Z][a-z]+(?: |$)")
"""Titles of honour, which keep their capitals in a sentence («Honored Artist of Russia»)."""


def _capitals(term: Term, after: str, before: str, text: str, *, official: bool) -> str:
    """The form with the capitals of what it replaces: a heading's, a title's; names keep their own, and so does a title
    of one's own glossary (`official`) that replaces nothing like it."""
    if before.isupper() and len(before) > 3 and (" " in before or text.isupper()):
        return after.upper()
    if term.kind in ("person", "place"):
        return after
    if term.kind == "term" and not bundled(term.origin) and after.islower() and not _heading(before, text):
        return after
    if _titled(before) and not (term.kind == "slogan" and official):
        return after if _titled(after.replace("-", "")) else title(after)
    if term.kind == "title" and before.islower() and not (official or _HONOUR.match(after)):
        words = after.split(" ")
        return " ".join(
            word if word in _KEEP_CAPITAL or any(char.isupper() for char in word[1:]) else word.lower()
            for word in words
        )
    return after


def _heading(words: str, text: str) -> bool:
    """Do most words of the text besides these have capitals?"""
    others = re.findall(r"[^\W\d_]{4,}", text.replace(words, " ", 1))
    return not others or 2 * sum(word[0].isupper() for word in others) > len(others)


_PERSON = re.compile(r" [A-Z][a-z'’-]+(?: (?:[A-Z]\. )?[A-Z][a-z'’-]+)+")


def _before_name(term: Term, after: str, before: str, left: str, right: str) -> bool:
    """Is it a rank or office directly before a person's name («[Lance Corporal] Pavel Nikonov»), in capitals so far?

    `left`, `right`: the text before it and behind. Not behind an article, where it stands in apposition.
    """
    if (
        term.kind != "title"
        or not before[:1].isupper()
        or re.search(r"\b(?:the|an?|of)\b", f"{left[-4:]} {after}", re.I)
    ):
        return False
    return _PERSON.match(right) is not None


def right_bound(text: str, span: Span) -> Span:
    """The span without a possessive ending."""
    tail = re.search(r"['’]s$", span.of(text))
    return Span(span.start, span.end - len(tail.group())) if tail else span
