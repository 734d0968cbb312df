"""Official names that a machine guessed, where the bundled glossaries have the name and nothing but a model that reads
finds the guess: «Совет Федерации» as 联邦理事会, Global Civilization Initiative as 全球文明计划.

A professional puts formulas and bodies freely, too («ЦК партии», «провинциальное собрание», «власти уезда»), and is not
to be corrected: so it has to be a name of some length, and what stands there another name of the same make.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.enforce import heard, spans
from pipeline.enforce.heard import Word
from pipeline.enforce.view import View
from pipeline.languages.russian.analyse import analyses, lemma
from pipeline.model import Form, Lang, Span, Term

LEAST = 0.8  # the chance from which it is replaced
_SAME = 0.9  # likeness of a word from which it is one of the official form
_PLACES = frozenset(("провинция", "город", "уезд", "район", "область", "край", "страна", "регион", "место", "власть"))


def fixed(term: Term, wording: Sequence[Form], lang: Lang) -> bool:
    """Is the term a formula or the name of one body, and long in every admitted form?"""
    names = [form.text.removeprefix("the ") for each in ("ru", "en") for form in term.forms.get(each, ())]
    named = term.kind == "body" and bool(names) and all(name[:1].isupper() for name in names)
    return (named or term.kind == "slogan") and all(_long(form.text, lang) for form in wording)


def _long(text: str, lang: Lang) -> bool:
    return len(text) >= 4 if lang == "zh" else heard.size(text, lang) >= 2


def is_guess(span: Span, row: Sequence[Word], wording: Sequence[Form], kind: str, view: View) -> bool:
    """Is it a guess at the name, and no free, shortened or longer wording of it?"""
    text = span.of(view.text)
    if not _long(text, view.lang) or any(word.other for word in row):
        return False
    if any(text in form.text for form in wording):
        return False  # 高质量发展 for 推动高质量发展
    if view.lang == "zh":
        longer = any(set(form.text) <= set(text) for form in wording)  # 莫斯科鲍曼国立技术大学 for 鲍曼技术大学
        ends = kind != "body" or any(form.text[-1] == text[-1] for form in wording)
        return ends and not longer
    if view.lang == "ru":
        noun = next((word.text for word in row if analyses(word.text)[0].pos == "NOUN"), "")
        acts = any(a.pos in ("VERB", "GRND", "INFN") for word in row for a in analyses(word.text)[:1])
        joined = " и " in text and not any(" и " in form.text for form in wording)
        if acts or joined or not spans.phrase(row, view) or lemma(noun) in _PLACES:
            return False
    size = max(heard.size(form.text, view.lang) for form in wording)
    same = any(max(word.like, default=0.0) >= _SAME for word in row)
    return not same or heard.size(text, view.lang) >= size
