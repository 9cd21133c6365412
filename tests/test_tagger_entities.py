"""Which entities other than countries are found, and how sure that is. All sentences are invented."""

import gc
import itertools
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.tagging.cues import load_heads, load_people
from interviews.tagging.gazetteer import GazetteerError
from interviews.tagging.registry import Known, Office, Registry
from interviews.tagging.tagger import COUNTS_FROM, SURE_FROM, Present, Setting, Tagger
from interviews.tagging.words import words_of


def known(kind, name, key=None, *aliases, **facts):
    """An entity; `alone`: the part of a person's name that stands alone, "" where it needs a title."""
    names = tuple(("en", form) for form in (name, *aliases))
    surname = facts.pop("surname", facts.get("alone") or name.split()[-1])
    others = {"alone": surname if kind == "person" else "", "country": "", "wikidata": "", "offices": (), "note": ""}
    key = key or name.lower().replace(" ", "-")
    return Known(kind=kind, key=key, name=name, names=names, surname=surname, **others | facts)


REGISTRY = Registry(
    (
        known("person", "Ana Hale", None, offices=(Office("Foreign Minister of Norway", "2010", "2014"),)),
        known("person", "Viktor Berg", "viktor-berg", offices=(Office("President of Norway", "2001", "2009"),)),
        known("person", "Olga Berg", "olga-berg", offices=(Office("President of Norway", "2015", ""),)),
        known("person", "Ruth Power", "ruth-power"),
        known("person", "Andrei Orlov", "andrei-orlov"),
        known("person", "Tom Wang", "tom-wang", alone=""),
        known("person", "Sven van der Meer", "sven-van-der-meer", alone="van der Meer"),
        known("organisation", "Council of Fjords", "council-of-fjords", "CF"),
        known("organisation", "Norwegian Sea Guard", "sea-guard"),
        known("organisation", "Union of Ports", "union-of-ports"),
        known("organisation", "Seaport Board", "seaport-board"),
        known("organisation", "Norwegian Harbour Court", "harbour-court", country="NO"),
        known("organisation", "Swedish Harbour Court", "swedish-court", country="SE"),
        known("place", "Oslo", "oslo", country="NO"),
        known("place", "Hague", "hague", "The Hague"),
        known("place", "Sofia", "sofia", country="BG"),
        known("place", "Norwegian Sea", "norwegian-sea"),
        known("document", "Harbour Treaty", "harbour-treaty", "Treaty of Harbours"),
        known("event", "Winter Talks", "winter-talks"),
    ),
    {
        ("en", "Harbour Court"): (("organisation", "harbour-court"), ("organisation", "swedish-court")),
        ("en", "Board"): (("organisation", "seaport-board"), None),
        ("en", "Defence Board"): (("organisation", "seaport-board"), None),
        ("en", "Union"): (None, ("organisation", "union-of-ports")),
    },
)
TAGGER = Tagger(registry=REGISTRY)


def found(*texts, kind=None, least=COUNTS_FROM, **setting):
    """What counts in the turns of a document: (surface, key, or the name where nobody knows a key)."""
    tags = TAGGER.tag(texts, setting=Setting(**setting))
    return [
        [(tag.surface, tag.key or tag.name) for tag in turn if tag.confidence >= least and kind in (None, tag.kind)]
        for turn in tags
    ]


