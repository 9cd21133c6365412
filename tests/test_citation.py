"""Citations as the manuals want them. The expected strings were written by hand from the rules that the names tell."""

import datetime

import pytest

from interviews.citing import apa, chicago, mla
from interviews.citing.names import name_of_person
from interviews.citing.phrases import html, plain
from interviews.citing.reference import reference_of
from interviews.models import Participation
from interviews.partial_date import PartialDate
from interviews.passages import parse

from archive_factory import make_country, make_entity, make_interview
from references import URL, VARGA, body, make_reference, speaker

SITE = "https://archive.example"
TODAY = datetime.date(2026, 11, 23)


def bibliography(**fields):
    return plain(chicago.bibliography(make_reference(**fields)))


def note(**fields):
    return plain(chicago.note(make_reference(**fields)))


def works_cited(**fields):
    return plain(mla.works_cited(make_reference(**fields)))


def reference_list(**fields):
    return plain(apa.reference_list(make_reference(**fields)))


# Chicago Manual of Style, 17th edition


def test_chicago_note_begins_with_the_person_interviewed_and_says_by_whom():
    """14.213: name, title in quotation marks, “interview by”, date; who that is in parentheses, as in 14.211."""
    assert note() == (
        "Ilsa Varga (Minister of Foreign Affairs), “The Harbour Is Open,” interview by Radio Meridian, Rome, "
        "March 14, 2025, answer 3, Diplomatic Interview Archive, version 1a2b3c4d, accessed November 23, 2026, "
        f"{URL}."
    )


def test_chicago_bibliography_inverts_the_name_and_ends_each_element_with_a_full_stop():
    """14.75: inverted; 14.21: full stops."""
    assert bibliography() == (
        "Varga, Ilsa (Minister of Foreign Affairs). “The Harbour Is Open.” Interview by Radio Meridian. Rome, "
        "March 14, 2025. Answer 3. Diplomatic Interview Archive, version 1a2b3c4d. Accessed November 23, 2026. "
        f"{URL}."
    )


def test_chicago_inverts_only_the_first_of_several_names():
    """14.76."""
    two = (speaker("Ilsa Varga"), speaker("Tomas Leander", "Prime Minister"))
    assert bibliography(speakers=two).startswith("Varga, Ilsa, and Tomas Leander (Prime Minister). “")
    three = (*two, speaker("Otto von der Heide"))
    assert bibliography(speakers=three).startswith(
        "Varga, Ilsa, Tomas Leander (Prime Minister), and Otto von der Heide. “"
    )
    assert note(speakers=three).startswith("Ilsa Varga, Tomas Leander (Prime Minister), and Otto von der Heide, “")


def test_chicago_note_names_the_first_of_four():
    """14.76."""
    four = (VARGA, speaker("Tomas Leander"), speaker("Otto Heide"), speaker("Runa Berg"))
    assert note(speakers=four).startswith("Ilsa Varga (Minister of Foreign Affairs) et al., “")


def test_chicago_begins_with_the_title_where_nobody_is_named():
    """14.79."""
    assert bibliography(speakers=()).startswith("“The Harbour Is Open.” Interview by Radio Meridian.")


def test_chicago_says_that_there_is_no_date():
    """14.145."""
    assert " Rome, n.d. Answer 3. " in bibliography(date=None)
    assert " Rome, n.d., answer 3, " in note(date=None)


def test_chicago_keeps_the_comma_but_not_the_full_stop_after_a_question_mark():
    """6.125 and 6.124."""
    assert "“Who Pays?,” interview" in note(title="Who Pays?")
    assert "“Who Pays?” Interview" in bibliography(title="Who Pays?")


def test_chicago_makes_quotation_marks_within_a_title_single():
    """13.30."""
    assert "“On ‘Dialogue’ and ‘Trust.’” Interview" in bibliography(title='On “Dialogue” and "Trust"')


@pytest.mark.parametrize(
    ("title", "in_note", "in_list"),
    [
        ("“The Harbour Is Open”", "“‘The Harbour Is Open,’” interview", "“‘The Harbour Is Open.’” Interview"),
        ("“The Harbour Is Open.”", "“‘The Harbour Is Open,’” interview", "“‘The Harbour Is Open.’” Interview"),
        ("“Is It Open?”", "“‘Is It Open?,’” interview", "“‘Is It Open?’” Interview"),
        ("«Гавань открыта?»", "“«Гавань открыта?»,” interview", "“«Гавань открыта?»” Interview"),
        ("Out of the U.S.", "“Out of the U.S.,” interview", "“Out of the U.S.” Interview"),
    ],
)
def test_chicago_puts_one_mark_after_a_title_that_ends_in_marks_of_its_own(title, in_note, in_list):
    """6.9, 6.124, 6.125."""
    assert in_note in note(title=title)
    assert in_list in bibliography(title=title)


