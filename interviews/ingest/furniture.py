"""What stands on the pages but was not spoken: page numbers, running heads, switchers, contacts, footers.

Every judgement is by general evidence and names its reason; the ledger keeps the words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from interviews.ingest.dates import CLOCK, is_date_line
from interviews.ingest.lines import Ending, Line
from interviews.ingest.words import alternatives, key, load

RULE = re.compile(r"[\s\-–—_*=~#•·]{3,}|…{2,}|[\s.]{5,}")
PAGE = (
    r"[\W_]*(?:(?-i:[IlOo0](?=[^\w/])|a(?=\s))(?:[^\w:：]|_)+){0,3}"
    r"(?:page|p\.|seite|(?:está en la )?página|pagina|страница|стр\.)?"
    r"\s?\d{1,3}(?:\s?(?:of|/|von|из|de)\s?\d{1,3})?[\W_]*"
)
PAGE_WITH_NUMBER = r"[\W_]*[\w./-]{0,20}\s?page\s\d{1,3}\W*"
OVERLEAF = r"\W*(?:PTO|P\.T\.O\.|more follows|mf)\W*"
FAX = r"[\W\d_]{6,40}P(?:g|age)?[.:\s]{0,3}\d{0,3}\W*"
# Date and time that a fax machine set above each page, as a scanner reads them: “.# 86-04-22 00: 33P. 6”.
FAX_STAMP = re.compile(r"[\W_]*\w{1,4}[-.&/\s]{1,3}\w{1,3}[-./\s]{1,2}\d\d\s{1,3}\d\d\s?:\s?\d\d.{0,12}")
PAGE_NUMBER = re.compile(rf"(?i:{PAGE}|{PAGE_WITH_NUMBER}|{FAX})|{OVERLEAF}")
PAGE_AT_END = re.compile(
    r"(?<!\s)\s{1,20}(?:/\s?\d{1,2}\.?|P\.\s?\d{1,2}|\(?(?:PTO|P\.T\.O\.|more follows)\)?"
    r"|(?:[^\W_]{1,12}\s)?(?:[^\W\d_]{1,10}\s?)?\d\d?/\s?\d\d[\W\d_]{6,30}Pg?[.:\s]{0,3}\d{0,3})$"
)
MAY_END_PAGE = re.compile(r"\d|PTO|P\.T\.O\.|more follows")  # what neither PAGE_AT_END nor FOOT_OF_PAGE goes without
# A number behind the last sentence of a page; before it a scanner may have read dots or a stroke as signs and small o.
FOOT_OF_PAGE = re.compile(
    r"(?:(?<=[.?!])|(?<=[.?!][\"”»')]))\s{1,20}\d{1,2}\.?$"
    r"|(?<!\s)\s{1,20}(?=[oOae\d]\W|[^\w\s])(?:[\W_]|(?<!\w)[oOae\d](?=\W)){1,12}\d{1,2}\.?$"
)
END_MARK = re.compile(r"(?<!\s)\s{1,20}(?:ENDS?|[Ee]nds|[\[(-]\s?[Ee]nds?\s?[\])-]|0{3}-*|-{3,}|#{3}|-30-)\s*$")
PROOF = re.compile(
    r"\bE\W{0,3}(?:&|and)?\W{0,3}[O0]\W{0,3}E\b|\bproof only\b|\bcheck against delivery\b", re.IGNORECASE
)
PHONE = re.compile(r"\(?\+?\d{2,4}\)?[\s.-]\d{3,4}[\s.-]\d{3,4}|\b0\d{3}\s\d{3}\s\d{3}\b")
MAIL = re.compile(r"\S+@\S+\.\w+")
URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
READING_TIME = re.compile(
    r"(?:reading time\W{0,3})?\d{1,3}(?:\s?[–-]\s?\d{1,3})?\s?(?:minutes?|mins?|Minuten|минуты?|minutos|minuti)"
    r"(?:\s(?:read|Lesezeit|de lecture|чтения|de lectura|di lettura|de leitura))?\W*",
    re.IGNORECASE,
)
LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}\d{0,4}")
BETWEEN_LANGUAGES = re.compile(r"[\s|/•·,]+")
BREADCRUMB = re.compile(r"\s(?:>|»|›|\|)\s")
STAMP = re.compile(
    r"[\[(]\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]"
    r"|\W*(?:\w{1,3}\W+)?\d{4}-\d\d-\d\d\W+\d\d:\d\d(?::\d\d)?\W*"
)
SENTENCE = Ending(r"""[.?!…»”"’')\]。？！؟」』]""")
STOP = Ending(r"""[.?!…。？！؟][»”"’')\]」』]?""")
CLOSED = Ending(r"""[.?!…:;,—–\-。？！؟：，、][»”"’')\]」』]?""")
OVERLEAF_NUMBER = Ending(r"\s/\s?(?P<number>\d{1,2})\.?")
DOCUMENT_NUMBER = re.compile(r"[A-Z][A-Z0-9.-]{0,15}(?:/[A-Za-z0-9.()-]{1,15}){1,6}")
PAGE_MARKS = ("page number", "running head", "contact")
DIGITS = re.compile(r"\d+")
COUNTED = re.compile(r"[\d#]")
HEADLINE = re.compile(r"(?:[^\W\d_][^:“”\"«»„]{1,60}:\s)?[“\"«„][^“”\"«»„]{8,150}[”\"»“]")
COPYRIGHT = re.compile(r"\W*©")
AFTER_END = re.compile(r"\s*[/\d]|\s{2,}")
MOST_WORDS = 15
LONGEST = 200
SHORT = 45
LONGEST_END = 60
FEWEST_RULES = 3


def furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Return {index of a line: why it is no speech} for lines that are page furniture wherever they stand."""
    running = _running_heads(lines)
    numbers = {line.text for line in lines if line.text.isdecimal()}
    reasons = {
        index: reason
        for index, line in enumerate(lines)
        if (reason := "running head" if index in running else _reason(lines, index, line.text, numbers))
    }
    return reasons | dict.fromkeys(_beside_page_numbers(lines, reasons), "running head")


def apart_from_rules(lines: Sequence[Line], reasons: Mapping[int, str]) -> Iterator[Line]:
    """Yield the lines of a page, those below a rule that returns set apart; a single one may be a scanner's.

    `reasons`: why lines are no speech, by their index.
    """
    often = Counter(lines[index].text for index, reason in reasons.items() if reason == "rule")
    for index, line in enumerate(lines):
        is_below = not line.gap and reasons.get(index - 1) == "rule" and often[lines[index - 1].text] >= FEWEST_RULES
        yield replace(line, gap=1) if is_below else line


def _reason(lines, index, text, numbers):
    """Return why one line is furniture, or None. A number below a label may be an answer, unless it counts on."""
    if len(text) > LONGEST:
        return None
    below_label = index and lines[index - 1].text.endswith((":", "："))
    if PAGE_NUMBER.fullmatch(text) and (not below_label or _counts_on(lines, index, text, numbers)):
        return "page number"
    reason = next((reason for test, reason in _tests() if test(text)), None)
    if reason:
        return reason
    after = _after_phrase(text)
    if after is not None and after.startswith((":", "：")) and not STOP.search(text):
        return "site footer"
    if not _stands_apart(lines, index) or SENTENCE.search(text):
        return None
    return "site footer" if after is not None else "site furniture" if _is_menu(text) else None


def _counts_on(lines, index, text, numbers):
    """Whether the number before this one stands alone on a line too, and a paragraph without a label follows."""
    if not text.isdecimal() or str(int(text) - 1) not in numbers or index + 1 == len(lines):
        return False
    below = lines[index + 1]
    return below.gap > 0 and not re.search("[:：]", below.text[:SHORT])


def _stands_apart(lines, index):
    """Whether a line is no part of a wrapped paragraph: the text above has its end and the one below begins anew."""
    above = lines[index - 1].text if index else ""
    below = lines[index + 1] if index + 1 < len(lines) else None
    begins = (
        not above or lines[index].gap or SENTENCE.search(above) or above.endswith((":", "：")) or len(above) < SHORT
    )
    return bool(begins) and (below is None or bool(below.gap) or not below.text[0].islower())


@cache
def _tests():
    """Tests of one line, each with the reason it gives."""
    return (
        (RULE.fullmatch, "rule"),
        (READING_TIME.fullmatch, "reading time"),
        (is_language_switch, "language switch"),
        (_is_contact, "contact"),
        (CLOCK.fullmatch, "clock time"),
        (STAMP.fullmatch, "time stamp"),
        (is_navigation, "navigation"),
        (COPYRIGHT.match, "copyright"),
    )


def _running_heads(lines):
    """Return the indexes of lines that return on every page: the same but for digits, and no sentence."""
    short = {index: line for index, line in enumerate(lines) if len(line.text) <= LONGEST and COUNTED.search(line.text)}
    masked = {index: DIGITS.sub("#", " ".join(line.text.split())) for index, line in short.items()}
    often = Counter(masked.values())
    return {
        index
        for (index, line), mask in zip(short.items(), masked.values(), strict=True)
        if often[mask] > 1 and (often[mask] > 2 or PHONE.search(line.text) or _is_page_head(line.text))
        if 10 < len(mask) < 150 and not SENTENCE.search(line.text) and not _is_label(line.text)
    } | _turned(lines)


def _turned(lines):
    """Return the indexes of heads that the foot of the page before or, on every page, a fax machine set."""
    short = ((index, line.text) for index, line in enumerate(lines) if len(line.text) < SHORT and ":" in line.text)
    faxed = {index for index, text in short if FAX_STAMP.fullmatch(text)}
    turned = {index for index in range(1, len(lines)) if _heads_next_page(lines[index - 1].text, lines[index].text)}
    return turned | (faxed if len(faxed) > 1 else set())


def _beside_page_numbers(lines, reasons):
    """Return the indexes of lines next to marks of pages that return there, or are the number of a document.

    The first that returns may be the title of the first page.
    """
    beside = [
        index
        for index, line in enumerate(lines)
        if index not in reasons and len(line.text) <= LONGEST and not SENTENCE.search(line.text)
        if not _is_label(line.text) and any(reasons.get(other) in PAGE_MARKS for other in (index - 1, index + 1))
    ]
    often = Counter(lines[index].text for index in beside)
    everywhere = Counter(line.text for line in lines)
    return {
        index
        for index in beside
        if DOCUMENT_NUMBER.fullmatch(lines[index].text)
        or (len(lines[index].text.split()) > 2 and everywhere[lines[index].text] - often[lines[index].text] == 1)
    }


def _heads_next_page(above, text):
    """Whether a line is a title with the number of the page that the line above calls for: “/ 2”, “TALKS 2-”."""
    is_head = len(text) < LONGEST and _is_page_head(text.strip(" -–"))
    turned = OVERLEAF_NUMBER.search(above) if is_head else None
    return bool(turned) and turned["number"] in DIGITS.findall(text)


def _is_page_head(text):
    """“2 HARBOUR TALKS”: a title in capitals beside the number of the page."""
    return text.isupper() and (text[0].isdigit() or text[-1].isdigit())


def _is_label(text):
    return text.endswith((":", "："))


def _is_contact(text):
    """A short line with a telephone number or a mail address that is no sentence; or an address alone."""
    if URL.fullmatch(text.strip("()[]<> ")):
        return True
    if len(text.split()) > MOST_WORDS or SENTENCE.search(text.rstrip(")")):
        return False
    return bool(PHONE.search(text) or ("@" in text and MAIL.search(text)))


def _after_phrase(text):
    """Return what follows the words of press offices and sites with which a line begins, or None.

    “Media enquiries: …”, “Photo: …”; “Смотрите также …”, “Read more about it” where no sentence begins with them.
    """
    folded = " ".join(text.casefold().split())
    if not folded.startswith(_tuple("opening_phrases")) or len(folded.split()) > 3 * MOST_WORDS:
        return None
    phrase = next(phrase for phrase in _tuple("opening_phrases") if folded.startswith(phrase))
    return folded[len(phrase.rstrip(": ")) :].lstrip()


def _is_menu(text):
    """Words of web pages side by side: “Suggest to a friend    Print”."""
    items = [item.strip(" :：…").casefold() for item in re.split(r"\s{2,}|\s[|•·/]\s", text.strip("•·| "))]
    return all(item in _phrases() for item in items if item) and any(items)


def is_end(text: str) -> bool:
    """Whether a line says that a transcript ends: ENDS, [Ends], EN’DS, 000---, ###, “END  1:52 P.M. EST”, “ENDS. 4”."""
    if len(text) > LONGEST_END:
        return False
    head = AFTER_END.split(text, maxsplit=1)[0]
    after = text[len(head) :].lstrip(" /")
    folded = re.sub(r"[\W_\d]", "", head.casefold())
    is_said = after and not (after.isdecimal() or CLOCK.fullmatch(after) or is_date_line(after))
    if folded not in _ends() or is_said:
        return bool(re.fullmatch(r"0{3}-*|(?:#\s?){3,}|-30-", text))
    return bool(after) or text.isupper() or text[0] in "[(-*" or len(key(text).split()) > 1 or folded in ("end", "ends")


