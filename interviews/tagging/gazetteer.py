"""The names that the tagger knows: data files that a person edits, checked whenever they are loaded.

`data/countries.json` and `data/masks.txt`; `data/README.md` tells their form and where they come from.
"""

import functools
import json
import re
from dataclasses import MISSING, dataclass, field, fields
from difflib import get_close_matches
from itertools import accumulate, pairwise
from pathlib import Path

DATA = Path(__file__).parent / "data"
STATUSES = ("state", "observer", "disputed", "partly recognised", "territory", "historical")
LONGEST_NAME = 120
DEPTH = {"{": 1, "}": -1}


class GazetteerError(Exception):
    """A data file cannot be used; the message names the file, the line, the entry and the mend."""

    def __init__(self, path: Path, entry: str, mend: str):
        is_placed = entry.startswith(("line ", "the file"))
        super().__init__(f"{path.name}, {entry if is_placed else placed(path, entry)}: {mend}")


def placed(path: Path, entry: str) -> str:
    """Return an entry with the line where a JSON or TOML file says something of it: “line 12, NO”."""
    text = path.read_text(encoding="utf-8", errors="replace")
    key = re.escape(entry.partition(", ")[0].strip("“”"))
    found = re.search(f'^{key} *=|"{key}" *:', text, re.MULTILINE) or re.search(f'"{key}"', text)
    return f"line {line_at(text, found.start())}, {entry}" if found else entry


def line_at(text: str | bytes, place: int) -> int:
    """Return the line, counted from 1, of a place in a file."""
    return text.count("\n" if isinstance(text, str) else b"\n", 0, place) + 1


@dataclass(frozen=True, slots=True)
class Country:
    """One entry of countries.json.

    `code`: ISO 3166-1 alpha-2, or SU, YU, CS, DD, XK; `qid`: Wikidata; `metonyms`: seats of government that may
    stand for the state, `capitals`: those that never do; `i18n`: language -> its name there.
    """

    code: str
    qid: str
    status: str
    i18n: dict[str, str]
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    plural_demonyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    former: tuple[str, ...] = ()
    i18n_names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    i18n_demonyms: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The English name, as CLDR has it."""
        return self.i18n["en"]

    @property
    def is_historical(self) -> bool:
        return self.status == "historical"

    def names_in(self, language: str) -> tuple[str, ...]:
        """Every name in a language, the usual one first."""
        usual = (self.i18n[language],) if language in self.i18n else ()
        return usual + (self.names + self.former if language == "en" else self.i18n_names.get(language, ()))

    def demonyms_in(self, language: str) -> tuple[str, ...]:
        """Adjectives and names of the people in a language."""
        return self.demonyms + self.plural_demonyms if language == "en" else self.i18n_demonyms.get(language, ())


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All that the data files say.

    `prefixes`: "Russo" -> RU; by language: `ambiguous` forms with their possible codes, the likeliest first,
    `shared` forms that name several countries at once, `masks` that name none.
    """

    countries: dict[str, Country]
    prefixes: dict[str, str]
    ambiguous: dict[str, dict[str, tuple[str, ...]]]
    shared: dict[str, dict[str, tuple[str, ...]]]
    masks: dict[str, tuple[str, ...]]

    @property
    def languages(self) -> set[str]:
        """The languages in which countries have names."""
        return {language for country in self.countries.values() for language in country.i18n}


@functools.cache
def load_gazetteer(folder: Path = DATA) -> Gazetteer:
    """Read and check the data files of a folder, once a process. Raises GazetteerError."""
    path = folder / "countries.json"
    data = read_json(path)
    check_fields(path, "line 1", data, {"countries", "prefixes", "ambiguous", "shared"})
    for part, entries in data.items():
        check_object(path, part, entries)
    countries = {key: read_country(path, key, entry) for key, entry in data["countries"].items()}
    check_owners(path, countries)
    codes = {
        part: {language: read_codes(path, countries, forms) for language, forms in data[part].items()}
        for part in ("ambiguous", "shared")
    }
    prefixes = {prefix: code for prefix, (code,) in read_codes(path, countries, wrap(data["prefixes"])).items()}
    return Gazetteer(countries, prefixes, codes["ambiguous"], codes["shared"], read_masks(folder / "masks.txt"))


def wrap(codes: dict[str, str]) -> dict[str, list[str]]:
    return {form: [code] for form, code in codes.items()}


def read_json(path: Path) -> dict:
    text = read_text(path)

    def without_repeats(pairs):
        keys = [key for key, _ in pairs]
        repeated = next((key for key in keys if keys.count(key) > 1), None)
        if repeated is not None:
            entry = f"line {line_of_repeat(text, repeated)}, {repeated}"
            raise GazetteerError(path, entry, "stands twice; merge the two entries.")
        return dict(pairs)

    try:
        return json.loads(text, object_pairs_hook=without_repeats)
    except json.JSONDecodeError as error:
        raise GazetteerError(path, f"line {error.lineno}", f"is no JSON ({error.msg}); mend it there.") from error


def line_of_repeat(text: str, key: str) -> int:
    """Return the line where a key stands a second time in one object: no brace between parts it from the first."""
    places = [found.start() for found in re.finditer(f'"{re.escape(key)}"\\s*:', text)]
    for first, second in pairwise(places):
        depths = list(accumulate(DEPTH.get(character, 0) for character in text[first:second]))
        if depths[-1] == 0 and min(depths) == 0:
            return line_at(text, second)
    return line_at(text, places[-1] if places else 0)


