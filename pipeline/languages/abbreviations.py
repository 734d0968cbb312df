"""Abbreviations with a full stop: those that never end a sentence and those that may."""

from __future__ import annotations

from pipeline.model import Lang

# Something always follows: a name, a number, a noun.
NEVER_LAST: dict[Lang, frozenset[str]] = {
    "ru": frozenset(
        "им ул просп пр-т пер наб пл бул ш д корп стр кв оф пос дер с х обл р-н р оз о г-н г-жа гр гр-н тов акад проф доц "
        "канд докт д-р инж чл корр зам зав нач пом св см ср напр рис табл гл разд п пп ст ч т вып изд ред сост пер "
        "т.е т.к т.н т.о янв февр мар апр июн июл авг сент окт нояб дек в.и.о и.о врио ген полк подполк майор кап лейт".split()
    ),
    "en": frozenset(
        "mr mrs ms dr prof gen col maj capt lt sgt sen rep gov pres rev hon st mt ft no nos fig figs sec secs vol vols art arts "
        "para paras ch pp p cf e.g i.e viz vs approx ca al jan feb mar apr jun jul aug sept sep oct nov dec".split()
    ),
    "zh": frozenset(),
}
# May end a sentence: it does when a capital letter follows and nothing ties the two together.
MAY_BE_LAST: dict[Lang, frozenset[str]] = {
    "ru": frozenset("г гг в вв др пр т.д т.п тыс млн млрд трлн руб коп долл чел экз шт кг км м га л сек мин час ч н.э стр с".split()),
    "en": frozenset("etc inc ltd co corp u.s u.k u.n a.m p.m ph.d b.c a.d".split()),
    "zh": frozenset(),
}
# What may follow an amount in an abbreviated unit without a new sentence starting.
AFTER_AMOUNT = frozenset({"США", "КНР", "РФ", "Гонконга"})
