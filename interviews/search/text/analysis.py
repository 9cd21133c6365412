"""Words as the index knows them: no stop words, an exact form for each word, and the stems that inflections share.

`exact` folds case, accents, ё/е, typographic apostrophes and the possessive: what the index holds and phrases match.
`own_form` tells a word from another that is written alike: US is not us, nor it’s it.
`stems` cut the ending as the language of the interview does: forms that share one are inflections of a word.
Pure functions, so that queries and snippets see words as the index does.
"""

import json
import re
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path

import Stemmer

from .english import APART, one_spelling

# Raise it whenever the same text gives other forms or stems: every index is then built anew.
ANALYSIS_VERSION = 9

APOSTROPHES = "'’‘ʼ‛`´"
SOFT_HYPHEN = "\u00ad"
# Accents, and the vowel signs of Arabic with its stretching stroke.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
# Chinese characters and Japanese kana stand alone: neither script sets spaces, so a word there is a phrase of them.
UNSPACED = "\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LETTER = rf"[^\W_{UNSPACED}]"
LETTERS = rf"{LETTER}+(?:[{MARKS}]+{LETTER}*)*"
# French and Italian words that lose their end before a vowel, h or a number: l’Inde and dell’11 are two words each.
ELIDED = "(?i:[ldjmnstc]|qu|lorsqu|puisqu|jusqu|dell|nell|sull|all|dall|quell|quest|anch|tutt|sant|com|cos|dov|un)"
VOWEL = r"(?i:[aeiouyhàâäáèêëéìîïíòôöóùûüúœæ\d])"
# 70,000 and 1.250.000 are one number each; a date (05.2014), a fraction (0.125) and a list (1,200,30) are not.
NUMBER = r"[1-9]\d{0,2}+(?:(?:,\d{3}){1,4}+(?!,?\d)|(?:\.\d{3}){1,4}+(?!\.?\d))(?![^\W_])"
WORD = re.compile(
    rf"{NUMBER}"
    rf"|{LETTER}++(?![{APOSTROPHES}{SOFT_HYPHEN}{MARKS}.])"  # most words; the others would find them too, but slower
    rf"|[{UNSPACED}]"
    rf"|[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # U.S., и.о.
    rf"|{ELIDED}(?=[{APOSTROPHES}]{VOWEL})"
    rf"|{LETTERS}(?:[{APOSTROPHES}{SOFT_HYPHEN}]+{LETTERS})*"
)
# Of these, who looks for l’Europe means Europe, whatever stands before it.
ELIDED_ARTICLE = re.compile(rf"^(?i:[ld]|dell|nell|sull|all|dall|quell|un)[{APOSTROPHES}](?={VOWEL})")
INNER_SIGNS = re.compile(rf"[.,{APOSTROPHES}{SOFT_HYPHEN}]")
ANY_APOSTROPHE = re.compile(rf"[{APOSTROPHES}]")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$")
# й and ў are letters of their own; every other mark is dropped.
DROPPED_MARKS = re.compile(rf"(?<![иу])\u0306|(?!\u0306)[{MARKS}]")
LETTERS_WITHOUT_MARKS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe"})
# Arabic writes its last ya with dots or without; keyboards of Persian and Urdu have letters and digits of their own.
LETTERS_WITHOUT_MARKS |= str.maketrans("ىیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "ييك01234567890123456789")

OWN_FORMS = json.loads((Path(__file__).parent / "data" / "own_forms.json").read_text(encoding="utf-8"))
# Acronyms that in small letters are words of some language.
ACRONYMS = frozenset(OWN_FORMS["acronyms"])
# English words run together, which without their apostrophe are other words: we’re, were.
CONTRACTIONS = frozenset(OWN_FORMS["contractions"])

# ISO 639-1 code -> Snowball's algorithm, by the script that the language is written in.
LATIN = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "en": "english", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hu": "hungarian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "sr": "serbian",
    "st": "sesotho", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
CYRILLIC = {"ru": "russian", "sr": "serbian"}
OTHER_SCRIPTS = {
    "ar": "arabic", "el": "greek", "fa": "persian", "hi": "hindi", "hy": "armenian", "ne": "nepali", "ta": "tamil",
    "yi": "yiddish",
}  # fmt: skip
SHORTEST_INFLECTED = 3
# Snowball's Arabic cuts endings more surely after the article: مفاوضات then has the stem of المفاوضات.
ARTICLE, AND = "ال", "و"
WITH_ARTICLE = re.compile("[بك]?ال|لل")
# It leaves this beginning as it is: لروسيا, to Russia.
WITH_TO = re.compile("ل(?!ل).{4}")
# Its Portuguese leaves some plurals as they are: sanções, internacionais, possíveis, homens.
PORTUGUESE_PLURALS = (
    (re.compile("ões$"), "ão"),
    (re.compile("oes$"), "ao"),
    (re.compile("(?<=[a-z]{3})ais$"), "al"),
    (re.compile("(?<=[ií]v)eis$"), "el"),
    (re.compile("(?<=[a-z]{2}[eo])ns$"), "m"),
    (re.compile("(?<=[a-z]{3}eu)s$"), ""),
)
# In other languages than their own these are written so, too: Schroeder.
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

_stemmers: dict[str, Stemmer.Stemmer] = {}
_stemming = threading.Lock()  # a Stemmer is not safe between threads


@lru_cache(maxsize=20_000)
def exact(word: str) -> str:
    """Fold one word without touching its inflection: “Çavuşoğlu’s” -> "cavusoglu", “U.S.” -> "us"."""
    return _without_marks(_lowered(word))


def own_form(word: str) -> str:
    """Return the form that a word has besides the exact one, which it shares with another word; mostly "".

    It is that of an acronym which is a word too, in capitals or with full stops: “US” and “u.s.” -> "US", “us” -> "".
    Or it is that of a contraction: “It’s” -> "it's", “Russia’s” -> "".
    """
    contraction = ANY_APOSTROPHE.sub("'", word.casefold())
    if contraction in CONTRACTIONS:
        return contraction
    bare = INNER_SIGNS.sub("", POSSESSIVE.sub("", word))
    acronym = bare.upper() if "." in word else bare
    return acronym if acronym in ACRONYMS else ""


@lru_cache(maxsize=20_000)
def forms(word: str) -> tuple[str, ...]:
    """Return all forms of a word in a text: the exact one, and its own if it has one: “US” -> ("us", "US")."""
    own = own_form(word)
    return (exact(word), own) if own else (exact(word),)


def form_meant(word: str) -> str:
    """Return the form that somebody looks for who writes a word so: “US” -> "US", but “us”, which is both, -> "us"."""
    return forms(word)[-1]


@lru_cache(maxsize=20_000)
def stems(word: str, language: str) -> tuple[str, ...]:
    """Return the folded stems of a word in a language (ISO 639-1 code, "" where it is unknown), one to three.

    They are cut from the word as written and from its folded form, for who writes accents and who does not:
    “élections” (fr) -> ("election",), “ministers” (en) -> ("minist",); from umlauts spelt out, too. Languages that
    Snowball does not know, and words in a script that is not the language's, are cut by their script.
    """
    written, folded = unicodedata.normalize("NFC", _lowered(word)), exact(word)
    algorithm = _algorithm(folded, language) if len(folded) >= SHORTEST_INFLECTED and folded.isalpha() else ""
    if not algorithm:
        return (folded,)
    if algorithm == "english" and one_spelling(folded) in APART:
        return (APART[one_spelling(folded)],)
    with _stemming:
        stemmer = _stemmers.get(algorithm) or _stemmers.setdefault(algorithm, Stemmer.Stemmer(algorithm))
        cut = stemmer.stemWords(_spellings(algorithm, written, folded))
    return tuple(dict.fromkeys(map(_without_marks, cut)))


def words(text: str) -> list[str]:
    """Return the words of a text as written: “the S-300’s” -> ["the", "S", "300’s"]."""
    return WORD.findall(text)


def without_article(text: str) -> str:
    """Return a word without the article that is elided before it: “l’Europe” -> "Europe"."""
    return ELIDED_ARTICLE.sub("", text)


def positions(text: str) -> list[tuple[str, int, int]]:
    """Return the exact form of each word of a text, by its position, with the characters [start, end) it takes."""
    return [(exact(match[0]), match.start(), match.end()) for match in WORD.finditer(text)]


def _lowered(word):
    return INNER_SIGNS.sub("", POSSESSIVE.sub("", word.casefold()))


def _without_marks(lowered):
    if lowered.isascii():
        return lowered
    bare = DROPPED_MARKS.sub("", unicodedata.normalize("NFKD", lowered))
    return unicodedata.normalize("NFC", bare.translate(LETTERS_WITHOUT_MARKS)) or lowered


def _spellings(algorithm, written, folded):
    """What is cut: the word as written and as folded, each once, with what Snowball needs to see the ending."""
    if algorithm == "arabic":
        bare = folded.removeprefix(AND) if folded.startswith(AND + ARTICLE) else folded
        spellings = [folded, bare if WITH_ARTICLE.match(bare) else ARTICLE + bare]
        return [*spellings, ARTICLE + folded[1:]] if WITH_TO.match(folded) else spellings
    spelt_out = written.translate(SPELT_OUT)
    others = [spelt_out] if spelt_out != written else []
    if algorithm == "english":
        return [one_spelling(folded), *others]
    for plural, singular in PORTUGUESE_PLURALS if algorithm == "portuguese" else ():
        written, folded = plural.sub(singular, written), plural.sub(singular, folded)
    return [*dict.fromkeys((written, folded)), *others]


def _algorithm(folded, language):
    language = language.partition("-")[0]
    if "a" <= folded[0] <= "z":
        return LATIN.get(language, "english")
    if "\u0400" <= folded[0] <= "\u04ff":
        return CYRILLIC.get(language, "russian")
    return OTHER_SCRIPTS.get(language, "")
