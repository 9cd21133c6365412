"""The tables of persons, organisations, places, documents and events, and what makes one unusable."""

import itertools

import pytest

from interviews.tagging.gazetteer import DATA, GazetteerError
from interviews.tagging.registry import COLUMNS, FILES, LONGEST, Office, load_registry, read_rows

HEADER = ",".join(COLUMNS)
NORDIC = "organisation,Nordic Lighthouse Council,nordic-lighthouse-council,,,NLC,,,Keeps the lighthouses."


@pytest.fixture
def folder(tmp_path):
    """The countries, and tables without a row."""
    for name in ("countries.json", "masks.txt"):
        (tmp_path / name).write_bytes((DATA / name).read_bytes())
    for name in FILES:
        write(tmp_path, name)
    (tmp_path / "ambiguous.csv").write_text("language,form,candidates\n")
    return tmp_path


def write(folder, name, *rows, header=HEADER):
    (folder / name).write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def row(**cells):
    cells = {"kind": "person", "name": "Ana Velt", "slug": "ana-velt"} | cells
    return ",".join(f'"{cells.get(column, "")}"' for column in COLUMNS)


def read(*rows):
    return list(read_rows([f"{line}\n" for line in (HEADER, *rows)]))


def known(**cells):
    (one,) = read(row(**cells))
    assert one.problems == ()
    return one.known


def problems(**cells):
    (one,) = read(row(**cells))
    assert one.known is None
    return " ".join(one.problems)


def complaint(folder):
    with pytest.raises(GazetteerError) as error:
        load_registry(folder)
    return str(error.value)


def test_tables_of_the_project_know_every_kind():
    assert {entry.kind for entry in load_registry().known} == set(FILES.values())


@pytest.mark.parametrize("name", FILES)
def test_rows_of_the_project_stand_in_the_order_of_their_slugs(name):
    slugs = [row.known.key for row in read_rows((DATA / name).read_text(encoding="utf-8").splitlines(keepends=True))]
    assert slugs == sorted(slugs)


def test_name_comes_first_among_the_names_and_aliases_bear_their_language():
    names = known(aliases="Anna Velt; ru:Ана Вельт;  de:Anna  Velt ; Ana Velt").names
    assert names == (("en", "Ana Velt"), ("en", "Anna Velt"), ("ru", "Ана Вельт"), ("de", "Anna Velt"))


@pytest.mark.parametrize(
    ("cell", "surname", "alone"),
    [("", "Velt", "Velt"), ("-", "Velt", ""), ("Ana", "Ana", "Ana"), ("-Ana", "Ana", "")],
)
def test_alone_tells_which_part_of_a_name_stands_alone_or_only_after_a_title(cell, surname, alone):
    entry = known(alone=cell)
    assert (entry.surname, entry.alone) == (surname, alone)


def test_only_persons_have_a_surname():
    entry = known(kind="place", name="Velt Strait", slug="velt-strait")
    assert (entry.surname, entry.alone) == ("", "")