def is_signature(text: str) -> bool:
    """Whether a line opens like the signature below written answers: “(signed) Ana Example”."""
    return len(text) <= LONGEST_END and text.casefold().startswith(_tuple("signed"))


def is_navigation(text: str) -> bool:
    """Whether a line is a trail or menu of a site: “Home > Press > Briefings”, “Home Print this page”."""
    return not SENTENCE.search(text) and (len(BREADCRUMB.findall(text)) > 1 or bool(_row_of_phrases().fullmatch(text)))


def is_language_switch(text: str) -> bool:
    """Whether a line is made of names of languages, each in its own: “English   Русский   Français”."""
    if len(text.split()) > MOST_WORDS:
        return False
    words = [word for word in BETWEEN_LANGUAGES.split(text) if word]
    if not 1 < len(words) <= MOST_WORDS:
        return False
    known = sum(bool(LOCALE.fullmatch(word)) or word.casefold() in _language_names() for word in words)
    return known * 4 >= len(words) * 3


def is_credit(text: str) -> bool:
    """Whether a line names who conducted or translated: “Interview: Erika Beispiel”."""
    head, colon, rest = text.partition(":")
    return bool(colon) and key(head) in load_credits() and len(rest.split()) <= MOST_WORDS


@cache
def load_credits() -> frozenset[str]:
    """Return the words before a colon that credit somebody or something and never ask or answer."""
    return frozenset(key(word) for word in load("words")["credits"])


@cache
def _language_names():
    """Return names of languages in themselves, in lower case, and their usual short forms."""
    return frozenset(load("furniture")["languages"])


@cache
def _phrases():
    return frozenset(load("furniture")["phrases"])


@cache
def _row_of_phrases():
    return re.compile(rf"(?:(?:{alternatives(_phrases())})(?:\s|$)){{2,}}", re.IGNORECASE)


@cache
def _tuple(name):
    return tuple(load("furniture")[name])


@cache
def _ends():
    return frozenset(re.sub(r"\W", "", word) for word in load("furniture")["end"])
