"""What counts as a country, what does not, and where exactly it stands. All sentences are invented."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.tagging.context import load_cues
from interviews.tagging.gazetteer import DATA, GazetteerError, load_gazetteer
from interviews.tagging.inflection import forms_of
from interviews.tagging.lexicon import Entry, Lexicon, compile_lexicon
from interviews.tagging.roles import Role, Sense
from interviews.tagging.tagger import COUNTS_FROM, Tagger

from growing import grows_faster

TAGGER = Tagger()


def codes(text, language="en"):
    """The countries of a document of one turn, in the order they stand there."""
    return [tag.key for tag in countries([text], language)[0]]


def countries(texts, language="en"):
    """The tags of countries that count, of each turn of a document."""
    found = TAGGER.tag(texts, language=language)
    return [[tag for tag in tags if tag.kind == "country" and tag.confidence >= COUNTS_FROM] for tags in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Italy and the Libyan ministers met the Swedes.", ["IT", "LY", "SE"]),
        ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea", ["GN", "GW", "GQ", "PG"]),
        ("Nigerien officers and Nigerian officers", ["NE", "NG"]),
        ("Sudan and South Sudan", ["SD", "SS"]),
        ("Saint Lucia, St. Lucia, Trinidad & Tobago, Trinidad and Tobago", ["LC", "LC", "TT", "TT"]),
        ("Côte d’Ivoire, Cote d'Ivoire and the Ivory Coast", ["CI", "CI", "CI"]),
        ("the People’s Republic of China", ["CN"]),
        ("USA, U.S., UK, U.K., UAE, DRC, DPRK and PRC", ["US", "US", "GB", "GB", "AE", "CD", "KP", "CN"]),
        ("the Soviet Union, Yugoslavia, Czechoslovakia and the GDR", ["SU", "YU", "CS", "DD"]),
        ("Palestine, Taiwan, Kosovo and Western Sahara", ["PS", "TW", "XK", "EH"]),
        ("North and South Korea; the two Koreas", ["KP", "KR", "KP", "KR"]),
        ("NORWAY WELCOMES POLAND", ["NO", "PL"]),
    ],
)
def test_longest_name_is_found(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an anti-Iranian, pro-Iraqi, US-led group", ["IR", "IQ", "US"]),
        ("a Russo-Turkish and a Sino-Indian border", ["RU", "TR", "CN", "IN"]),
        ("the Franco–German plan", ["FR", "DE"]),
        ("Norway's fjords, the Netherlands' dykes", ["NO", "NL"]),
        ("U.S.-Mexican trade", ["US", "MX"]),
        ("the United\nStates", ["US"]),
    ],
)
def test_name_is_found_inside_a_compound(text, expected):
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Tell us; it is in to so as no me.",
        "LET US GO HOME",
        "Polish the table, eat Brazil nuts.",
        "the Senegal river and the Congo basin",
        "turkey, china and a chad",
        "Latin America and the Indo-Pacific",
        "the Persian Gulf, the Gulf of Oman and the Libyan Desert",
        "Lake Chad, the Jordan River, the Norwegian Sea",
        "Mr. England met Ms Holland and Dr. Ireland.",
        "Michael Jordan and our clerk Chad Moreau",
        "She answered in Russian, then in French.",
        "He speaks fluent Arabic, French and German.",
        "Sen. Ireland wrote to Ambassador Holland.",
        "a Chinese interpreter",
        "In Spanish they say so; he does not speak any Spanish.",
        "Lebanon, Pennsylvania",
        "She grew up in Athens, Georgia, and has met Kenya Moore.",
        "Voters in Georgia and Alabama chose.",
        "Northern Cyprus and Inner Mongolia",
        "We crossed to the south\n\nAfrica is large.",
    ],
)
def test_what_is_no_country_is_left_alone(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jordan and Chad agreed; Georgia did not.", ["JO", "TD", "GE"]),
        ("in Russian hands, in French interests", ["RU", "FR"]),
        ("The English voted.", ["GB"]),
        ("Ukraine, Georgia and Moldova", ["UA", "GE", "MD"]),
        ("The US Senate supports Georgia.", ["US", "GE"]),
        ("The US.", ["US"]),
        ("US, UK", ["US", "GB"]),
        ("THE US POSITION IS CLEAR", ["US"]),
        ("a Swiss valley; if Syria falls", ["CH", "SY"]),
        ("Polish ministers", ["PL"]),
    ],
)
def test_the_same_word_means_the_country_elsewhere(text, expected):
    assert codes(text) == expected


def test_congo_alone_is_short_for_the_one_named_last():
    assert codes("Congo spoke first.") == ["CG"]
    _, second = countries(["The Democratic Republic of the Congo has elections.", "Will Congo be calm?"])
    assert [tag.key for tag in second] == ["CD"]
    assert codes("Angola, Congo and the Democratic Republic of the Congo") == ["AO", "CG", "CD"]


@pytest.mark.parametrize(
    "text",
    [
        "Norway is near. Our dialogue with Oslo goes on.",
        "Norway is near. Oslo insists on it.",
        "Norway is near. We know Oslo’s position.",
        "Norway is near. Oslo has also agreed.",
        "Norway is near. A message from Oslo came.",
        "Norway is near. It was at the behest of Oslo.",
        "Norway is near. They know when Stockholm and Oslo cooperate.",
        "Norway is near. The authorities in Oslo know.",
        "Norway and Sweden are near. Ties between Stockholm and Oslo are good.",
    ],
)
def test_capital_stands_for_its_state_where_the_words_say_so(text):
    last = countries([text])[0][-1]
    assert (last.surface, last.key, last.level) == ("Oslo", "NO", "metonym")


@pytest.mark.parametrize(
    "text",
    [
        "Norway is near. We met in Oslo.",
        "Norway is near. Oslo’s airport is closed.",
        "Norway is near. The Oslo agreements hold.",
        "Norway is near. The Oslo Forum opened.",
        "Norway is near. The road to Oslo is long.",
        "Norway is near. We met in Oslo — Copenhagen was too far.",
        "Norway is near. A bank in Bergen or Oslo asks its lawyers.",
    ],
)
def test_capital_as_a_place_or_in_a_name_is_no_country(text):
    assert codes(text) == ["NO"]


def test_capital_counts_only_where_its_country_is_named_in_the_document():
    assert codes("Our dialogue with Oslo goes on.") == []
    answer, _ = countries(["Our dialogue with Oslo goes on.", "And what of Norway?"])
    assert [tag.key for tag in answer] == ["NO"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oslo recalled its envoy.", ["NO"]),
        ("Oslo has rejected the plan.", ["NO"]),
        ("Oslo's envoys were late.", ["NO"]),
        ("Oslo and Stockholm agreed on a plan.", ["NO", "SE"]),
        ("Oslo and Stockholm must respond.", ["NO", "SE"]),
        ("The mood between Oslo and Stockholm is good.", ["NO", "SE"]),
    ],
)
def test_capital_counts_alone_where_only_a_state_can_do_so(text, expected):
    assert codes(text) == expected


def test_capitals_that_a_way_joins_are_cities():
    assert codes("Flights between Oslo and Stockholm are late.") == []


def test_saint_is_written_with_and_without_a_full_stop():
    assert codes("Saint Lucia, St. Lucia, St Lucia") == ["LC", "LC", "LC"]


def test_country_in_the_name_of_a_water_is_none_though_the_water_be_known():
    assert codes("The Philippine Sea and the Turkish Straits.") == []


def test_brussels_and_the_kremlin_are_never_countries():
    assert codes("Belgium and Russia: Brussels insists, the Kremlin insists.") == ["BE", "RU"]


def test_brussels_that_acts_is_the_european_union():
    insists, met, dialogue = TAGGER.tag(["Brussels insists.", "We met in Brussels.", "A dialogue with Brussels"])
    assert [(tag.key, tag.level) for tag in insists] == [("european-union", "metonym")]
    assert [tag.key for tag in met] == ["brussels"]
    assert [(tag.key, tag.confidence >= COUNTS_FROM) for tag in dialogue] == [
        ("european-union", False),
        ("brussels", True),
    ]


def test_levels_tell_states_that_are_no_more():
    tags = countries(["The Soviet Union and Norway"])[0]
    assert [(tag.key, tag.level) for tag in tags] == [("SU", "historical"), ("NO", "named")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Россия и Казахстан обсудили с Египтом поставки в Саудовскую Аравию.", ["RU", "KZ", "EG", "SA"]),
        ("ru", "Российско-норвежские связи; украинские и китайские коллеги, США", ["NO", "UA", "CN", "US"]),
        ("ru", "Мы говорили с китайцами о странах Латинской Америки.", ["CN"]),
        ("ru", "Того же мнения мы держимся. Самое важное сказано.", []),
        ("ru", "Соединённых Штатов", ["US"]),
        ("fr", "L’Italie, les États-Unis et la Côte d’Ivoire; des entreprises norvégiennes", ["IT", "US", "CI", "NO"]),
        ("fr", "Il répond en anglais sur l’Amérique latine.", []),
        (
            "de",
            "Die Botschaft Norwegens und der Vereinigten Staaten, dänische Schiffe",
            ["NO", "US", "DK"],
        ),
        ("es", "Perú, Italia y los Estados Unidos", ["PE", "IT", "US"]),
        ("it", "La Norvegia e gli Stati Uniti", ["NO", "US"]),
        ("pt", "A Noruega e a Itália", ["NO", "IT"]),
        ("zh", "中国和法国是其中国家", ["CN", "FR"]),
        ("ar", "وروسيا وللسعودية", ["RU", "SA"]),
        ("tr", "Norveç'in ve Fransa'nın", ["NO", "FR"]),
        ("uk", "Україна", ["UA"]),
        ("fa", "ایران", ["IR"]),
    ],
)
def test_names_of_other_languages_are_found_in_texts_of_that_language(language, text, expected):
    assert codes(text, language) == expected


def test_names_of_another_language_are_not_found_in_english():
    assert codes("Italie, Norvège, Россия") == []


def test_longer_language_code_is_cut_and_an_unknown_language_is_read_as_english():
    assert codes("中国", "zh-Hans") == ["CN"]
    assert codes("Norway", "xx") == ["NO"]


@given(st.text())
def test_any_text_is_tagged_with_exact_offsets(text):
    text = f"{text} Côte d’Ivoire — {text} U.S.–Norwegian {text}"
    tags = TAGGER.tag([text])[0]
    assert all(text[tag.start : tag.end] == tag.surface for tag in tags)
    assert all(before.end <= after.start for before, after in itertools.pairwise(tags))


def test_surface_is_the_text_as_it_stands():
    (tag,) = countries(["from Côte\u00a0d’Ivoire."])[0]
    assert (tag.surface, tag.start, tag.end, tag.name) == ("Côte\u00a0d’Ivoire", 5, 18, "Côte d’Ivoire")


def test_every_language_of_the_data_compiles():
    gazetteer = load_gazetteer()
    assert all(compile_lexicon(gazetteer, language).root for language in gazetteer.languages)


def test_lexicon_knows_a_form_that_another_goes_on_whichever_was_first():
    short, long = Sense("organisation", "bank", Role.NAME), Sense("organisation", "bank-of-ports", Role.NAME)
    for forms in (("Bank", short), ("Bank of Ports", long)), (("Bank of Ports", long), ("Bank", short)):
        lexicon = Lexicon("en")
        for form, sense in forms:
            lexicon.add(form, sense)
        assert lexicon.longest(["Bank", "of", "Ports"], 0) == (3, Entry(others=(long,)))
        assert lexicon.longest(["Bank", "of", "Sea"], 0) == (1, Entry(others=(short,)))


def test_languages_share_what_their_forms_mean():
    german, spanish = (TAGGER.lexicon(language).entry("Angela Merkel") for language in ("de", "es"))
    assert german is spanish


def test_russian_names_decline():
    assert {"Китая", "Китаю", "Китаем", "Китае"} <= set(forms_of("Китай", "ru"))
    assert {"Путиным", "Ростовом"} <= {*forms_of("Путин", "ru"), *forms_of("Ростов", "ru")}
    assert {"Дмитрием Песковым", "Ближнего Востока"} <= {
        *forms_of("Дмитрий Песков", "ru"),
        *forms_of("Ближний Восток", "ru"),
    }
    assert "Лигой арабских государств" in forms_of("Лига арабских государств", "ru")
    assert "Саудовской Аравией" in forms_of("Саудовская Аравия", "ru")
    assert {"российскими", "Российской"} <= set(forms_of("российский", "ru", people=True))


def test_work_of_tagging_grows_with_the_text_and_not_with_its_square():
    sentence = "The ministers of Norway and the United Arab Emirates spoke at length about the Central African matter. "
    assert not grows_faster(TAGGER.tag, lambda count: [sentence * count], 500)


def test_tagger_works_without_django_settings():
    program = "import sys; from interviews.tagging.tagger import Tagger; Tagger(); print('django' in sys.modules)"
    folder = DATA.parent.parent.parent
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=folder)
    assert ran.stdout.strip() == "False"


@pytest.fixture
def data_folder(tmp_path):
    """A copy of the data files, to break."""
    for path in DATA.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def edit(folder, change):
    path = Path(folder) / "countries.json"
    data = json.loads(path.read_text())
    change(data)
    path.write_text(json.dumps(data))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda d: d["countries"]["NO"].update(code="NOR"), "NO: the code must be two capital letters"),
        (lambda d: d["countries"]["NO"].update(qid="20"), "NO: qid '20' is no Wikidata identifier"),
        (lambda d: d["countries"]["NO"].update(qid="Q38"), "Q38 is already"),
        (lambda d: d["countries"]["NO"].update(status="realm"), "NO: status 'realm' must be one of: state"),
        (lambda d: d["countries"]["NO"].pop("demonyms"), "NO: lacks demonyms; add it"),
        (lambda d: d["countries"]["NO"].update(nicknames=[]), "NO: has the unknown field nicknames"),
        (lambda d: d["countries"]["NO"].update(names="Norge"), "NO: names must be a list"),
        (lambda d: d["countries"]["NO"].update(names=["Norge", "Norge"]), "NO: names one form twice"),
        (lambda d: d["countries"]["NO"].update(names=[" Norge"]), "NO: ' Norge' must be a name"),
        (lambda d: d["countries"]["NO"].update(names=["N" * 500]), "must be a name of at most"),
        (lambda d: d["countries"]["NO"]["i18n"].pop("en"), "NO: has no English name"),
        (lambda d: d["countries"]["NO"].update(i18n=[]), "NO, i18n: must be an object"),
        (lambda d: d["prefixes"].update(Norso="XX"), "Norso: XX is no country of this file"),
        (lambda d: d.pop("shared"), "line 1: lacks shared"),
        (lambda d: d["countries"].update(NO=3), "NO: must be an object"),
        (lambda d: d.update(prefixes=[]), "prefixes: must be an object"),
        (lambda d: d.update(aliases={}), "line 1: has the unknown field aliases; mend its spelling or remove it"),
    ],
)
def test_broken_entry_is_named_with_its_mend(data_folder, change, complaint):
    edit(data_folder, change)
    with pytest.raises(GazetteerError) as error:
        load_gazetteer(data_folder)
    assert "countries.json" in str(error.value)
    assert complaint in str(error.value)


def test_broken_entry_is_named_with_its_line(data_folder):
    path = data_folder / "countries.json"
    lines = path.read_text().splitlines()
    number = lines.index('"NO": {') + 1
    path.write_text("\n".join(lines).replace('"qid": "Q20"', '"qid": "20"'))
    with pytest.raises(GazetteerError, match=f"countries.json, line {number}, NO: qid '20'"):
        load_gazetteer(data_folder)


def test_form_claimed_by_two_countries_must_be_declared(data_folder):
    edit(data_folder, lambda data: data["countries"]["NO"]["names"].append("Sweden"))
    with pytest.raises(GazetteerError, match="“Sweden”: is claimed by NO and SE; declare it"):
        compile_lexicon(load_gazetteer(data_folder), "en")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b'{"countries": \n oops', "line 2: is no JSON"),
        (b"{\n\xff\xfe", "line 2: is no UTF-8"),
        (b'{"countries": {"a": {"b": 1},\n"c": {"b": 2,\n"d": {}, "b": 3}}}', "line 3, b: stands twice"),
        (b'{"countries": {}, "countries": {}}', "countries: stands twice"),
        (b"[]", "must be an object"),
    ],
)
def test_broken_file_is_named_with_its_mend(data_folder, content, complaint):
    (data_folder / "countries.json").write_bytes(content)
    with pytest.raises(GazetteerError, match=complaint):
        load_gazetteer(data_folder)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("titles = [", "titels = ["), r"line \d+, titels: is not known"),
        (lambda text: text.replace("titles = [", "titles = 3 #["), r"line \d+: is no TOML"),
        (
            lambda text: text.replace("geography_before = ", "geography_before = 3  # "),
            "geography_before: must be a list",
        ),
        (lambda text: text.replace("powers_in = [", "x = ["), r"line \d+, x in \[capital\]: is not known; mend"),
        (
            lambda text: text.replace("[capital]", 'capital = ["Oslo"]'),
            r"line \d+, \[capital\]: is missing; add the table",
        ),
    ],
)
def test_broken_list_of_words_is_named_with_its_mend(data_folder, change, complaint):
    path = data_folder / "context.toml"
    path.write_text(change(path.read_text()))
    with pytest.raises(GazetteerError, match=rf"context\.toml, .*{complaint}"):
        load_cues(data_folder)


@pytest.mark.parametrize(
    ("written", "instead", "complaint"),
    [
        ("[capital]", "[capitals]", "[capitals]: is not known; it seems to be capital, misspelt: write that."),
        ("titles = [", "titels = [", "titels: is not known; it seems to be titles, misspelt: write that."),
        ("verbs = [", "verb = [", "verb in [capital]: is not known; it seems to be verbs, misspelt: write that."),
    ],
)
def test_misspelt_list_of_words_is_told_with_its_line_and_the_name_that_is_meant(
    data_folder, written, instead, complaint
):
    path = data_folder / "context.toml"
    lines = path.read_text().splitlines()
    number = next(number for number, line in enumerate(lines) if line.startswith(written))
    lines[number] = lines[number].replace(written, instead, 1)
    path.write_text("\n".join(lines))
    with pytest.raises(GazetteerError) as error:
        load_cues(data_folder)
    assert str(error.value) == f"context.toml, line {number + 1}, {complaint}"


def test_missing_list_of_words_is_told_with_the_line_where_it_belongs(data_folder):
    path = data_folder / "context.toml"
    text = path.read_text()
    removed = 'geography_before = ["Lake", "Mount", "River"]\n'
    assert removed in text
    path.write_text(text.replace(removed, ""))
    last = text.replace(removed, "").split("[capital]")[0].rstrip().count("\n") + 1
    with pytest.raises(GazetteerError) as error:
        load_cues(data_folder)
    assert str(error.value) == f"context.toml, line {last}, geography_before: is missing; add the list."


def test_misspelt_field_of_a_country_is_told_with_the_name_that_is_meant(data_folder):
    edit(data_folder, lambda data: data["countries"]["NO"].update(demonym=data["countries"]["NO"].pop("demonyms")))
    with pytest.raises(GazetteerError, match="NO: has the unknown field demonym; it seems to be demonyms, misspelt"):
        load_gazetteer(data_folder)


def test_phrases_of_other_languages_follow_their_heading(data_folder):
    (data_folder / "masks.txt").write_text("# a remark\nNew Sweden\n\n[fr]\nNouvelle-Suède\n")
    assert load_gazetteer(data_folder).masks == {"en": ("New Sweden",), "fr": ("Nouvelle-Suède",)}


def test_missing_file_is_named(data_folder):
    (data_folder / "countries.json").unlink()
    with pytest.raises(GazetteerError, match=r"countries\.json, the file: cannot be read"):
        load_gazetteer(data_folder)