def test_offices_have_years_or_months_and_may_be_open():
    offices = known(offices="President 2001..2009-02; Envoy 2010.. ; Judge").offices
    assert offices == (Office("President", "2001", "2009-02"), Office("Envoy", "2010", ""), Office("Judge", "", ""))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"kind": "animal"}, "kind 'animal' must be one of: person, organisation"),
        ({"name": ""}, "name is empty"),
        ({"name": "…"}, "name is empty"),
        ({"slug": "Ana Velt"}, "slug 'Ana Velt' must be small letters"),
        ({"slug": "ana--velt"}, "parted by single hyphens"),
        ({"wikidata": "1065"}, "wikidata '1065' is no Wikidata identifier"),
        ({"wikidata": "Q01"}, "correct it or leave it empty"),
        ({"country": "Norway"}, "country 'Norway' must be an ISO code"),
        ({"aliases": "ru:; Anna"}, "alias 'ru:' is no name"),
        ({"alone": "Velten"}, "alone 'Velten' must be a part of the name"),
        ({"kind": "place", "alone": "Velt"}, "alone is for persons only"),
        ({"kind": "place", "offices": "Mayor"}, "offices is for persons only"),
        ({"offices": "President 20001..2009"}, "must end with years such as 2009..2013"),
        ({"offices": "President 2009-13..2010"}, "must end with years"),
        ({"offices": "President 2010..2009"}, "ends before it begins"),
    ],
)
def test_bad_cell_is_told_with_its_mend(cells, expected):
    assert expected in problems(**cells)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("<b>Ana</b> Velt", "name holds markup ('<'); write plain text"),
        ("Ana &lt;script&gt; Velt", "name holds markup"),
        ("Ana\u202etleV", "name holds the hidden character U+202E; remove it"),
        ("Ana\u200f Velt", "U+200F"),
        ("Ana\x00 Velt", "U+0000"),
        ("Ana\ud800 Velt", "U+D800"),
        ("A" * (LONGEST + 1), "name is too long"),
        ("A" * 10_000, "name is too long"),
    ],
)
def test_hostile_name_is_refused(name, expected):
    assert expected in problems(name=name, slug="ana-velt")


@pytest.mark.parametrize("column", [column for column in COLUMNS if column != "name"])
def test_no_cell_may_hide_anything(column):
    assert f"{column} holds the hidden character U+202E" in problems(**{column: "a\u202eb"})


def test_joiners_of_persian_an_ampersand_and_a_name_of_the_longest_length_are_no_offence():
    assert known(aliases="fa:علی\u200cرضا; Velt & Sons; " + "V" * LONGEST)


def test_row_tells_all_its_problems_and_the_others_are_read_on():
    bad, good = read(row(kind="animal", wikidata="7", country="no"), row())
    assert (bad.line, len(bad.problems)) == (2, 3)
    assert (good.line, good.known.key) == (3, "ana-velt")


def test_row_of_another_length_and_one_with_a_broken_quotation_mark_are_told():
    short, broken, good = read("person,Ana Velt", 'person,"Ana" Velt', row())
    assert "has 2 cells instead of 9" in short.problems[0]
    assert "mend its quotation marks" in broken.problems[0]
    assert good.known


def test_empty_rows_are_passed_over_and_columns_may_stand_in_any_order():
    (one,) = read_rows([",".join(reversed(COLUMNS)) + "\n", ",,,,,,,,\n", "\n", ",,,,,,ana-velt,Ana Velt,person\n"])
    assert (one.line, one.known.name) == (4, "Ana Velt")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (HEADER.replace("slug,", ""), "the column slug is missing; add it"),
        (HEADER + ",colour", "the column 'colour' is not known"),
        (HEADER + ",note", "the column note stands twice"),
        ("", "the header is missing"),
    ],
)
def test_bad_header_is_told_once(folder, header, expected):
    write(folder, "people.csv", *([row()] * 3 if header else []), header=header)
    assert complaint(folder).count("\n") == 0
    assert f"people.csv, line 1: {expected}" in complaint(folder)


def test_any_number_of_rows_is_read_one_by_one():
    rows = itertools.chain([HEADER + "\n"], itertools.repeat(row() + "\n"))
    assert sum(1 for _ in itertools.islice(read_rows(rows), 1000)) == 1000