def test_chicago_names_the_text_that_was_translated():
    """14.99."""
    fields = {"original_title": "Гавань открыта", "original_language": "ru"}
    assert "Translation from the Russian of “Гавань открыта.” Interview by" in bibliography(**fields)
    assert "translation from the Russian of “Гавань открыта,” interview by" in note(**fields)


# MLA Handbook, 9th edition


def test_mla_orders_the_elements_as_its_template():
    """Chapter 5: author, title, supplement, container in italics, version, number, date, location; then access."""
    assert works_cited() == (
        "Varga, Ilsa, Minister of Foreign Affairs. “The Harbour Is Open.” Interview by Radio Meridian, Rome. "
        f"Diplomatic Interview Archive, version 1a2b3c4d, answer 3, 14 Mar. 2025, {URL}. Accessed 23 Nov. 2026."
    )
    assert "<bdi><i>Diplomatic Interview Archive</i></bdi>, version" in html(mla.works_cited(make_reference()))


def test_mla_names_two_authors_and_of_three_the_first():
    two = (speaker("Ilsa Varga"), speaker("Tomas Leander"))
    assert works_cited(speakers=two).startswith("Varga, Ilsa, and Tomas Leander. “")
    assert works_cited(speakers=(*two, speaker("Otto Heide"))).startswith("Varga, Ilsa, et al. “")


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (PartialDate(2025, 5, 1), "1 May 2025"),
        (PartialDate(2025, 9, 30), "30 Sept. 2025"),
        (PartialDate(2025, 7), "July 2025"),
        (PartialDate(2025), "2025"),
    ],
)
def test_mla_shortens_months_of_more_than_four_letters(date, words):
    assert f", answer 3, {words}, https" in works_cited(date=date)


def test_mla_leaves_out_an_unknown_date():
    assert f", answer 3, {URL}. Accessed" in works_cited(date=None)


# Publication Manual of the APA, 7th edition


def test_apa_lists_an_archived_interview_under_the_person_interviewed():
    """10.13: interviews in archives; 9.10: roles; 9.19: part and version in parentheses; 9.21: brackets."""
    assert reference_list() == (
        "Varga, I. (Minister of Foreign Affairs). (2025, March 14). The Harbour Is Open (Answer 3; Version 1a2b3c4d) "
        f"[Transcript of an interview by Radio Meridian, Rome]. Diplomatic Interview Archive. {URL}"
    )
    assert "<bdi><i>The Harbour Is Open</i></bdi> (Answer 3;" in html(apa.reference_list(make_reference()))


def test_apa_gives_the_day_of_reading_only_where_no_version_is_named():
    """9.16."""
    whole = reference_list(version="", locator="", url="https://archive.example/i/")
    assert whole.endswith("Diplomatic Interview Archive. Retrieved November 23, 2026, from https://archive.example/i/")


@pytest.mark.parametrize(
    ("date", "words"),
    [(PartialDate(2025, 3), "(2025, March)."), (PartialDate(2025), "(2025)."), (None, "(n.d.).")],
)
def test_apa_gives_the_date_as_far_as_it_is_known(date, words):
    """9.14, 9.17."""
    assert f"(Minister of Foreign Affairs). {words} The Harbour" in reference_list(date=date)


def test_apa_joins_authors_with_an_ampersand():
    """9.8."""
    two = (speaker("Ilsa Varga"), speaker("Tomas Leander"))
    assert reference_list(speakers=two).startswith("Varga, I., & Leander, T. (2025")
    assert reference_list(speakers=(*two, body("Spokesperson"))).startswith("Varga, I., Leander, T., & Spokesperson. (")


def test_apa_puts_the_title_first_where_nobody_is_named():
    """9.12."""
    assert reference_list(speakers=(), place="", outlet="", event="press conference", kind="press-conference") == (
        "The Harbour Is Open (Answer 3; Version 1a2b3c4d) [Transcript of a press conference]. (2025, March 14). "
        f"Diplomatic Interview Archive. {URL}"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [("The Harbour Is Open.", "The Harbour Is Open"), ("Out of the U.S.", "Out of the U.S."), ("Wait...", "Wait...")],
)
def test_apa_leaves_out_the_full_stop_of_a_title_but_not_that_of_an_abbreviation(title, written):
    assert f"(2025, March 14). {written} (Answer 3;" in reference_list(title=title)


