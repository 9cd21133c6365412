"""Words as the index knows them: no stop words, one token for each word, in two forms.

`exact` folds case, accents, ё/е, typographic apostrophes and the possessive: what phrases match. `stem` also cuts the
ending: what single words match. Pure functions, so that queries and snippets see words as the index does.
"""

import re
import unicodedata
from functools import lru_cache

from whoosh.analysis import Token, Tokenizer
from whoosh.lang.snowball.english import EnglishStemmer
from whoosh.lang.snowball.russian import RussianStemmer

# Raise it whenever the same text gives other tokens: every index is then built anew.
ANALYSIS_VERSION = 2

APOSTROPHES = "'’‘ʼ‛`´"
SOFT_HYPHEN = "\u00ad"
# Accents, and the vowel signs of Arabic with its stretching stroke.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640"
# Chinese characters and Japanese kana stand alone: neither script sets spaces, so a word there is a phrase of them.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LETTER = rf"(?:[^\W_{UNSPACED}][{MARKS}]*)"
# French and Italian words that lose their end before a vowel or h: l’Inde and dell’Unione are two words each.
ELIDED = "(?i:[ldjmnstc]|qu|lorsqu|puisqu|jusqu|dell|nell|sull|all|dall|quell|un)"
VOWEL = "(?i:[aeiouyhàâäáèêëéìîïíòôöóùûüúœæ])"
WORD = re.compile(
    rf"[{UNSPACED}]"
    rf"|[^\W\d_](?:\.[^\W\d_])+(?![^\W_])\.?"  # U.S., и.о.
    rf"|{ELIDED}(?=[{APOSTROPHES}]{VOWEL})"
    rf"|{LETTER}+(?:[{APOSTROPHES}{SOFT_HYPHEN}]+{LETTER}+)*"
)
INNER_SIGNS = re.compile(rf"[.{APOSTROPHES}{SOFT_HYPHEN}]")
POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$")
# й and ў are letters of their own; every other mark is dropped.
DROPPED_MARKS = re.compile(rf"(?<![иу])\u0306|(?!\u0306)[{MARKS}]")
LETTERS_WITHOUT_MARKS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ħ": "h", "æ": "ae", "œ": "oe"})
LATIN = re.compile(r"[a-z]{3,}")
CYRILLIC = re.compile(r"[\u0400-\u04ff]{3,}")

# Between the question and its answer in one text: no phrase reaches across.
PART_BREAK = "\x1e"
PART_GAP = 100
# Between the values of one field: no name, slug or code holds it.
VALUE_BREAK = "\x1f"

english = EnglishStemmer()
russian = RussianStemmer()


@lru_cache(maxsize=200_000)
def exact(word: str) -> str:
    """Fold one word without touching its inflection: “Çavuşoğlu’s” -> "cavusoglu", “U.S.” -> "us"."""
    folded = INNER_SIGNS.sub("", POSSESSIVE.sub("", word.casefold()))
    if folded.isascii():
        return folded
    bare = DROPPED_MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return unicodedata.normalize("NFC", bare.translate(LETTERS_WITHOUT_MARKS))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Fold one word and cut its ending, by its script: “Ministers” -> "minist", “переговорам” -> "переговор"."""
    folded = exact(word)
    if LATIN.fullmatch(folded):
        return english.stem(folded)
    if CYRILLIC.fullmatch(folded):
        return russian.stem(folded)
    return folded


def words(text: str) -> list[str]:
    """Return the words of a text as written: “the S-300’s” -> ["the", "S", "300’s"]."""
    return WORD.findall(text)


class WordTokenizer(Tokenizer):
    """Whoosh's view of the above: tokens in the given form (`exact` or `stem`), positions with a gap between parts."""

    def __init__(self, form):
        self.form = form

    def __call__(self, value, *, positions=False, chars=False, start_pos=0, start_char=0, mode="", **options):
        token = Token(positions, chars, mode=mode)
        token.boost, token.stopped = 1.0, False
        position = start_pos
        offset = start_char
        for part in value.split(PART_BREAK):
            for match in WORD.finditer(part):
                token.text = token.original = self.form(match.group())
                token.pos = position
                token.startchar, token.endchar = offset + match.start(), offset + match.end()
                position += 1
                yield token
            position += PART_GAP
            offset += len(part) + 1


class ValueTokenizer(Tokenizer):
    """Whole values, never split or folded: a field of slugs or codes."""

    def __call__(self, value, *, positions=False, chars=False, mode="", **options):
        token = Token(positions, chars, mode=mode)
        token.boost, token.stopped = 1.0, False
        for position, text in enumerate(value.split(VALUE_BREAK)):
            token.text = token.original = text
            token.pos = position
            token.startchar, token.endchar = 0, len(text)
            yield token
