"""A text in; the language it is written in out, as an ISO 639-1 code and in plain words."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNKNOWN = "und"
_FEWEST_WORDS = 12
_SAMPLE = 20_000
_SURE = 0.5
# Lists of terms look Latin or Romance to any identifier; English is believed at a lower probability.
_LIKELY_ENGLISH = 0.15
_WORD = re.compile(r"[^\W\d_]+")
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali",
    "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "la": "Latin",
    "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "nb": "Norwegian", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian", "no": "Norwegian",
    "pa": "Punjabi", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak",
    "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil",
    "te": "Telugu", "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def language_of(text: str) -> str:
    """Return the code of the text's language, "und" where there is too little text to tell."""
    sample = text[:_SAMPLE]
    if len(_WORD.findall(sample)) < _FEWEST_WORDS and len(_SPACELESS.findall(sample)) < _FEWEST_WORDS * 2:
        return UNKNOWN
    ranked = dict(_identifier().rank(sample))
    code, probability = max(ranked.items(), key=lambda pair: pair[1])
    if ranked.get("en", 0.0) >= _LIKELY_ENGLISH and sample.isascii():
        return "en"
    return str(code) if probability >= _SURE else UNKNOWN


def language_name(code: str) -> str:
    """Return the English name of a language, as messages use it."""
    return _NAMES.get(code, "an unknown language" if code == UNKNOWN else f"the language “{code}”")


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
