import pytest

from interviews.ingest.read import read_transcript


def speakers_of(text):
    return {speaker.label: speaker for speaker in read_transcript(text.encode()).speakers}


def dialogue(asks, answers, head=""):
    return f"{head}\n\n{asks}: Why?\n\n{answers}: Because.\n\n{asks}: When?\n\n{answers}: In June.\n"


@pytest.mark.parametrize(
    ("head", "label", "name", "office"),
    [
        ("Foreign Minister Viktor Hale’s interview with Radio Quai", "Viktor Hale", "Viktor Hale", "Foreign Minister"),
        ("Viktor J. Hale, Secretary of State", "SECRETARY HALE", "Viktor J. Hale", "Secretary of State"),
        ("Remarks by NATO Secretary General Viktor Hale", "MR HALE", "Viktor Hale", "NATO Secretary General"),
        ("The Hon. Viktor Hale MP", "Mr Hale", "Viktor Hale", ""),
        ("Press conference", "Foreign Minister Viktor  Hale", "Viktor Hale", "Foreign Minister"),
        ("Press conference", "KEVIN HALE", "Kevin Hale", ""),
        ("Briefing by Maren Holt, Spokesperson of the Court", "Maren Holt", "Maren Holt", "Spokesperson of the Court"),
        ("Interview of Foreign Minister Viktor Hale with Radio Quai", "A", "Viktor Hale", "Foreign Minister"),
        ("Entretien de Mme Ana Halle, ministre du port", "Ana Halle", "Ana Halle", "ministre du port"),
        ("Press conference", "MINISTER", None, "Minister"),
        ("Пресс-конференция", "С.В.Хейл", "С.В.Хейл", ""),
    ],
)  # fmt: skip
def test_label_leads_to_the_person_of_the_head(head, label, name, office):
    speaker = speakers_of(dialogue("Question", label, head))[" ".join(label.split())]
    assert (speaker.name, speaker.office, speaker.part) == (name, office, "interviewee")


def test_catalogue_names_the_only_one_who_answers():
    head = '---\ntitle: "Doorstop, Halvik"\ncreators:\n  - "Hale, Viktor"\n  - "Harbour Party of Varland"\n---'
    assert speakers_of(dialogue("Journalist", "MINISTER", head))["MINISTER"].name == "Viktor Hale"


def test_office_of_a_field_names_its_holder():
    text = (
        "<t><title>Press conference, Halvik</title><prime-minister>Berg, Anna</prime-minister><content><![CDATA["
        "<p>JOURNALIST: Why?</p><p>PM: Because.</p><p>HALE: It is so.</p><p>JOURNALIST: When?</p><p>PM: In June.</p>"
        "]]></content></t>"
    )
    speakers = speakers_of(text)
    assert (speakers["PM"].name, speakers["PM"].office) == ("Anna Berg", "Prime Minister")
    assert speakers["HALE"].name == "Hale"


@pytest.mark.parametrize(
    ("label", "name", "outlet"),
    [
        ("Anne Barr, ABC", "Anne Barr", "ABC"),
        ("Anne Barr ABC", "Anne Barr", "ABC"),
        ("Josh Leder, Kansai Shinpo", "Josh Leder", "Kansai Shinpo"),
        ("AFP", None, "AFP"),
        ("The Harbour Courier", None, "The Harbour Courier"),
        ("Question (Reuters)", None, "Reuters"),
        ("Question", None, None),
        ("Journalist Anne Barr", "Anne Barr", None),
    ],
)
def test_who_asks_is_a_person_an_outlet_or_nobody_named(label, name, outlet):
    speaker = speakers_of(dialogue(label, "Minister Hale"))[label]
    assert (speaker.part, speaker.name, speaker.outlet) == ("interviewer", name, outlet)


def test_single_journalist_of_the_title_is_who_asks():
    speakers = speakers_of(
        dialogue("QUESTION", "SECRETARY HALE", "Secretary Hale With Ana Rosso of The Harbour Courier")
    )
    assert speakers["QUESTION"].name == "Ana Rosso"


def test_of_two_names_the_one_who_ends_with_questions_asks():
    text = dialogue("Ana Rosso", "Viktor Hale")
    assert {label: speaker.part for label, speaker in speakers_of(text).items()} == {
        "Ana Rosso": "interviewer",
        "Viktor Hale": "interviewee",
    }


def test_one_person_under_two_labels_has_one_name():
    text = (
        "Press conference, 4 June 2012\n\nForeign Minister Viktor Hale: Good morning.\n\nJournalist: Why?\n\n"
        "Mr Hale: Because.\n\nJournalist: When?\n\nMr Hale: In June.\n"
    )
    transcript = read_transcript(text.encode())
    assert {turn.speaker for turn in transcript.turns if turn.kind != "question"} == {"Viktor Hale"}


