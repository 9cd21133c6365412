import datetime

import pytest

from interviews.ingest.read import read_transcript
from interviews.ingest.transcript import Severity

SPEECH = "Question: Why is the ferry late again?\n\nViktor Hale: Because the harbour is not deep enough for it.\n"


def header_of(head, speech=SPEECH):
    return read_transcript(f"{head}\n\n{speech}".encode()).header


def codes_of(head, severity=None, speech=SPEECH):
    problems = read_transcript(f"{head}\n\n{speech}".encode()).problems
    return [problem.code for problem in problems if severity in (None, problem.severity)]


@pytest.mark.parametrize(
    ("title", "outlet", "country"),
    [
        (
            "Foreign Minister Viktor Hale’s interview with the Italian Mareagiornale agency, June 4, 2012",
            "Mareagiornale",
            "IT",
        ),
        (
            "Foreign Minister Viktor Hale's interview with Sputnik News Agency, June 4, 2012",
            "Sputnik News Agency",
            "RU",
        ),
        ("Viktor Hale's interview with the newspaper La Darsena, June 4, 2012", "La Darsena", None),
        ("Minister Hale With Indra Rao of The Times of India, June 4, 2012", "The Times of India", "IN"),
        ("Minister Viktor Hale On NBC Nightly News with Lena Holm, June 4, 2012", "NBC Nightly News", "US"),
        ("INTERVIEW WITH MINISTER FOR FOREIGN AFFAIRS, MR HALE FROM THE BBC'S 'PM', JUNE 4, 2012", "BBC", "GB"),
        ("Интервью В.Хейла казахстанскому информационному агентству «Степь», 4 июня 2012 года", "Степь", "KZ"),
        ("Entretien de Viktor Hale avec la radio française Radio Quai, 4 juin 2012", "Radio Quai", "FR"),
        ("Viktor Hale im Interview mit der deutschen Zeitung „Hafenblatt“, 4. Juni 2012", "Hafenblatt", "DE"),
        ("Entrevista de Viktor Hale con el diario mexicano La Boya, 4 de junio de 2012", "La Boya", "MX"),
        ("Intervista di Viktor Hale al quotidiano La Darsena, 4 giugno 2012", "La Darsena", None),
        ("Entrevista de Viktor Hale ao jornal O Estado de S. Paulo, 4 de junho de 2012", "O Estado de S. Paulo", "BR"),
    ],
)
def test_outlet_and_its_country_come_from_the_words_of_the_title(title, outlet, country):
    header = header_of(title)
    assert (header.outlet, header.outlet_country, header.title) == (outlet, country, title)


@pytest.mark.parametrize(
    "title",
    [
        "Interview with Foreign Minister Viktor Hale, June 4, 2012",
        "Joint Press Conference with Norwegian Foreign Minister, Mr Jon Aas, Oslo, 4 June 2012",
        "Transcript of remarks prior to meeting with Secretary of State Anna Berg, 4 June 2012",
        "Doorstop interview, Halvik, 4 June 2012 [meeting with Chile; ferries]",
    ],
)
def test_whom_a_minister_meets_is_no_outlet(title):
    assert header_of(title).outlet is None


def test_outlet_on_a_line_of_its_own():
    header = header_of("Viktor Hale speaks\n4 June 2012\nOutlet: Reuters")
    assert (header.outlet, header.outlet_country) == ("Reuters", "GB")


def test_title_beats_date_line_and_posting_stamp():
    head = "Spokesperson’s Regular Press Conference on March 4, 2021\n2021-03-05 00:48"
    assert header_of(head).date == datetime.date(2021, 3, 4)


def test_text_wins_over_front_matter_and_says_so():
    head = '---\ntitle: "Hale jokes"\ndate: 2020-09-14\n---\n\nPress conference, Geneva, 11 September 2020'
    assert header_of(head).date == datetime.date(2020, 9, 11)
    assert codes_of(head) == ["dates_differ"]


def test_event_long_before_the_given_date_is_history_not_the_date():
    head = (
        '---\ntitle: "Hale speaks"\ndate: 2020-09-14\n---\n\nHe spoke of the flood of 5 May 1987 and of what followed.'
    )
    assert header_of(head).date == datetime.date(2020, 9, 14)