def read_text(path: Path) -> str:
    """Return the text of a data file. Raises GazetteerError where it is missing or no UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GazetteerError(path, "the file", f"cannot be read ({error.strerror}); put it back.") from error
    except UnicodeDecodeError as error:
        line = line_at(error.object, error.start)
        raise GazetteerError(path, f"line {line}", "is no UTF-8; save the file as UTF-8.") from error


def check_object(path: Path, entry: str, found) -> None:
    if not isinstance(found, dict):
        raise GazetteerError(path, entry, "must be an object in braces { }.")


def check_fields(path: Path, entry: str, found, wanted: set[str], optional: frozenset[str] = frozenset()) -> None:
    check_object(path, entry, found)
    missing, unknown = sorted(wanted - found.keys()), sorted(found.keys() - wanted - optional)
    if unknown:
        mend = mend_of_name(unknown[0], [*missing, *sorted(optional - found.keys())])
        raise GazetteerError(path, entry, f"has the unknown field {unknown[0]}; {mend}.")
    if missing:
        raise GazetteerError(path, entry, f"lacks {', '.join(missing)}; add it.")


def mend_of_name(unknown: str, absent: list[str]) -> str:
    """Return what to do about a name that nobody knows: it may be one that is absent, misspelt."""
    near = get_close_matches(unknown, absent, n=1)
    return f"it seems to be {near[0]}, misspelt: write that" if near else "mend its spelling or remove it"


def read_country(path: Path, key: str, entry) -> Country:
    """Return one entry as a Country, or tell what is wrong with it."""
    optional = {f.name for f in fields(Country) if f.default is not MISSING or f.default_factory is not MISSING}
    check_fields(path, key, entry, {f.name for f in fields(Country)} - optional, frozenset(optional))
    check_facts(path, key, entry)
    values = {}
    for name, value in entry.items():
        if name in ("code", "qid", "status"):
            values[name] = value
        elif name == "i18n":
            values[name] = {language: read_name(path, key, form) for language, form in value.items()}
        elif name.startswith("i18n_"):
            values[name] = {language: read_names(path, key, forms) for language, forms in value.items()}
        else:
            values[name] = read_names(path, key, value)
    return Country(**values)


def check_facts(path: Path, key: str, entry: dict) -> None:
    if entry["code"] != key or not re.fullmatch(r"[A-Z]{2}", key):
        raise GazetteerError(path, key, "the code must be two capital letters and the same as the entry's name.")
    if not re.fullmatch(r"Q[1-9][0-9]*", str(entry["qid"])):
        raise GazetteerError(path, key, f"qid {entry['qid']!r} is no Wikidata identifier, such as Q38.")
    if entry["status"] not in STATUSES:
        raise GazetteerError(path, key, f"status {entry['status']!r} must be one of: {', '.join(STATUSES)}.")
    for name in (name for name in entry if name.startswith("i18n")):
        check_fields(path, f"{key}, {name}", entry[name], set(), frozenset(entry[name]))
    if "en" not in entry["i18n"]:
        raise GazetteerError(path, key, "has no English name; add i18n.en.")


def read_name(path: Path, entry: str, form) -> str:
    if not isinstance(form, str) or not form or form != " ".join(form.split()) or len(form) > LONGEST_NAME:
        raise GazetteerError(path, entry, f"{form!r:.60} must be a name of at most {LONGEST_NAME} characters.")
    return form


def read_names(path: Path, entry: str, forms) -> tuple[str, ...]:
    if not isinstance(forms, list):
        raise GazetteerError(path, entry, "names must be a list in brackets [ ].")
    names = tuple(read_name(path, entry, form) for form in forms)
    if len(set(names)) < len(names):
        raise GazetteerError(path, entry, "names one form twice; remove one.")
    return names


def check_owners(path: Path, countries: dict[str, Country]) -> None:
    """No two countries may own one Wikidata identifier."""
    owners: dict[str, str] = {}
    for code, country in countries.items():
        if owners.setdefault(country.qid, code) != code:
            raise GazetteerError(path, code, f"{country.qid} is already {owners[country.qid]}; correct one.")


def read_codes(path: Path, countries: dict[str, Country], forms) -> dict[str, tuple[str, ...]]:
    for form, codes in forms.items():
        read_name(path, form, form)
        unknown = next((code for code in codes if code not in countries), None)
        if unknown is not None:
            raise GazetteerError(path, form, f"{unknown} is no country of this file.")
    return {form: tuple(codes) for form, codes in forms.items()}


def read_masks(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the masks by language; a line [ru] starts those of a language."""
    masks: dict[str, list[str]] = {}
    language = "en"
    for number, line in enumerate(read_text(path).splitlines(), 1):
        phrase = line.strip()
        if header := re.fullmatch(r"\[([a-z]{2})\]", phrase):
            language = header[1]
        elif phrase and not phrase.startswith("#"):
            masks.setdefault(language, []).append(read_name(path, f"line {number}", phrase))
    return {language: tuple(phrases) for language, phrases in masks.items()}
