from __future__ import annotations

import pytest

from pipeline.languages.detect import language, scripts


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("国家主席习近平会见普京。", "zh"),
        ("Председатель КНР Си Цзиньпин", "ru"),
        ("President Xi Jinping met Vladimir Putin", "en"),
        ("长光卫星公司（CGSTL）发布AI产品", "zh"),
        ("Компания Huawei Technologies Co. открыла офис", "ru"),
        ("The Party's line (党的路线) has been explained in detail by all participants", "en"),
        ("2025 — 12:30 %", None),
        ("", None),
        ("これは日本語の文です", None),
        ("Ван И", "ru"),
        ("Ұлттық банк", "ru"),
    ],
)
def test_language(text: str, lang: str | None) -> None:
    assert language(text) == lang


def test_scripts_are_counted() -> None:
    assert scripts("Ван 王 ab ab") == {"latin": 4, "cyrillic": 3, "han": 1}