def test_publication_date_is_the_last_resort_and_noted():
    item = (
        "<item><title>Minister Hale With The Harbour Courier</title><pubDate>Fri, 25 Feb 2022 01:29:13 +0000</pubDate>"
        "<description><![CDATA[<p><b>QUESTION:</b> Why?</p><p><b>MINISTER HALE:</b> So.</p>]]></description></item>"
    )
    transcript = read_transcript(item.encode())
    assert (transcript.header.date, transcript.header.time) == (datetime.date(2022, 2, 25), None)
    assert "publication_date" in [problem.code for problem in transcript.problems]


def test_text_without_a_date_is_a_draft():
    transcript = read_transcript(SPEECH.encode())
    problem = next(problem for problem in transcript.problems if problem.code == "no_date")
    assert problem.severity is Severity.DRAFT


def test_open_order_of_day_and_month_is_a_draft():
    assert codes_of("Viktor Hale speaks to the press\nDate: 03/04/2012", Severity.DRAFT) == ["ambiguous_date"]
    assert codes_of("Viktor Hale speaks on 3 April 2012\nDate: 03/04/2012", Severity.DRAFT) == []


def test_open_order_is_settled_by_another_date_of_the_file():
    head = "---\nrelease-date: 27/02/2012\n---\n\nViktor Hale speaks\n03/04/2012"
    assert (str(header_of(head).date), "ambiguous_date" in codes_of(head)) == ("2012-04-03", False)


@pytest.mark.parametrize(
    ("address", "day"), [("https://mfa.gov.au/1", "2012-04-03"), ("https://www.state.gov/1", "2012-03-04")]
)
def test_open_order_is_settled_by_the_country_that_published(address, day):
    head = f"---\nsource_url: {address}\n---\n\nViktor Hale speaks to the press\nDate: 03/04/2012"
    assert (str(header_of(head).date), codes_of(head)) == (day, [])


def test_open_order_is_settled_by_the_weekday_beside_it():
    assert str(header_of("Viktor Hale speaks\nSunday, 03/04/2012").date) == "2012-03-04"


def test_open_order_is_settled_by_a_language_that_has_but_one():
    speech = "Frage: Warum kommt die Fähre schon wieder zu spät?\n\nViktor Hale: Weil der Hafen nicht tief genug ist.\n"
    assert codes_of("Viktor Hale spricht zur Presse im Hafen\nDatum: 03/04/2012", speech=speech) == []


def test_name_of_a_month_that_is_another_in_croatian_is_settled_by_the_language():
    speech = "Pitanje: Zašto trajekt opet kasni?\n\nViktor Hale: Zato što luka nije dovoljno duboka za njega ljeti.\n"
    assert str(header_of("Viktor Hale govori\n5. listopada 2012.", speech).date) == "2012-10-05"
    speech = "Pytanie: Dlaczego prom znowu się spóźnia?\n\nViktor Hale: Bo port nie jest dość głęboki dla niego.\n"
    assert str(header_of("Viktor Hale mówi\n5 listopada 2012", speech).date) == "2012-11-05"


def test_day_of_the_event_beats_that_of_publication_wherever_either_stands():
    head = "Viktor Hale in Halvik\n\nPublished\n5 March 2024\nDelivered on:\n4 March 2024 (as it was delivered)"
    assert (str(header_of(head).date), codes_of(head)) == ("2024-03-04", [])


def test_feed_in_universal_time_gives_the_day_where_it_was_published():
    item = (
        "<item><title>Minister Hale With The Harbour Courier</title><link>https://www.state.gov/hale</link>"
        "<pubDate>Fri, 25 Feb 2022 01:29:13 +0000</pubDate>"
        "<description><![CDATA[<p><b>QUESTION:</b> Why?</p><p><b>MINISTER HALE:</b> So.</p>]]></description></item>"
    )
    transcript = read_transcript(item.encode())
    message = next(problem.message for problem in transcript.problems if problem.code == "publication_date")
    assert str(transcript.header.date) == "2022-02-24"
    assert "24 February 2022 there and 25 February in UTC" in message
    assert "weekday_differs" not in [problem.code for problem in transcript.problems]


def test_date_at_the_foot_of_the_page_dates_a_text_without_another():
    speech = f"{SPEECH}\nEnds/Tuesday, March 5, 2024\nIssued at 11:35\n"
    assert str(header_of("Transcript of remarks by Viktor Hale to the press", speech).date) == "2024-03-05"


