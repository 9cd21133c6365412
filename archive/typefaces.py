"""Makes static/fonts/ from the typefaces of Adobe: Source Serif 4 and Source Sans 3, under the SIL Open Font Licence.

    python archive/typefaces.py FOLDER

FOLDER holds the unpacked npm packages `source-serif` (4.5.1) and `source-sans` (3.52.0). Wants fonttools and brotli;
nothing else needs them: the files made are kept with the code. Only what pages use is left: characters, weights, small
capitals, old-style figures. The licence reserves the name “Source” for the original, so the parts have one of
their own.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
ROMAN = "source-serif/VAR/SourceSerif4Variable-Roman.ttf"
ITALIC = "source-serif/VAR/SourceSerif4Variable-Italic.ttf"
SANS = "source-sans/VF/SourceSans3VF-Upright.ttf"

# The same ranges stand in static/css/fonts.css.
LATIN = (
    "0020-007E,00A0-017F,0192,0218-021B,02C6-02C7,02D8-02DD,1E9E,2010-2027,2030,2032-2033,2039-203A,2044,20AC,2116,2122,"
    "2190-2193,2212,FB01-FB02"
)
CYRILLIC = "0400-045F,0490-0491"
CYRILLIC_OF_ASIA = "0462-0463,0472-0475,0492-04FF"
GREEK = "0370-03FF"
VIETNAMESE = "01A0-01A1,01AF-01B0,0300-0304,0306-030C,0323,0326-0328,1EA0-1EF9,20AB"

WORDS = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
TEXT = [*WORDS, "onum", "pnum"]
FACE = ["kern", "ccmp", "locl", "pnum"]
CAPITALS = ["smcp", "c2sc"]
TEXT_SIZE = {"wght": 400, "opsz": 14}
TITLE_SIZE = {"wght": 400, "opsz": 36}
WEIGHTS = {"wght": (400, 600)}

PARTS = [
    ("serif-latin", ROMAN, TEXT_SIZE, LATIN, TEXT),
    ("serif-cyrillic", ROMAN, TEXT_SIZE, CYRILLIC, TEXT),
    ("serif-cyrillic-of-asia", ROMAN, TEXT_SIZE, CYRILLIC_OF_ASIA, TEXT),
    ("serif-greek", ROMAN, TEXT_SIZE, GREEK, TEXT),
    ("serif-vietnamese", ROMAN, TEXT_SIZE, VIETNAMESE, TEXT),
    ("serif-italic-latin", ITALIC, TEXT_SIZE, LATIN, TEXT),
    ("serif-italic-cyrillic", ITALIC, TEXT_SIZE, CYRILLIC, TEXT),
    ("serif-titles-latin", ROMAN, TITLE_SIZE, LATIN, WORDS),
    ("sans-latin", SANS, WEIGHTS, LATIN, [*FACE, *CAPITALS]),
    ("sans-cyrillic", SANS, WEIGHTS, CYRILLIC, FACE),
    ("sans-cyrillic-of-asia", SANS, WEIGHTS, CYRILLIC_OF_ASIA, FACE),
    ("sans-greek", SANS, WEIGHTS, GREEK, FACE),
    ("sans-vietnamese", SANS, WEIGHTS, VIETNAMESE, FACE),
]


def cut(path: Path, limits: dict, characters: str, features: list[str], name: str) -> TTFont:
    """Return the font in `path` with these axes, characters and features only, named `name`."""
    font = TTFont(path)
    options = Options(layout_features=features, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    options.drop_tables += ["STAT", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(characters))
    subsetter.subset(font)
    font = instantiateVariableFont(font, limits)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    font.flavor = "woff2"
    return font


def main() -> None:
    folder = Path(sys.argv[1])
    FONTS.mkdir(exist_ok=True)
    for part, source, limits, characters, features in PARTS:
        name = "Interview Sans" if source == SANS else "Interview Serif"
        cut(folder / source, limits, characters, features, name).save(FONTS / f"{part}.woff2")
    for package in ("source-serif", "source-sans"):
        (FONTS / f"{package}-licence.txt").write_bytes((folder / package / "LICENSE.md").read_bytes())


if __name__ == "__main__":
    main()