@pytest.mark.parametrize(
    ("given", "letters"),
    [
        ("Ilsa Maria", "I. M."),
        ("Jean-Claude", "J.-C."),
        ("Ki-moon", "K."),
        ("S. V.", "S. V."),
        ("S.V.", "S. V."),
        ("Сергей", "С."),
    ],
)
def test_apa_shortens_given_names(given, letters):
    """9.8."""
    assert apa.initials(given) == letters


# Names


@pytest.mark.parametrize(
    ("written", "country", "in_list"),
    [
        ("Ilsa Varga", "", "Varga, Ilsa"),
        ("Ilsa Maria Varga", "", "Varga, Ilsa Maria"),
        ("Ursula von der Leyen", "DE", "von der Leyen, Ursula"),
        ("Jaap de Hoop Scheffer", "NL", "de Hoop Scheffer, Jaap"),
        ("Nouri al-Maliki", "IQ", "al-Maliki, Nouri"),
        ("Luiz Inácio Lula da Silva", "BR", "da Silva, Luiz Inácio Lula"),
        ("Lula da Silva, Luiz Inácio", "BR", "Lula da Silva, Luiz Inácio"),
        ("Ban Ki-moon", "KR", "Ban Ki-moon"),
        ("Han Meiling", "CN", "Han Meiling"),
        ("Lee Hsien Loong", "SG", "Lee Hsien Loong"),
        ("Joseph Wu", "TW", "Wu, Joseph"),
        ("Aung San Suu Kyi", "MM", "Aung San Suu Kyi"),
        ("Robert Kane Jr.", "US", "Kane, Robert, Jr."),
        ("Alexander Van der Bellen", "AT", "Van der Bellen, Alexander"),
        ("Mohamed Ould Abdel Aziz", "MR", "Ould Abdel Aziz, Mohamed"),
        ("Saif al-Islam Gaddafi", "LY", "Gaddafi, Saif al-Islam"),
        ("Andrés Manuel López Obrador", "MX", "López Obrador, Andrés Manuel"),
        ("Javier Pérez de Cuéllar", "PE", "Pérez de Cuéllar, Javier"),
        ("Fernando de la Rúa", "AR", "de la Rúa, Fernando"),
        ("Catherine the Great", "RU", "Catherine the Great"),
        ("King Abdullah II", "JO", "King Abdullah II"),
        ("Prince Karim bin Salim", "SA", "Prince Karim bin Salim"),
        ("von der Leyen", "DE", "von der Leyen"),
        ("Marina Dos Santos", "PT", "Dos Santos, Marina"),
        ("Letsie III", "LS", "Letsie III"),
        ("Сергей Иванов", "RU", "Иванов, Сергей"),
        ("С.В.Иванов", "RU", "Иванов, С.В."),
        ("ليلى الحارثي", "", "ليلى الحارثي"),
        ("王 小明", "", "王 小明"),
        ("Madonna", "", "Madonna"),
    ],
)
def test_names_are_listed_by_the_family_name_as_english_knows_it(written, country, in_list):
    assert name_of_person(written, country=country).in_list == in_list


def test_names_whose_family_name_leads_are_not_turned_round_in_a_note():
    korean = speaker("Ban Ki-moon", country="KR")
    assert note(speakers=(korean,)).startswith("Ban Ki-moon, “")
    assert bibliography(speakers=(korean,)).startswith("Ban Ki-moon. “")
    assert reference_list(speakers=(korean,)).startswith("Ban, K. (2025")


def test_suffixes_follow_the_name():
    kane = (speaker("Robert Kane, Jr."),)
    assert note(speakers=kane).startswith("Robert Kane, Jr., “")
    assert bibliography(speakers=kane).startswith("Kane, Robert, Jr. “")


def test_words_of_any_direction_are_kept_apart_and_escaped():
    reference = make_reference(speakers=(body("ليلى الحارثي"),), title="<b>السلام</b>")
    assert html(chicago.bibliography(reference)).startswith(
        "<bdi>ليلى الحارثي</bdi>. “<bdi>&lt;b&gt;السلام&lt;/b&gt;</bdi>.”"
    )


# What the archive knows


def cited(number="", *, office="", interview=None, **fields):
    interview = interview or make_interview(**fields)
    interview.participations.filter(part="interviewee").update(office=office)
    found = interview.turns.get(number=number) if number else interview
    return reference_of(found, site_url=SITE, accessed=TODAY)


@pytest.mark.django_db
def test_answer_is_cited_with_the_version_of_its_words():
    reference = cited("a1", slug="radio-meridian", date="2025-03-14", office="Minister")
    address = f"{SITE}/interviews/2025/03/14/radio-meridian/a1/"
    assert (reference.locator, reference.key) == ("Answer 1", "radio-meridian-2025-03-14-a1")
    assert (reference.url, reference.version) == (f"{address}?v={reference.version}", reference.version)
    assert reference.speakers[0].office == "Minister"