def test_all_faults_of_all_tables_are_told_in_order_and_many_are_counted(folder):
    write(folder, "people.csv", row(), row(slug="b", wikidata="5"), row(slug="c", country="no"))
    write(folder, "places.csv", row(kind="place", slug="Q"))
    lines = complaint(folder).splitlines()
    assert [line.split(": ")[0] for line in lines] == ["people.csv, line 3", "people.csv, line 4", "places.csv, line 2"]
    write(folder, "places.csv", *[row(kind="place", slug="Q")] * 30)
    assert complaint(folder).splitlines()[-1].startswith("and ")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(), row(name="Ana Veltova")], "people.csv, line 3: slug ana-velt is already that of “Ana Velt”, line 2"),
        ([row(wikidata="Q5"), row(slug="b", name="B", wikidata="Q5")], "line 3: wikidata Q5 is already that of"),
        ([row(slug="")], "line 2: slug is empty; give the entity one"),
        ([row(kind="place")], "line 2: place in the file of kind person; move the row"),
        ([row(country="QQ")], "line 2: country QQ is not in countries.json"),
        ([row(), row(slug="b")], "line 3: “Ana Velt” is also claimed by “Ana Velt”, line 2 of people.csv; declare it"),
        ([row(aliases="Norway")], "line 2: “Norway” is also claimed by the country NO"),
        ([row(aliases="ru:Норвегия")], "line 2: “Норвегия” is also claimed by the country NO"),
    ],
)
def test_rows_that_do_not_agree_stop_the_load(folder, rows, expected):
    write(folder, "people.csv", *rows)
    assert expected in complaint(folder)


def test_slug_may_be_the_same_in_two_kinds_and_a_form_the_same_in_two_languages(folder):
    write(folder, "people.csv", row(aliases="de:Velt"))
    write(folder, "places.csv", row(kind="place", name="Velt"))
    assert len(load_registry(folder).known) == 2


def test_form_of_two_entities_may_be_declared_ambiguous(folder):
    write(folder, "organisations.csv", NORDIC, NORDIC.replace("Nordic", "Northern").replace("nordic", "northern"))
    assert "organisations.csv, line 3: “NLC” is also claimed" in complaint(folder)
    declare(folder, "en,NLC,organisation:northern-lighthouse-council; organisation:nordic-lighthouse-council; -")
    candidates = load_registry(folder).ambiguous["en", "NLC"]
    assert candidates == (
        ("organisation", "northern-lighthouse-council"),
        ("organisation", "nordic-lighthouse-council"),
        None,
    )


def declare(folder, *rows):
    (folder / "ambiguous.csv").write_text("\n".join(["language,form,candidates", *rows, ""]), encoding="utf-8")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["en,NLC,organisation:nobody; -"], "the candidate 'organisation:nobody' is not known"),
        (["en,NLC,nordic; -"], "write kind:slug of a row, country:CODE or -"),
        (["en,NLC,organisation:nordic-lighthouse-council"], "needs two different candidates"),
        (["en,,country:NO; country:SE"], "form is empty"),
        (["english,NLC,country:NO; country:SE"], "language 'english' must be a code"),
        (["en,N\u200eLC,country:NO; country:SE"], "form holds the hidden character U+200E"),
        (["en,X,country:NO; -", "en,X,country:SE; -"], "line 3: “X” stands twice"),
        (["en,NLC,country:NO; -"], "is in ambiguous.csv without organisation:nordic-lighthouse-council"),
    ],
)
def test_bad_declaration_is_told(folder, rows, expected):
    write(folder, "organisations.csv", NORDIC)
    declare(folder, *rows)
    assert expected in complaint(folder)


def test_empty_table_is_told_as_such_and_not_by_those_who_speak_of_its_entries(folder):
    declare(folder, "en,NLC,organisation:nordic-lighthouse-council; country:NO")
    (folder / "organisations.csv").write_text("")
    assert complaint(folder) == f"organisations.csv, line 1: the header is missing; the first line must be {HEADER}."


def test_table_may_begin_with_a_byte_order_mark(folder):
    path = folder / "people.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\r\n{row()}\r\n".encode())
    assert load_registry(folder).known[0].name == "Ana Velt"


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"kind\n\xff\xfe", "people.csv, line 2: is no UTF-8"), (None, "people.csv, the file: cannot be read")],
)
def test_file_that_is_no_text_or_missing_is_told(folder, content, expected):
    path = folder / "people.csv"
    path.unlink() if content is None else path.write_bytes(content)
    assert expected in complaint(folder)
