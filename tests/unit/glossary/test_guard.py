"""Is a string in Chinese running text the word that it looks like, or a piece of its neighbours?"""

from __future__ import annotations

import pytest

from pipeline.glossary.guard import stands_alone


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("海区伏季休渔期已经开始", "休渔期", True),  # 伏季休渔, which crosses its edge, is two words itself
        ("渔民等待伏季休渔结束", "休渔", True),
        ("公司扩大连接范围", "大连", False),
        ("天津市委员会大楼", "市委", False),
        ("江西南部降雨", "西南", False),
        ("教育部门发出通知", "教育部", False),
    ],
)
def test_words_and_pieces(text: str, word: str, stands: bool) -> None:
    at = text.index(word)
    assert stands_alone(text, at, at + len(word)) is stands
