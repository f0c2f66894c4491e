"""The languages in which an answer can be begun; the sheets can set each of their scripts."""

from typing import Final

OFFERED: Final = (
    "en", "srn", "pap", "es", "tw", "fr", "pt", "ar", "tr", "ti", "am", "fa", "prs", "ur", "hi",
    "hns", "so", "pl", "uk", "bg", "ro", "ru", "zh-Hans", "djk", "srm", "jvn", "gaa", "ee", "ig",
    "yo", "de", "it", "vi", "id", "ps", "ku",
)  # fmt: skip