def test_slip_in_a_date_is_reported_and_nothing_invented():
    head = "Transcript of doorstop, Halvik\n3 OCTOBER 19190"
    assert header_of(head).date is None
    assert codes_of(head) == ["unreadable_date", "no_date"]
    assert codes_of(f"---\ndate: 1990-10-03\n---\n\n{head}") == ["unreadable_date"]


def test_weekday_that_does_not_fit_makes_a_draft_unless_the_day_stands_twice():
    assert codes_of("Viktor Hale speaks\nMonday, 4 June 2013", Severity.DRAFT) == ["weekday_differs"]
    head = "Interview of Viktor Hale with Radio Harbour, 4 June 2013\nMonday, 4 June 2013"
    assert codes_of(head, Severity.DRAFT) == []


def test_date_that_the_title_and_a_line_agree_on_is_that_of_the_event():
    title = "Viktor Hale speaks, 4 June 2012, on the anniversary of the treaty of 9 May 1945"
    assert str(header_of(f"{title}\nHalvik, 4 June 2012").date) == "2012-06-04"


def test_several_days_are_reported():
    head = "Viktor Hale speaks to the press\nHalvik, 4-5 June 2012"
    assert (str(header_of(head).date), codes_of(head)) == ("2012-06-04", ["several_days"])


def test_number_of_a_document_dates_it_where_nothing_else_does():
    speech = "Вопрос: Почему паром опять опоздал?\n\nВ.Хейл: Потому что лёд на реке ещё не сошёл.\n"
    assert str(header_of("Интервью Виктора Хейла\n443-04-06-2012", speech).date) == "2012-06-04"


def test_month_and_year_keep_their_precision():
    assert header_of("Viktor Hale speaks\nMarch 2012").precision == "month"
    assert header_of("Interview of Viktor Hale, 1987").precision == "year"


def test_date_is_never_taken_from_what_is_spoken():
    speech = SPEECH.replace("Because", "Because since 5 May 2010")
    assert header_of("Viktor Hale speaks to the press", speech).date is None


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Viktor Hale speaks\nNueva York, 23 de septiembre de 2021", "Nueva York"),
        ("Viktor Hale speaks\nPalais des Nations, Geneva, 16 May 2024", "Palais des Nations, Geneva"),
        ("Viktor Hale speaks\nPort-Mercier, le 6 mars 2025", "Port-Mercier"),
        ("Transcript of doorstop interview: Tokyo, Japan: 15 February 2016: ferries", "Tokyo, Japan"),
        ("Halvik, 16 June 1999: transcript of doorstop interview", "Halvik"),
        ("Viktor Hale speaks\nHALVIK\n6 MARCH 2011", "Halvik"),
        ("Viktor Hale speaks\nPlace: Harbour House\n6 March 2011", "Harbour House"),
        ("Viktor J. Hale, Secretary of State\nNew Delhi, India", "New Delhi, India"),
        ("Viktor Hale speaks\nPrononcé le 6 mars 2025", ""),
    ],
)
def test_place_is_what_stands_before_the_date_or_names_a_known_place(head, place):
    assert header_of(head).place == place


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Joint press availability of Ministers Hale and Sol, 4 June 2012", "joint-press"),
        ("Online briefing by Viktor Hale, 4 June 2012", "briefing"),
        ("Press Gaggle by Viktor Hale, 4 June 2012", "briefing"),
        ("Transcript of doorstop interview with Viktor Hale, 4 June 2012", "press-conference"),
        ("Ответы на вопросы журналистов, 4 июня 2012 года", "press-conference"),
        ("Viktor Hale's interview with The Harbour Courier, 4 June 2012", "interview"),
    ],
)
def test_kind_comes_from_the_words_of_the_title(title, kind):
    assert header_of(title).kind == kind


def test_source_is_the_link_above_the_text_or_the_field():
    assert header_of("[mfa](https://mfa.example/1)\n\n## Viktor Hale speaks").source_url == "https://mfa.example/1"
    head = "---\ntitle: Viktor Hale speaks\nsource_url: https://mfa.example/2\n---"
    assert header_of(head).source_url == "https://mfa.example/2"


