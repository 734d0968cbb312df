"""A word of the source that is the term by its letters alone: «seal» of an animal beside 密封件, кран in a kitchen
beside 起重机.

What a machine puts for a word is its sense in the sentence more often than not. Where that is a word which the tables
give for the source's word, but not for the entry's form in the third language, it may well be another sense: it is
named in a flag and stays. So does a common word where the term is the name of a place (通道: a county, a corridor).
The two limits were chosen on two written sets; in a third, unread, ten words more stayed and no repair was lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.enforce import candidates, synonyms
from pipeline.enforce.view import View
from pipeline.languages import dictionary, lexicon
from pipeline.languages.russian.analyse import lemmas
from pipeline.model import LANGS, Form, Lang, Occurrence, Span

_LEAST = 0.02  # probability of the rendering, given the word, from which the word is known to have that sense
_SHARE = 0.2  # of it, which the third language's form may give it
_LISTED = 0.05  # likewise of what the dictionary lists for an office
_SHORT = 3  # characters of a Chinese word


def other_sense(occurrence: Occurrence, source: str, source_lang: Lang, span: Span, view: View) -> bool:
    """May the span of the target render another sense of the source's word? Never where the glossary forbids it."""
    term = occurrence.term
    third = next(lang for lang in LANGS if lang not in (source_lang, view.lang))
    if term.kind in ("person", "slogan") or synonyms.bundled(term.origin) or not term.forms.get(third):
        return False
    said, put = occurrence.span.of(source), span.of(view.text)
    if term.kind == "place" and view.lang != "zh" and put.islower() and _bare_name(term.forms[view.lang]):
        return True
    if term.kind == "place":
        put = put[:1].lower() + put[1:] if view.sentence_start(span.start) else put
        put = next((word for word in re.findall(r"[^\W\d_]+", put) if _common(said, word, source_lang, view.lang)), put)
    if not (_is_word(said, source_lang) and _is_word(put, view.lang)):
        return False
    if term.kind in ("place", "body") and view.lang != "zh" and not put.islower():
        return False  # a name in other letters
    known = lexicon.load(f"{source_lang}-{view.lang}").prob(said, put)
    if term.kind == "title" and source_lang == "zh" and _listed(said, put, view.lang):
        known = max(known, _LISTED)
    if known < _LEAST or any(one.span.overlaps(span) for one in candidates.forbidden(term, view)):
        return False
    table = lexicon.load(f"{third}-{view.lang}")
    return max(table.prob(form.text, put) for form in term.forms[third]) < _SHARE * known


def _bare_name(forms: Sequence[Form]) -> bool:
    """Is it a name of one word, with no word for what bears it, so that no common word renders it?"""
    return all(form.text[:1].isupper() and form.text.isalpha() for form in forms)


def _common(said: str, word: str, source_lang: Lang, lang: Lang) -> bool:
    """Is it a common word that the table gives for the source's word?"""
    small = lang == "zh" or word.islower()
    return small and lexicon.load(f"{source_lang}-{lang}").prob(said, word) >= _LEAST


def _listed(said: str, put: str, lang: Lang) -> bool:
    """Does the dictionary of the genre list the word for the Chinese one?"""
    entry = dictionary.load().get(said)
    words = lemmas(put) if lang == "ru" else frozenset((put.lower(),))
    return entry is not None and any(len(each) == 1 and each[0] in words for each in entry.renderings(lang))


def _is_word(text: str, lang: Lang) -> bool:
    if lang == "zh":
        return len(text) <= _SHORT and text.isalnum()
    return re.fullmatch(r"[^\W\d_]+", text) is not None