def test_who_says_only_phrases_beside_long_answers_moderates():
    text = (
        "QUESTION: Why?\n\nMINISTER HALE: " + "The harbour is not deep enough. " * 12 + "\n\n"
        "QUESTION: One more —\n\nMR VANCE: Very short.\n\nQUESTION: When?\n\nMINISTER HALE: In June.\n"
    )
    assert speakers_of(text)["MR VANCE"].part == "moderator"


def test_moderator_asks_where_nobody_else_does():
    assert speakers_of(dialogue("Moderator", "Minister Hale"))["Moderator"].part == "interviewer"


def test_label_without_a_name_is_noted_with_its_line():
    problems = read_transcript(dialogue("Question", "MINISTER").encode()).problems
    assert ("unnamed_speaker", 5) in [(problem.code, problem.line) for problem in problems]


def test_two_names_without_a_question_mark_are_told_by_their_order_and_kept_a_draft():
    text = (
        "Radio Quai, 4 June 2012\n\nRosso: Tell me about it.\n\nHale: It is wet, and so it will stay for ever.\n\n"
        "Rosso: And the ferry.\n\nHale: The ferry floats, as one asks of a ferry.\n"
    )
    transcript = read_transcript(text.encode())
    assert {speaker.label: speaker.part for speaker in transcript.speakers} == {
        "Rosso": "interviewer",
        "Hale": "interviewee",
    }
    assert ("guessed_parts", "draft") in [(problem.code, problem.severity) for problem in transcript.problems]


def test_initials_and_surname_are_one_voice_with_the_full_name():
    text = (
        "4 June 2012\n\nAsle Moe: Welcome to the hour.\n\nLivia Sol: Thank you.\n\nAM: Is it deep?\n\nLS: It is.\n\n"
        "AM: Is it wet?\n\nLS: It is.\n"
    )
    assert {label: speaker.part for label, speaker in speakers_of(text).items()} == {
        "Asle Moe": "interviewer",
        "AM": "interviewer",
        "Livia Sol": "interviewee",
        "LS": "interviewee",
    }


def test_who_says_their_own_name_first_asks():
    text = (
        "Official Spokesperson, Mr Viktor Hale: Good evening.\n\nAna Rosso: Ana Rosso from Radio Quai. Tell us.\n\n"
        "Official Spokesperson, Mr Viktor Hale: No.\n\nTomas: Tomas from Kanal 9. Tell us, please.\n\n"
        "Official Spokesperson, Mr Viktor Hale: No.\n"
    )
    parts = {label: speaker.part for label, speaker in speakers_of(text).items()}
    assert (parts["Ana Rosso"], parts["Tomas"]) == ("interviewer", "interviewer")


def test_names_with_the_same_office_are_two_people():
    text = (
        "4 June 2012\n\nJOURNALIST: Why?\n\nMR HALE: Because.\n\nMR HALL: Indeed.\n\nJOURNALIST: When?\n\n"
        "MR HALE: In June.\n\nMR HALL: In July.\n"
    )
    assert {"MR HALE", "MR HALL"} <= speakers_of(text).keys()


def test_damaged_role_word_names_nobody():
    transcript = read_transcript(dialogue("JOIJRNALIST", "MR SOLBERG").encode())
    assert [(speaker.label, speaker.name) for speaker in transcript.speakers if speaker.part == "interviewer"] == [
        ("JOIJRNALIST", None)
    ]


def test_second_host_who_mostly_hands_over_to_the_first_asks_too():
    said = [
        ("ANA ROSSO", "We have the top dog on the telephone. Here is the Prime Minister of Varland."),
        ("JAN MOE", "Hello! How are you this morning?"),
        ("PRIME MINISTER", "Good morning. I am as well as the harbour. How excited are you?"),
        ("JAN MOE", "Oh well."),
        ("ANA ROSSO", "I am so excited."),
        ("JAN MOE", "The town is alive, and you are with the ferry, are you not?"),
        ("PRIME MINISTER", "I am, and I was heartbroken when she was late. She will not be late again."),
        ("ANA ROSSO", "Yes, pretty much."),
        ("JAN MOE", "That is right."),
        ("PRIME MINISTER", "It is an amazing story. Nobody gave her a chance, and she stood in the ice all winter."),
        ("ANA ROSSO", "Are you going on board?"),
        ("PRIME MINISTER", "I will be there, and so will the harbour master."),
        ("ANA ROSSO", "Will you leave the beer at home?"),
        ("JAN MOE", "Was it not a storm in a teacup?"),
        ("PRIME MINISTER", "It is a bit late for beer."),
    ]
    text = "Radio interview, Halvik\n\n" + "\n\n".join(f"{label}: {words}" for label, words in said)
    parts = {label: speaker.part for label, speaker in speakers_of(text).items()}
    assert parts == {"ANA ROSSO": "interviewer", "JAN MOE": "interviewer", "PRIME MINISTER": "interviewee"}