def test_headline_in_quotes_is_the_title():
    head = "Ministry of Roads\n\n“WE KEPT THEM DRY”\n\nInterview of Minister Viktor Hale with The Harbour Courier"
    header = header_of(head)
    assert (header.title, header.outlet) == ("“WE KEPT THEM DRY”", "The Harbour Courier")


@pytest.mark.parametrize(
    "title",
    [
        "MINISTER HALE: INTERVIEW WITH RADIO HARBOUR",
        "Minister Hale: ‘The ferry must sail’",
        "Ada Hale: The ferry must sail",
    ],
)
def test_title_that_begins_like_a_label_is_known_by_the_date_below_it(title):
    header = header_of(f"{title}\n\n9 May 2011\n\n")
    assert (header.title, str(header.date)) == (title, "2011-05-09")


def test_heading_with_a_colon_is_a_title_and_no_speech():
    assert header_of("# Press Conference: President and Minister\n\nHarbour\n\n").title.startswith("Press Conference")


def test_menu_of_a_site_is_no_title():
    assert (
        header_of("Home > Press > Briefings\nOnline briefing by Viktor Hale").title == "Online briefing by Viktor Hale"
    )


def test_language_is_that_of_the_speech_and_a_wrong_statement_is_noted():
    head = "---\ntitle: Виктор Хейл отвечает\nlang: ro\n---"
    speech = "Вопрос: Почему паром опять опоздал?\n\nВ.Хейл: Потому что лёд на реке ещё не сошёл.\n"
    assert header_of(head, speech).language == "ru"
    assert "language_differs" in codes_of(head, speech=speech)


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Viktor Hale on ferries | Ministry of Ports", "Viktor Hale on ferries"),
        ("Viktor Hale on the ferries - Ministry of Ports", "Viktor Hale on the ferries"),
        ("Viktor Hale in Halvik - doorstop on ferries", "Viktor Hale in Halvik - doorstop on ferries"),
        ("Remarks by\\_Viktor Hale", "Remarks by Viktor Hale"),
        ("VIKTOR HALE ON FERRIES", "VIKTOR HALE ON FERRIES"),
    ],
)
def test_title_beside_the_text_is_kept_as_written_without_the_site(given, title):
    assert header_of(f'---\ntitle: "{given}"\ndate: 2012-06-04\n---').title == title


def test_title_that_is_none_gives_way_and_is_reported():
    head = "---\ntitle: ho\ndate: 2012-06-04\n---\n\nInterview with Viktor Hale on the ferries"
    assert header_of(head).title == "Interview with Viktor Hale on the ferries"
    assert codes_of(head) == ["title_differs"]


def test_title_of_another_document_gives_way_and_is_reported():
    head = "---\ntitle: Budget papers tabled\ndate: 2012-06-04\n---\n\nTranscript of interview with Viktor Hale"
    assert header_of(head).title == "Transcript of interview with Viktor Hale"
    assert codes_of(head) == ["title_differs"]


def test_title_of_a_feed_is_not_that_of_its_item():
    feed = (
        "<rss><channel><title>Ministry news</title><item><title>Minister Hale’s interview with Radio Quai</title>"
        "<pubDate>Thu, 03 Mar 2022 18:00:00 +0100</pubDate><description><![CDATA[<p><b>QUESTION:</b> Why?</p>"
        "<p><b>MINISTER HALE:</b> So.</p>]]></description></item></channel></rss>"
    )
    assert read_transcript(feed.encode()).header.title == "Minister Hale’s interview with Radio Quai"


def test_number_of_a_press_release_and_a_long_paragraph_are_no_titles():
    head = "Press Release No. 45/2012\n\nViktor Hale came. He spoke of ferries and of the sea.\n\n4 June 2012"
    assert header_of(head).title is None


def test_title_in_chinese_needs_no_spaces():
    speech = "问：渡轮为什么又晚点了？\n\n答：因为港口的水还不够深。\n"
    assert header_of("2012年6月4日外交部发言人主持例行记者会", speech).title == "2012年6月4日外交部发言人主持例行记者会"


def test_language_of_a_text_without_speech_is_that_of_its_words():
    text = "Pressemitteilung\n\nDer Minister sprach gestern über die Fähre, den Hafen und die Brücken von Halvik.\n"
    assert read_transcript(text.encode()).header.language == "de"