def people(text, **setting):
    return found(text, kind="person", **setting)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We spoke with Ana Hale.", [("Ana Hale", "ana-hale")]),
        ("We spoke with Foreign Minister Luis Ortega Ruiz.", [("Luis Ortega Ruiz", "Luis Ortega Ruiz")]),
        ("We met Sofia Ruiz, not in Sofia.", [("Sofia Ruiz", "Sofia Ruiz")]),
        ("Shri Ortega and Vice Premier Ruiz came.", [("Ortega", "Ortega"), ("Ruiz", "Ruiz")]),
        ("We spoke with Mr. Ruiz and Dr Amara.", [("Ruiz", "Ruiz"), ("Amara", "Amara")]),
        ("President of Norway Luis Ruiz came.", [("Luis Ruiz", "Luis Ruiz")]),
        ("Ambassador to Norway, Luis Ruiz, came.", [("Luis Ruiz", "Luis Ruiz")]),
        ("Presidents Ruiz and Amara came.", [("Ruiz", "Ruiz"), ("Amara", "Amara")]),
        ("Freyd Morrow, Prime Minister of Norway, came.", [("Freyd Morrow", "Freyd Morrow")]),
        ("Qiao Lanfen came.", [("Qiao Lanfen", "Qiao Lanfen")]),
        ("A friend, Gayle Ortega, came.", [("Gayle Ortega", "Gayle Ortega")]),
        ("Minister Ursula von der Aa came.", [("Ursula von der Aa", "Ursula von der Aa")]),
        ("Mr Abu al-Karim and Mr O’Leary came.", [("Abu al-Karim", "Abu al-Karim"), ("O’Leary", "O’Leary")]),
        ("General John W. Ruiz-Ortega Jr came.", [("John W. Ruiz-Ortega Jr", "John W. Ruiz-Ortega Jr")]),
        ("We met Sven Van der Meer.", [("Sven Van der Meer", "sven-van-der-meer")]),
        ("Mr Di Ruiz met Minister De Croix.", [("Di Ruiz", "Di Ruiz"), ("De Croix", "De Croix")]),
        ("A. Hale wrote.", [("A. Hale", "ana-hale")]),
        ("Andrey A. Orlov wrote.", [("Andrey A. Orlov", "andrei-orlov")]),
        ("Minister Ana Maria Hale wrote.", [("Ana Maria Hale", "ana-hale")]),
    ],
)
def test_person_is_found_by_name_office_or_given_name(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Foreign Minister of Norway came.",
        "The Seaport Board, President of Norway in tow, came.",
        "Assistant Secretary for East Asian and Pacific Affairs",
        "Mr. Secretary, Madam President, Mr Prime Minister, thank you.",
        "The President said that the Minister knew.",
        "President Thursday, Minister Thank you.",
        "Will Norway agree? Mark Norway’s words.",
        "Thanks, Gayle. Norway comes next.",
        "The Prime Minister’s Office and the General Assembly agree.",
        "Power is what they want.",
        "Wang spoke.",
    ],
)
def test_title_or_word_alone_is_no_person(text):
    assert people(text) == []


def test_surname_means_who_is_named_in_full_in_the_interview():
    (first, second) = found("What says Berg?", "Viktor Berg says nothing.", kind="person", least=SURE_FROM)
    assert first == [("Berg", "viktor-berg")]
    assert second == [("Viktor Berg", "viktor-berg")]
    assert people("Luis Ruiz left. Then Ruiz came back.") == [("Luis Ruiz", "Luis Ruiz"), ("Ruiz", "Luis Ruiz")]


def test_surname_that_is_a_word_is_a_name_only_amid_a_sentence():
    text = "Ruth Power spoke. Power is nice. We heard Power speak."
    assert people(text) == [("Ruth Power", "ruth-power"), ("Power", "ruth-power")]


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("President Berg came.", date(2005, 5, 1), "viktor-berg"),
        ("President Berg came.", date(2016, 5, 1), "olga-berg"),
        ("President Berg came.", date(2012, 5, 1), "viktor-berg"),
        ("Berg came.", date(2016, 5, 1), "olga-berg"),
        ("Foreign Minister Hale came.", date(2012, 5, 1), "ana-hale"),
    ],
)
def test_office_and_day_tell_who_of_one_surname_is_meant(text, day, expected):
    assert [key for _, key in people(text, date=day)] == [expected]


def test_two_of_one_surname_in_one_interview_are_proposals():
    tags = TAGGER.tag(["Viktor Berg met Olga Berg. Berg smiled."])[0]
    assert [(tag.key, tag.confidence < COUNTS_FROM) for tag in tags[2:]] == [("olga-berg", True), ("viktor-berg", True)]


def test_surname_that_is_too_common_needs_a_title():
    assert people("Tom Wang and then Wang spoke.") == [("Tom Wang", "tom-wang"), ("Wang", "tom-wang")]
    assert people("Minister Wang spoke.") == [("Wang", "tom-wang")]


def test_other_given_name_makes_another_person():
    assert people("We met Young Hale there.") == [("Young Hale", "Young Hale")]


