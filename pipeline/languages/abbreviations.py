"""Abbreviations with a full stop: those that never end a sentence and those that may; words that start a sentence."""

from __future__ import annotations

from pipeline.model import Lang


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Something always follows: a name, a number, a noun.
NEVER_LAST: dict[Lang, frozenset[str]] = {
    "ru": _words(
        "им ул просп пр-т пер наб пл бул бульв ш д корп стр кв оф пос дер с х пров р оз о г-н г-жа г-да гр гр-н "
        "тов акад проф доц канд докт д-р инж чл корр зам зав нач пом св ср см напр рис табл гл разд п пп ст ч т "
        "вып изд ред сост тел доб т.е т.к т.н т.о к.т.н д.т.н к.и.н д.и.н к.э.н д.э.н к.ю.н д.ю.н к.ф.н д.ф.н янв "
        "февр мар апр июн июл авг сент окт нояб дек в.и.о и.о врио ген полк подполк майор кап лейт мин-во вкл искл"
    ),
    "en": _words(
        "mr mrs ms messrs dr prof gen col maj capt lt lieut cmdr adm sgt sen rep gov pres rev hon st mt ft no nos "
        "fig figs sec secs vol vols art arts para paras ch pp p cf e.g i.e viz vs approx ca al dept jan feb mar "
        "apr jun jul aug sept sep oct nov dec"
    ),
    "zh": frozenset(),
}
# May end a sentence: it does when a capital letter follows and nothing ties the two together.
MAY_BE_LAST: dict[Lang, frozenset[str]] = {
    "ru": _words(
        "г гг в вв др пр т.д т.п тыс млн млрд трлн руб коп долл чел экз шт кг км м га л сек мин час ч н.э стр с "
        "с.г т.г т кг обл кр р-н проц куб"
    ),
    "en": _words("etc inc ltd co corp plc jr sr u.s u.k u.n e.u d.c a.m p.m ph.d m.a b.a m.d b.c a.d"),
    "zh": frozenset(),
}
# Units: «15 тыс. т.», «5 стр.», «20 м.» may end a sentence, «т. Ван», «стр. 5» do not.
UNITS = _words("т стр с м ч кв д")
# English ones that are plain words unless a number follows: "No." and "Art. 5".
NEEDS_NUMBER = _words("no nos art arts sec secs fig figs ch p pp para paras vol vols")
# What may follow an amount in an abbreviated unit without a new sentence starting.
AFTER_AMOUNT = frozenset({"США", "КНР", "РФ", "Гонконга", "НДС"})

# No surname or proper name: after an initial or an abbreviation such a word starts a sentence.
STARTERS: dict[Lang, frozenset[str]] = {
    "ru": _words(
        "А Без Благодаря Более Будет Было Были В Во Ведь Вместе Вот Все Всего Всё Вы Где Да Для До Ещё Если За "
        "Здесь Из И Их Именно Её Его К Как Какой Когда Кроме Кто Ко Лишь Между Мы На Над Наш Не Но Ну О Об Обе Оба "
        "Однако Он Она Они Оно От Поэтому По Под После При Про Ранее Рядом С Сейчас Со Среди Так Также Там Такой "
        "Таким Тем Теперь То Тогда Только Ты У Уже Хотя Чем Через Что Чтобы Эта Эти Это Этот Этой Этим Я"
    ),
    "en": _words(
        "A About After All Also Although An And Any Are As At Before Both But By Did Do Does Each Every For From "
        "Had Has He Her Here His How However I If In Instead Is It Its Many More Most My No Not Now On Once One "
        "Only Our Over She Since So Some Still Such Thanks That The Their Then There These They This Those "
        "Thousands Through To Today Two Under Until Was We Were What When Where Which While Who Why Will With Yet "
        "You Your"
    ),
    "zh": frozenset(),
}
# A clause that opens with one of these and has no verb is not yet a sentence: «В 2025 г. Китай ...».
PREPOSITIONS_RU = _words("в во с со к ко до на за по после около начиная от из при между среди для под над об о у")
# Verbs of saying after a Chinese quotation: “……。”市长说。
SAYING_ZH = _words(
    "说 道 问 答 称 喊 写 讲 叫 表示 指出 强调 介绍 认为 告诉 解释 回答 感慨 感叹 呼吁 "
    "坦言 直言 補充 补充 說 問 講 要求 提出 宣布 透露 评价 总结 回忆"
)
