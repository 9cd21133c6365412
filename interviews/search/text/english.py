"""What English words need before their endings are cut: one spelling of two, and some kept apart.

An archive holds British and American spellings: who looks for organization, defense or program means organisation,
defence and programme too. Of -ise and -ize the British one stands for both: Snowball cuts -ize away, and "normalize"
would be "normal". And it cuts "important" to "import", so that who looks for imports would find little else.
"""

import json
import re
from pathlib import Path

SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})iz(?=(?:e[ds]?|ers?|ing|ations?|able)$)"), "is"),
    (re.compile(r"(?<=[a-z]{2})yz(?=(?:e[ds]?|ers?|ing)$)"), "ys"),
    (re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|able|ably|ites?|ful|less|hoods?|ly)?$)"), "or"),
    (re.compile(r"^(cent|theat|met|kilomet|lit|fib|calib)re(?=s?$)"), r"\1er"),
    (re.compile(r"^(def|off|pret|lic)ence(?=s?$|less$)"), r"\1ense"),
    (re.compile(r"^programme(?=s?$)"), "program"),
)
DATA = json.loads((Path(__file__).parent / "data" / "english.json").read_text(encoding="utf-8"))
# Word -> its stem, the first of its line, for words that Snowball cuts to the stem of another word, or apart.
APART = {word: words[0] for words in DATA["apart"] for word in words}


def one_spelling(word: str) -> str:
    """Return a folded English word in the spelling that stands for both: "organized" -> "organised"."""
    for pattern, replacement in SPELLINGS:
        word = pattern.sub(replacement, word)
    return word