def test_who_takes_part_is_known_in_the_interview():
    present = (Present("Luis Ruiz", "", "", ""), Present("A. Berg", "", "", "#7"), Present("Ana Hale"))
    text = "Mr Ruiz, Mr Berg, Ms Hale"
    assert people(text, people=present) == [("Ruiz", "@Luis Ruiz"), ("Berg", "#7"), ("Hale", "ana-hale")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Council of Fjords (CF) met; CF agreed.", ["council-of-fjords"] * 3),
        ("The National Harbour Institute met.", ["National Harbour Institute"]),
        ("The Office of Legal Counsel wrote.", ["Office of Legal Counsel"]),
        ("The Trade and Harbour Agency wrote.", ["Trade and Harbour Agency"]),
        ("Norway’s Prosecutor General’s Office wrote.", ["Prosecutor General’s Office"]),
        (
            "The Southern Harbour Development Circle (SHDC) met. SHDC agreed.",
            ["Southern Harbour Development Circle"] * 3,
        ),
        ("The Norwegian Embassy and the German Parliament know.", []),
        ("The Council met the Committee.", []),
        ("They sit on the Board.", ["seaport-board"]),
        ("They sit on the Swedish Board.", []),
        ("The Defense Board met the Swedish Defense Board.", ["seaport-board", "Swedish Defense Board"]),
        ("The Union Harbour Agency wrote.", ["Union Harbour Agency"]),
        ("The Bergen Harbour Court and the Harbour Court met.", ["Bergen Harbour Court", "harbour-court"]),
        ("The Italian Harbour Court met.", ["Italian Harbour Court"]),
        ("The Harbour Court of Sweden met the Board of Sweden.", ["swedish-court"]),
        ("They need the Union.", []),
        ("The Union of Ports met. They need the Union.", ["union-of-ports"] * 2),
    ],
)
def test_organisation_is_found_by_name_head_or_acronym(text, expected):
    assert [key for _, key in found(text, kind="organisation")[0]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Harbour Treaty and the Treaty of Harbours hold.", ["harbour-treaty"] * 2),
        ("The Treaty of Bergen and the Bergen Convention hold.", ["Treaty of Bergen", "Bergen Convention"]),
        ("The Convention on Mutual Help in Criminal Matters holds.", ["Convention on Mutual Help in Criminal Matters"]),
        (
            "Resolution 2254 and UNSCR 1701 hold.",
            ["UN Security Council Resolution 2254", "UN Security Council Resolution 1701"],
        ),
        (
            "Resolutions 1970 (2011) and 1973 hold.",
            ["UN Security Council Resolution 1970", "UN Security Council Resolution 1973"],
        ),
        ("The 3+2 format works; 3+2 is five.", ["3+2 format"]),
        ("The Oslo agreements and the Oslo process hold.", ["Oslo agreements", "Oslo process"]),
        ("An agreement, the Treaty and Norwegian plans hold.", []),
        ("Resolution 12 of the board holds.", []),
    ],
)
def test_document_is_found_by_name_number_or_formula(text, expected):
    assert [key for _, key in found(text, kind="document")[0]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Winter Talks ended.", ["winter-talks"]),
        ("After the Oslo summit and the Bergen Harbour Conference", ["Oslo summit", "Bergen Harbour Conference"]),
        ("the Norway-Sweden Summit", ["Norway-Sweden Summit"]),
        ("the Norwegian summit; a conference; the Summit", []),
        ("Then Oslo talks to us. The Oslo talks of May began.", ["Oslo talks"]),
    ],
)
def test_event_is_found_by_name_or_head(text, expected):
    assert [key for _, key in found(text, kind="event")[0]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met in Oslo.", ["oslo"]),
        ("We met in Fjordheim, Norway.", ["Fjordheim"]),
        ("the Norwegian sea and the Skerry Delta", ["norwegian-sea", "Skerry Delta"]),
        ("the Gulf of Fjords and the Skerry Sea", ["Gulf of Fjords", "Skerry Sea"]),
        ("Lord Hague is no town.", []),
        ("We met Olga Oslo. Will Oslo be far?", ["oslo"]),
        ("They live in Oslo, Minnesota, not in Oslo, Norway.", ["oslo"]),
    ],
)
def test_place_is_found_by_name_or_head(text, expected):
    assert [key for _, key in found(text, kind="place")[0]] == expected


