"""What a professional may well have written in a term's place: shown with the official form, not replaced by it.

The same words in another order, an office of another country, one member of a list, the people for their body, a part
of a longer name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.enforce import bridge, synonyms
from pipeline.enforce.candidates import Candidate
from pipeline.enforce.result import Ground
from pipeline.enforce.view import View
from pipeline.languages.chinese import is_han
from pipeline.languages.english import FUNCTION_WORDS
from pipeline.languages.english import lemma as english_lemma
from pipeline.languages.russian.analyse import analyses, lemma, tokenise
from pipeline.model import Form, Lang, Occurrence

_OF = re.compile(r"[ '’](?:of|for|s)\b")
_EQUAL = {"cpc": "party", "communist": "party", "chief": "head", "director": "head"}
_MEN = re.compile(r"^(?:vice |deputy )?minister\b|(?:m[ae]n|officers?|soldiers?|members?|workers?|troops)$")
_ON = re.compile(r"^(\w+)[ -](?:on|by|to)[ -]\1$")
_OFFICES = re.compile("(?:机关|部门|机构|单位)$")


def shown(candidate: Candidate, occurrence: Occurrence, others: Sequence[Occurrence], source: str, view: View,
          wording: Sequence[Form]) -> bool:  # fmt: skip
    """Is what stands there sound enough to be left to a person?"""
    text, kind = candidate.span.of(view.text), occurrence.term.kind
    if kind in ("title", "body") and _abroad(occurrence, others, source):
        return True
    ours = synonyms.bundled(occurrence.term.origin)
    if view.lang == "zh":
        office = _OFFICES.search(text) is not None and not any(_OFFICES.search(form.text) for form in wording)
        return (kind == "title" and office) or (
            ours and (_one_other(text, occurrence, wording) or any(_free(text, form.text) for form in wording))
        )
    if ours and kind == "place" and view.lang == "ru" and candidate.ground is Ground.ALIKE:
        return True  # «озеро Чаган» for озеро Чаганьху
    if ours and any(_reordered(text, form.text, kind, view.lang) for form in wording):
        return True
    if ours and kind == "slogan" and any(_shortened(text, form.text, view.lang) for form in wording):
        return True
    if _listed(candidate, view, wording):
        return True
    return _of_people(text, kind, wording, view.lang) or (
        view.lang == "en" and _english(text, candidate, occurrence, view, wording)
    )


def _free(text: str, form: str) -> bool:
    """Is a Chinese stretch a free wording beside the form: half of it other characters, the form with more words in it,
    or an abbreviation of it («中铁建» for 中国铁建股份有限公司)?"""
    said, own = ("".join(char for char in each if is_han(char)) for each in (text, form))
    shared = sum((Counter(said) & Counter(own)).values())
    return 2 * shared <= len(own) or _within(own, said) or (len(said) <= 4 and _within(said, own))


def _within(short: str, long: str) -> bool:
    """Are all characters of the one in the other, in their order?"""
    rest = iter(long)
    return all(char in rest for char in short)


def _one_other(text: str, occurrence: Occurrence, wording: Sequence[Form]) -> bool:
    """Does one word of a Chinese stretch differ from the form, and render a word of the source as well, or none?"""
    from pipeline.enforce.chinese import pieces

    own = {part.text for form in wording for part in pieces(form.text)}
    rest = [part.text for part in pieces(text) if part.text not in own]
    if len(rest) != 1 or len(rest[0]) < 2:
        return False
    lang = bridge.language_of(occurrence.form.text)
    words = bridge.source_words(occurrence.form.text)
    said = max((bridge.strength(rest[0], word, "zh", lang) for word in words), default=0.0)
    return said >= 0.85 or said < 0.45


def _words(text: str, lang: Lang) -> list[str]:
    """Dictionary forms of the words of meaning; in English with words for one another made the same."""
    if lang == "en":
        found = re.findall(r"[^\W\d_]+", text.lower())
        base = [english_lemma(word) for word in found if word not in FUNCTION_WORDS and word != "s"]
        return list(dict.fromkeys(_EQUAL.get(word, word) for word in base))
    tokens = [token.text for token in tokenise(text) if token.is_word]
    return [lemma(word) for word in tokens if analyses(word)[0].pos not in ("PREP", "CONJ", "PRCL")]


def _reordered(text: str, form: str, kind: str, lang: Lang) -> bool:
    """The same words in another order: of a mere term; in English of an office or a body in small letters too."""
    if kind not in (("term",) if lang == "ru" else ("term", "title", "body")):
        return False
    descriptive = text.rpartition(" ")[2].islower() or re.search(r"\b(?:Party|CPC)\b", text)
    if lang == "en" and kind != "term" and not descriptive:
        return False
    said, own = _words(text, lang), _words(form, lang)
    same = sorted(said) == sorted(own) and len(said) > 1 and (lang == "en" or said != own)
    short = lang == "en" and kind == "title" and len(said) > 1 and set(said) < set(own)
    short = short and ("party" in said or (text.islower() and said[-1:] == ["head"]))  # «deputy head» of a division
    return (same and bool(lang == "ru" or _OF.search(text) or _OF.search(form))) or short


def _shortened(text: str, form: str, lang: Lang) -> bool:
    """Fewer words, each of the root of one of the form («теория социализма с китайской спецификой»)?"""
    said, own = _words(text, lang), _words(form, lang)
    return 1 < len(said) < len(own) and all(any(_root(a, b) for b in own) for a in said)


def _root(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 4 and a[:4] == b[:4])


def _listed(candidate: Candidate, view: View, wording: Sequence[Form]) -> bool:
    """Is it the end of a list («industry, universities, [research and application]»), or its beginning?"""
    span = candidate.span
    text = span.of(view.text)
    joint = re.compile(r",| (?:and|и) ")
    row = re.search(r"\w,? $", view.text[max(0, span.start - 30) : span.start])
    left = row is not None and row.group().endswith(", ") and re.search(r" (?:and|и) ", text) is not None
    right = "," in text and re.match(r"(?:,? (?:and|и) |, )\w", view.text[span.end :]) is not None
    most = max(len(joint.findall(form.text)) for form in wording) + 1
    return (left or right) and len(joint.findall(text)) <= most


def _of_people(text: str, kind: str, wording: Sequence[Form], lang: Lang) -> bool:
    """Does it name people where the form names their body («китайские коммунисты», «armed policeman»)?"""
    if kind != "body":
        return False
    if lang == "en":
        return _MEN.search(text) is not None and not any(_MEN.search(form.text) for form in wording)

    def people(phrase: str) -> bool:
        nouns = [analyses(token.text)[0] for token in tokenise(phrase) if token.is_word]
        return next((a.animate is True for a in nouns if a.pos == "NOUN"), False)

    return people(text) and not any(people(form.text) for form in wording)


def _english(text: str, candidate: Candidate, occurrence: Occurrence, view: View, wording: Sequence[Form]) -> bool:
    """English: an adverb's noun, a phrase that goes on, a part of a name, an American secretary."""
    span, kind = candidate.span, occurrence.term.kind
    if any(_ON.match(form.text) for form in wording):
        return re.search(r"\b(?:than|from|over)\s+(?:an?|the)\s+$", view.text[: span.start]) is not None
    after = re.match(r"[ -]([^\W\d_]+)", view.text[span.end :])
    if after and any("-" in form.text and re.search(rf"-{after.group(1)}\b", form.text) for form in wording):
        return True  # «children left [behind]» for left-behind children
    if kind in ("person", "place") or text.isupper():
        return False
    titled = all(word[:1].isupper() for word in text.split() if word not in FUNCTION_WORDS)
    if kind == "term" and titled and " " in text and all(form.text[:1].islower() for form in wording):
        heading = sum(word[:1].isupper() for word in view.text.split()) > len(view.text.split()) / 2
        return not heading and after is not None and after.group(1)[0].isupper()
    american = re.search(r"\bsecretary\b", text, re.IGNORECASE) and any("minister" in form.text for form in wording)
    return bool(american and re.search(r"\b(?:U\.?S\.?|American|United States|UK|British|Philippine)", view.text))


def _abroad(occurrence: Occurrence, others: Sequence[Occurrence], source: str) -> bool:
    """Does the source tell right beside it another country whose office or body it is («奥地利[商务部长]»)?"""
    span = occurrence.span
    for other in others:
        if "countries.tsv" not in other.term.origin or {"中国", "中华人民共和国"} & {
            form.text for form in other.term.forms.get("zh", ())
        }:
            continue
        if other.span.end <= span.start and source[other.span.end : span.start] in ("", " ", "'s ", "’s ", "的"):
            return True
        if other.span.start >= span.end and source[span.end : other.span.start] in (" ", " of ", " of the "):
            return True
    return False