@pytest.mark.django_db
def test_office_may_stand_under_another_label_of_the_same_person():
    interview = make_interview(speaker="Ilsa Varga")
    speaking = interview.participations.get(part="interviewee")
    interview.participations.create(part="interviewee", label="VARGA", office="Minister", person=speaking.person)
    found = interview.turns.get(number="a1")
    assert reference_of(found, site_url=SITE, accessed=TODAY).speakers[0].office == "Minister"


@pytest.mark.django_db
def test_interview_is_cited_without_version_and_part():
    reference = cited(slug="radio-meridian", date="2025-03-14")
    assert (reference.version, reference.locator) == ("", "")
    assert reference.url == f"{SITE}/interviews/2025/03/14/radio-meridian/"


@pytest.mark.django_db
def test_passage_is_told_by_its_paragraph_and_in_the_address():
    turn = make_interview([("Well?", "Talks come next.\n\nThen, rest.")]).turns.get(number="a1")
    reference = reference_of(turn, site_url=SITE, accessed=TODAY, passage=parse("Then%2C%20rest"))
    assert reference.url.endswith(f"/a1/?v={reference.version}&passage=Then%2C%20rest")
    assert reference.locator == "Answer 1, paragraph 2"


@pytest.mark.django_db
def test_nothing_is_said_that_is_not_known():
    interview = make_interview(speaker=None, outlet=None, date=None, status="draft", slug="talks", title="Talks")
    interview.turns.update(participation=None)
    interview.date = datetime.date(2019, 1, 1)
    interview.date_precision = "year"
    interview.save()
    reference = cited("a1", interview=interview)
    assert plain(chicago.bibliography(reference)) == (
        f"“Talks.” Interview. 2019. Answer 1. Diplomatic Interview Archive, version {reference.version}. "
        f"Accessed November 23, 2026. {reference.url}."
    )


@pytest.mark.django_db
def test_question_is_cited_under_who_asked_with_whom():
    reference = cited("q1", speaker="Ilsa Varga", outlet="Radio Meridian", title="Talks")
    assert plain(chicago.bibliography(reference)).startswith("Radio Meridian. “Talks.” Interview with Ilsa Varga. ")


@pytest.mark.django_db
def test_journalist_who_is_named_asks_for_the_outlet():
    interview = make_interview(outlet="Radio Meridian", title="Talks")
    journalist = make_entity("person", "Jo Reporter")
    Participation.objects.filter(interview=interview, part="interviewer").update(person=journalist)
    words = plain(chicago.bibliography(cited("a1", interview=interview)))
    assert "“Talks.” Interview by Jo Reporter for Radio Meridian. " in words
    question = cited("q1", interview=interview)
    assert [speaker.name.whole for speaker in question.speakers] == ["Jo Reporter"]
    assert question.interviewers == ()


@pytest.mark.django_db
def test_press_conference_is_not_by_those_who_ask_there():
    conference = make_interview(kind="press-conference", outlet="", title="Talks")
    journalist = make_entity("person", "Jo Reporter")
    Participation.objects.filter(interview=conference, part="interviewer").update(person=journalist)
    assert plain(cited(interview=conference).occasion) == "press conference"
    assert plain(cited("a1", interview=conference).occasion) == "press conference, question by Jo Reporter"
    unnamed = make_interview(kind="press-conference", outlet="Radio Meridian", slug="unnamed")
    assert plain(cited("a1", interview=unnamed).occasion) == "press conference, question by Radio Meridian"


@pytest.mark.django_db
def test_country_of_a_person_tells_the_order_of_the_name():
    interview = make_interview(speaker="Han Meiling")
    person = interview.participations.get(part="interviewee").person
    person.country = make_country("CN", "China")
    person.save()
    assert cited("a1", interview=interview).speakers[0].name.in_list == "Han Meiling"


@pytest.mark.django_db
def test_words_are_put_on_one_line_without_marks_that_turn_directions():
    assert cited(title="One\n two\u202e three\u200f \x07four").title == "One two three four"


@pytest.mark.django_db
def test_translation_names_a_published_original_only():
    original = make_interview(title="Гавань", language="ru")
    assert cited(translation_of=original).original_title == "Гавань"
    original.status = "draft"
    original.save()
    assert cited(translation_of=original).original_title == ""


@pytest.mark.django_db
def test_text_in_the_language_of_its_original_is_no_translation():
    original = make_interview(title="Гавань", language="ru")
    assert cited(translation_of=original, language="ru", slug="again").original_title == ""