def test_city_that_stands_for_its_state_is_no_place_there():
    assert found("Norway is near. Oslo insists. We met in Oslo.")[0][1:] == [("Oslo", "NO"), ("Oslo", "oslo")]


def test_country_inside_a_longer_name_is_marked_too_but_not_inside_a_person():
    assert found("the Norwegian Sea Guard")[0] == [("Norwegian Sea Guard", "sea-guard"), ("Norwegian", "NO")]
    assert found("Prime Minister Jordan Hill")[0] == [("Jordan Hill", "Jordan Hill")]


def test_what_curators_added_is_found():
    tagger = Tagger(registry=REGISTRY, extra=(known("organisation", "Skerry Club", "#12"),))
    assert [tag.key for tag in tagger.tag(["the Skerry Club"])[0]] == ["#12"]


def test_name_that_a_curator_gave_is_found_beside_what_the_files_know():
    aliases = known("country", "The Fjordland", "NO"), known("person", "Ana Hale", "ana-hale", "Nan Hale", alone="")
    tags = Tagger(registry=REGISTRY, extra=aliases).tag(["The Fjordland and Nan Hale; Foreign Minister Hale"])[0]
    assert [(tag.kind, tag.key) for tag in tags] == [("country", "NO")] + [("person", "ana-hale")] * 2


def test_what_a_model_proposes_never_counts_unless_a_rule_saw_it_too():
    text = "The Zorro Baz spoke in Fjordheim of Ana Hale."
    seen = [(0, 13, "person"), (23, 32, "place"), (36, 44, "organisation"), (36, 44, "person")]
    tags = Tagger(registry=REGISTRY, proposer=lambda text: seen).tag([text])[0]
    assert [(tag.surface, tag.confidence >= COUNTS_FROM) for tag in tags] == [
        ("Zorro Baz", False),
        ("Fjordheim", True),
        ("Ana Hale", True),
    ]


def test_patterns_are_english_only():
    german = TAGGER.tag(["Außenminister Ortega traf Ana Hale. Orlov und Hale kamen."], language="de")[0]
    assert [(tag.surface, tag.key) for tag in german] == [("Ana Hale", "ana-hale"), ("Hale", "ana-hale")]


SAMPLE = (
    "President Ana Hale of Norway said (UN) “Resolution 2254” — the Oslo summit; Mr. Ruiz’s Council of Fjords (CF), "
)


@given(st.text(), st.sampled_from(["en", "ru", "ar", "zh"]))
def test_any_text_gives_exact_offsets_and_nothing_overlaps_but_countries(text, language):
    text = f"{text}{SAMPLE}{text} {SAMPLE.upper()}{text}"
    tags = TAGGER.tag([text], language=language)[0]
    assert all(text[tag.start : tag.end] == tag.surface for tag in tags)
    counting = [tag for tag in tags if tag.confidence >= COUNTS_FROM]
    for one, other in itertools.combinations(counting, 2):
        if one.start < other.end and other.start < one.end:
            assert "country" in (one.kind, other.kind)
    assert tags == TAGGER.tag([text], words=[words_of(text)], language=language)[0]


def test_lexicons_take_at_most_60_megabytes():
    tracemalloc.start()
    tagger = Tagger()
    for language in ("en", "ru"):
        tagger.lexicon(language)
    gc.collect()
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 60_000_000


@pytest.mark.parametrize(
    ("load", "name", "content", "complaint"),
    [
        (load_people, "people.toml", "offices = 3", "people.toml, "),
        (load_people, "given_names.txt", "Ana\nlowly", "given_names.txt, line 2: 'lowly' is no given name"),
        (load_people, "given_names.txt", "# names\n", "given_names.txt, line 1: holds no names; put"),
        (load_heads, "heads.toml", "[", "heads.toml, line 1: is no TOML"),
    ],
)
def test_broken_word_list_is_named(tmp_path, load, name, content, complaint):
    from interviews.tagging.gazetteer import DATA

    for path in DATA.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / name).write_text(content)
    with pytest.raises(GazetteerError, match=complaint):
        load(tmp_path)
