"""Lists of answers as files, read back by the programs that their formats are for."""

import csv
import io
import json
import re

import pytest
import rispy
from pybtex.database import parse_string

from interviews.listing import answers
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import add_source

pytestmark = pytest.mark.django_db
FORMS = ["csv", "jsonl", "bib", "ris"]
HOSTILE = '=HYPERLINK("https://evil.example")'


@pytest.fixture
def talks(settings):
    """Three answers of two interviews that speak of Libya, one of them hostile to spreadsheets, one of two lines."""
    exchanges = [("And Libya?", "Libya is near.\n\n“So” it is, 100 %."), ("=1+1, Libya?", f"{HOSTILE} Libya")]
    first = make_interview(exchanges, title="Talks & {more}", slug="talks", language="en")
    make_interview([("А Ливия?", "Libya, тоже.")], title="Беседа", slug="beseda", date="2021-02-03", language="ru")
    mention(first.turns.get(number="a1"), make_country("LY", "Libya"))
    reindex()
    return first


def taken(client, address="/search/?q=Libya&sort=oldest", form="csv"):
    response = client.get(f"{address}&format={form}" if "?" in address else f"{address}?format={form}")
    assert response.status_code == 200
    return response.getvalue().decode()


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def lines_of(text):
    return [json.loads(line) for line in text.splitlines()]


def test_table_holds_every_answer_in_the_order_on_screen(client, talks):
    rows = rows_of(taken(client))
    shown = [hit["url"] for hit in client.get("/search/?q=Libya&sort=oldest&format=json").json()["hits"]]
    assert [row["url"] for row in rows] == shown
    assert [row["number"] for row in rows] == ["a1", "a2", "a1"]


def test_table_opens_as_utf_8_and_no_cell_is_a_formula(client, talks):
    text = taken(client)
    assert text.startswith("\ufeffid,")
    row = rows_of(text)[1]
    assert (row["question"], row["text"]) == ("'=1+1, Libya?", f"'{HOSTILE} Libya")


def test_row_says_what_an_answer_is_and_what_it_speaks_of(client, talks):
    row = rows_of(taken(client))[0]
    known = {name: row[name] for name in ("date", "language", "speaker", "outlet", "countries", "text")}
    assert known == {
        "date": "2019-12-05",
        "language": "en",
        "speaker": "Ilan Moreau",
        "outlet": "Harbour Post",
        "countries": "LY",
        "text": "Libya is near.\n\n“So” it is, 100 %.",
    }
    assert f"?v={row['version']}" in row["citation"]


@pytest.mark.parametrize("form", FORMS)
def test_file_says_what_was_asked_where_and_when(client, talks, form):
    text = taken(client, form=form)
    assert "3 answers with Libya" in text
    assert "http://testserver/search/?q=Libya&sort=oldest" in text
    assert re.search(r"\b20\d\d-\d\d-\d\d\b", text)


def test_lines_of_json_are_the_records_of_the_pages(client, talks):
    first, *records = lines_of(taken(client, form="jsonl"))
    assert (first["type"], first["found"], first["listed"]) == ("list", 3, 3)
    alone = client.get("/interviews/2019/12/05/talks/a1/?format=json").json()
    assert records[0] == {name: alone[name] for name in records[0]}


def test_line_ends_within_a_text_part_no_line_of_json(client, talks):
    make_interview([("And?", "Libya\u2028again\u2029and\x85again.")], slug="lines")
    reindex()
    assert "Libya\u2028again\u2029and\x85again." in [
        record.get("text") for line in taken(client, form="jsonl").split("\n") if line for record in [json.loads(line)]
    ]


def test_bibliography_is_read_by_a_program_for_it(client, talks):
    entries = parse_string(taken(client, form="bib"), "bibtex").entries
    assert list(entries) == ["talks-2019-12-05-a1", "talks-2019-12-05-a2", "beseda-2021-02-03-a1"]
    assert entries["beseda-2021-02-03-a1"].fields["title"] == "{Беседа}"


def test_records_of_ris_are_read_by_a_program_for_it(client, talks):
    records = rispy.loads(taken(client, form="ris"))
    assert [record["title"] for record in records] == ["Talks & {more}", "Talks & {more}", "Беседа"]


@pytest.mark.parametrize("form", FORMS)
def test_text_that_may_not_be_passed_on_is_listed_without_its_words(client, talks, form):
    add_source(talks, redistribute=False, licence="For readers only.")
    text = taken(client, form=form)
    assert "Libya is near" not in text
    assert "Talks" in text


def test_withheld_answer_says_why_and_how_it_is_cited(client, talks):
    add_source(talks, redistribute=False, licence="For readers only.")
    row = rows_of(taken(client))[0]
    assert (row["text"], row["question"]) == ("", "")
    assert "For readers only." in row["withheld"]
    assert "Ilan" in row["citation"]


def test_page_of_an_entity_gives_its_answers(client, talks):
    rows = rows_of(taken(client, "/countries/libya/"))
    assert [row["number"] for row in rows] == ["a1"]
    assert rows[0]["search_url"] == "http://testserver/countries/libya/"


def test_page_of_a_speaker_gives_what_a_year_chose(client, talks):
    rows = rows_of(taken(client, "/people/ilan-moreau/?year=2021"))
    assert [row["text"] for row in rows] == ["Libya, тоже."]


def test_list_of_nothing_is_a_table_with_its_columns(client, talks):
    assert taken(client, "/search/?q=unicorn").startswith("\ufeffid,url,number")
    assert rows_of(taken(client, "/search/?q=unicorn")) == []


def test_longest_list_is_cut_and_says_so(client, talks, monkeypatch):
    monkeypatch.setattr(answers, "MOST", 2)
    first, *records = lines_of(taken(client, form="jsonl"))
    assert (first["found"], first["listed"], len(records)) == (3, 2, 2)


def test_answer_withdrawn_since_it_was_indexed_is_passed_over(client, talks):
    talks.turns.filter(number="a2").update(status="withdrawn")
    assert [row["number"] for row in rows_of(taken(client))] == ["a1", "a1"]


def test_queries_do_not_grow_with_the_list(client, talks, django_assert_max_num_queries):
    make_interview([("Libya?", f"Libya, {number}.") for number in range(40)], slug="long")
    reindex()
    with django_assert_max_num_queries(20):
        assert len(rows_of(taken(client))) == 43


def test_form_that_there_is_not_is_404_and_names_the_others(client, talks):
    response = client.get("/search/?q=Libya&format=exe")
    assert response.status_code == 404
    assert "format=csv" in response.content.decode()


def test_without_an_index_no_list_is_given(client):
    assert client.get("/search/?q=Libya&format=csv").status_code == 503
