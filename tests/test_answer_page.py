"""The page of an answer: its words first, who said them, the exchanges around it, and what else belongs beside it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from interviews.models import Entity, Turn
from interviews.search.engine import snapshot
from interviews.search.index.generations import current_generation
from interviews.search.index.segment import Segment
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_interview, mention
from pages_factory import links_and_words, links_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]
HERRING = ("Who counts the herring in the strait?", "Wardens count the herring quota by lantern. Nobody else will.")
ELSEWHERE = (
    "And the wardens?",
    "We pay for bread. Wardens who count the herring quota keep their lantern. It is late.",
)
OTHERS = [(f"What of the {thing}?", f"The {thing} is {state}.") for thing, state in (
    ("harbour", "open"), ("treaty", "signed"), ("railway", "built"), ("bridge", "narrow"), ("budget", "spent"),
)]  # fmt: skip


def page_of(client, interview, number):
    response = client.get(f"{interview.get_absolute_url()}{number}/")
    assert response.status_code == 200
    return response


def section(response, name):
    """The part of a page under the heading of this anchor; '' where there is none."""
    html = response.content.decode()
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?(?=aria-labelledby="|</main>)', html, re.DOTALL)
    return found[0] if found else ""


def related_to(client, interview, number="a1"):
    """The addresses of the answers that the page of a turn gives as related, in order."""
    return re.findall(r'href="([^"]*)"', section(page_of(client, interview, number), "related"))


def answer_of(interview, number="a1"):
    return f"{interview.get_absolute_url()}{number}/"


@pytest.fixture
def talks():
    """An interview of one telling answer and others, in an archive where nothing resembles it yet."""
    make_interview([OTHERS[number % len(OTHERS)] for number in range(150)], date="2017-01-01", speaker="Nora Vik")
    return make_interview([HERRING, *OTHERS], date="2019-12-05", slug="talks")


def elsewhere(exchange=ELSEWHERE, **fields):
    return make_interview([exchange], **{"date": "2020-03-04", "speaker": "Livia Ek"} | fields)


def test_page_shows_the_question_the_answer_who_spoke_the_citation_and_what_stands_around_in_this_order(client, talks):
    talks.participations.filter(part="interviewee").update(office="Minister of Fish")
    words = words_of(page_of(client, talks, "a1"))
    places = [
        words.index(each)
        for each in (
            "Answer 1 of 6",
            HERRING[0],
            HERRING[1],
            "Ilan Moreau , Minister of Fish",
            "asked by Harbour Post",
            "5 December 2019",
            "Cite this answer",
            "In the interview",
        )
    ]
    assert places == sorted(places)


def test_one_heading_is_the_first_and_none_skips_a_level(client, talks):
    elsewhere()
    reindex()
    levels = [int(level) for level in re.findall(r"<h(\d)[ >]", page_of(client, talks, "a1").content.decode())]
    assert levels[0] == 1
    assert all(2 <= level <= before + 1 for before, level in pairwise(levels))


def test_office_of_the_speaker_is_that_of_any_label_that_states_one(client, talks):
    voice = talks.participations.get(part="interviewee")
    talks.participations.create(part="interviewee", label="Minister Moreau", person=voice.person, office="Minister")
    Turn.objects.create(
        interview=talks, number="s1", position=99, kind="statement", text="Farewell.", participation=voice
    )
    talks.turns.filter(number="a6").update(participation=talks.participations.get(label="Minister Moreau"))
    assert "Ilan Moreau , Minister" in words_of(page_of(client, talks, "s1"))


def test_exchanges_before_and_after_can_be_read_in_place_and_lead_on(client, talks):
    response = page_of(client, talks, "a2")
    html = section(response, "context")
    assert re.findall(r'rel="(\w+)" href="([^"]*)"', html) == [
        ("prev", answer_of(talks, "a1")),
        ("next", answer_of(talks, "a3")),
    ]
    folded = re.findall(r"<details>.*?</details>", html, re.DOTALL)
    assert [HERRING[1] in each for each in folded] == [True, False]
    assert f"{talks.get_absolute_url()}#a2" in links_of(response)


def test_nothing_stands_before_the_first_answer_nor_after_the_last(client, talks):
    assert re.findall(r'rel="(\w+)" href', section(page_of(client, talks, "a1"), "context")) == ["next"]
    assert re.findall(r'rel="(\w+)" href', section(page_of(client, talks, "a6"), "context")) == ["prev"]


def test_second_answer_to_a_question_comes_after_the_first_without_the_question_again(client, talks):
    first = talks.turns.get(number="a1")
    talks.turns.filter(position__gt=first.position).update(position=20)
    second = Turn.objects.create(
        interview=talks, number="a1b", position=first.position + 1, kind="answer", text="I too.",
        reply_to=first.reply_to, participation=first.participation,
    )  # fmt: skip
    context = section(page_of(client, talks, "a1"), "context")
    assert f'rel="next" href="{second.get_absolute_url()}"' in context
    assert HERRING[0] not in context
    assert "Answer 1b (2 of 7)" in words_of(page_of(client, talks, "a1b"))


def test_courtesies_have_no_place_among_the_answers(client, talks):
    talks.turns.filter(number="a1").update(courtesy=True)
    assert "Answer 1 of" not in words_of(page_of(client, talks, "a1"))
    assert "Answer 2 (1 of 5)" in words_of(page_of(client, talks, "a2"))


@pytest.mark.parametrize("number", ["s1", "q7", "q1", "m1", "d1"])
def test_pages_of_all_kinds_of_turns_stand(client, talks, number):
    asking = talks.participations.get(part="interviewer")
    add = talks.turns.create
    add(number="s1", position=80, kind="statement", text="Farewell to all.")
    add(number="q7", position=81, kind="question", text="And the eels?", participation=asking)
    add(number="m1", position=82, kind="moderator", text="The last question, please.")
    add(number="d1", position=83, kind="direction", text="(A bell rings.)")
    reindex()
    words = words_of(page_of(client, talks, number))
    assert words.index(talks.turns.get(number=number).text) < words.index("5 December 2019")


def test_page_says_of_a_question_that_nobody_answered_it_and_of_an_answer_that_it_was_interrupted(client, talks):
    talks.turns.create(number="q7", position=81, kind="question", text="And the eels?")
    talks.turns.filter(number="a2").update(continues=True)
    assert "not answered" in words_of(page_of(client, talks, "q7"))
    assert "not answered" not in words_of(page_of(client, talks, "q1"))
    assert "taken up after an interruption" in words_of(page_of(client, talks, "a2"))
    assert "taken up after an interruption" not in words_of(page_of(client, talks, "a1"))


def test_words_of_a_moderator_are_called_a_remark(client, talks):
    talks.turns.create(number="m1", position=82, kind="moderator", text="The last question, please.")
    assert "Cite this remark" in words_of(page_of(client, talks, "m1"))


def test_related_answer_is_told_by_its_question_its_speaker_its_date_and_the_sentence_that_shares_most(client, talks):
    other = elsewhere()
    reindex()
    response = page_of(client, talks, "a1")
    assert related_to(client, talks) == [answer_of(other)]
    assert (answer_of(other), "And the wardens?") in links_and_words(response)
    told = section(response, "related")
    assert "Livia Ek" in told
    assert "4 March 2020" in told
    assert ">Wardens who count the herring quota keep their lantern.<" in told


def test_answers_of_the_same_interview_are_not_related(client, talks):
    talks.turns.filter(number="a2").update(text=ELSEWHERE[1])
    reindex()
    assert related_to(client, talks) == []


def test_drafts_and_what_was_withdrawn_since_are_not_related(client, talks):
    withdrawn, draft = elsewhere(), elsewhere(speaker="Nora Vik")
    elsewhere(speaker="Per Holm", status="draft")
    reindex()
    withdrawn.turns.update(status="withdrawn")
    assert related_to(client, talks) == [answer_of(draft)]
    draft.status = "draft"
    draft.save()
    assert related_to(client, talks) == []


def test_what_was_said_the_same_day_in_another_language_is_not_related(client, talks):
    elsewhere(date="2019-12-05", language="de")
    country = make_country("LY", "Libya")
    for turn in Turn.objects.filter(number="a1"):
        mention(turn, country)
    reindex()
    assert related_to(client, talks) == []


def test_repeats_are_related_once_and_of_the_answer_itself_not_at_all(client, talks):
    elsewhere(HERRING)
    first = elsewhere()
    elsewhere(date="2018-05-06")
    reindex()
    assert related_to(client, talks) == [answer_of(first)]


def test_at_most_five_are_related_and_two_of_one_interview(client, talks):
    words = ("amber", "birch", "cedar", "dune", "elder", "fern", "grove")
    many = [("And so?", f"{HERRING[1]} {' '.join(f'{word}{number}' for number in range(15))}.") for word in words]
    one = make_interview(many[:3], date="2020-05-06", speaker="Livia Ek")
    for exchange in many[3:]:
        elsewhere(exchange)
    reindex()
    found = related_to(client, talks)
    assert len(found) == 5
    assert sum(address.startswith(one.get_absolute_url()) for address in found) <= 2


def test_one_word_in_common_relates_nothing(client, talks):
    elsewhere(("And the lantern?", "It is dark."))
    reindex()
    assert related_to(client, talks) == []


def test_rare_names_relate_answers_of_different_languages(client, talks):
    other = elsewhere(("Und die Insel?", "Davon weiß ich nichts."), language="de")
    for country in (make_country("LY", "Libya"), make_country("MT", "Malta")):
        mention(talks.turns.get(number="a1"), country)
        mention(other.turns.get(number="a1"), country)
    reindex()
    assert related_to(client, talks) == [answer_of(other)]


def damage_the_index():
    """Write other bytes into its files, where they lie."""
    for path in filter(Path.is_file, current_generation().iterdir()):
        size = path.stat().st_size
        with path.open("r+b") as opened:
            opened.write(b"\xff" * size)


def test_without_an_index_the_page_stands_without_what_is_related(client, talks):
    assert related_to(client, talks) == []


def test_with_a_damaged_index_the_page_stands_without_what_is_related(client, talks, monkeypatch):
    elsewhere()
    reindex()
    assert related_to(client, talks) != []
    damage_the_index()
    monkeypatch.setattr(snapshot, "_newest", None)
    assert related_to(client, talks) == []


def test_page_stands_where_the_index_is_damaged_after_it_was_opened(client, talks, monkeypatch):
    def fail(*_):
        raise OSError("These bytes are none of ours.")

    elsewhere()
    reindex()
    monkeypatch.setattr(Segment, "postings", fail)
    with pytest.raises(OSError, match="none of ours"):
        page_of(client, talks, "a1")
    monkeypatch.setattr(snapshot.Snapshot, "is_untouched", lambda _: True)
    damage_the_index()
    assert related_to(client, talks) == []


def same_subjects(client, interview, number="a1"):
    """What the page of a turn says of the same speaker on the same subjects: [(address, words), ...]"""
    html = section(page_of(client, interview, number), "same-speaker")
    return [(href, words) for href, words in re.findall(r'<a href="([^"]*)"[^>]*>(?:<bdi>)?([^<]*)', html)]


def about_libya(date, *, question="What of Libya?", speaker="Ilan Moreau", **fields):
    interview = make_interview([(question, "It holds.")], date=date, speaker=speaker, **fields)
    mention(interview.turns.get(number="q1"), make_country("LY", "Libya"))
    return interview


def test_same_speaker_on_the_same_subject_is_the_nearest_before_and_after(client):
    oldest, older, own, newer, newest = (
        about_libya(f"{year}-05-06", question=f"What of Libya in {year}?") for year in range(2016, 2021)
    )
    about_libya("2018-05-07", speaker="Livia Ek")
    reindex()
    assert same_subjects(client, own) == [
        ("/countries/libya/", "Libya"),
        (answer_of(older), "What of Libya in 2017?"),
        (answer_of(newer), "What of Libya in 2019?"),
        ("/countries/libya/?speaker=ilan-moreau", "All 5 answers"),
    ]
    assert same_subjects(client, oldest)[1] == (answer_of(older), "What of Libya in 2017?")
    assert same_subjects(client, newest)[1] == (answer_of(newer), "What of Libya in 2019?")


def test_nothing_is_told_of_a_speaker_who_spoke_of_it_nowhere_else(client):
    own = about_libya("2018-05-06")
    about_libya("2019-05-06", speaker="Livia Ek")
    about_libya("2019-05-06", status="draft")
    reindex()
    assert same_subjects(client, own) == []


def test_what_was_withdrawn_since_is_not_told_of_the_same_speaker(client):
    own, other = about_libya("2018-05-06"), about_libya("2019-05-06")
    reindex()
    other.turns.update(status="withdrawn")
    assert same_subjects(client, own) == []


def test_country_of_the_speaker_is_no_subject(client):
    own, _ = about_libya("2018-05-06"), about_libya("2019-05-06")
    Entity.objects.filter(slug="ilan-moreau").update(country=make_country("LY", "Libya"))
    reindex()
    assert same_subjects(client, own) == []


def test_page_of_a_question_tells_nothing_of_the_same_speaker(client):
    own, _ = about_libya("2018-05-06"), about_libya("2019-05-06")
    reindex()
    assert same_subjects(client, own, "q1") == []
    assert same_subjects(client, own, "a1") != []
