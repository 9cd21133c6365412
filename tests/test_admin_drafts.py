"""A draft at the curators' desk: previewed as readers will see it, its turns set right, published."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import NoReverseMatch, reverse

from interviews.admin import running_order
from interviews.ingest.renumber import renumber
from interviews.models import Interview, Participation, Reading, ReadingProblem, Turn

from admin_pages import HOSTILE, errors, notes, page, submit
from archive_factory import make_entity, make_interview
from ingesting import TEXT, UNDATED, ingest
from pages_factory import add_source, links_of, words_of

pytestmark = pytest.mark.django_db
NAMELESS = re.sub("Question: (.*)", r"**\1**", TEXT.replace("Runa Solberg: ", "").replace(" Runa Solberg", ""))


def address(interview, name):
    return reverse(f"admin:interviews_interview_{name}", args=[interview.pk])


def user_with(*rights):
    user = User.objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return user


def publish(client, interview):
    seen_at = Interview.objects.get(pk=interview.pk).changed_at.isoformat()
    return client.post(address(interview, "publish"), {"seen_at": seen_at}, follow=True)


@pytest.fixture
def undated(texts):
    ingest(texts("undated.txt", UNDATED))
    return Interview.objects.get()


def test_draft_without_a_date_has_no_public_address_but_a_preview(admin_client, undated):
    with pytest.raises(NoReverseMatch):
        undated.get_absolute_url()
    response = admin_client.get(address(undated, "preview"))
    assert response.status_code == 200
    assert "Draft: only curators see this." in words_of(response)
    assert "#a1" in links_of(response)


def test_preview_is_the_public_page_with_a_banner(admin_client, client):
    interview = make_interview(title="Harbour talks", slug="harbour-post")
    add_source(interview)
    Interview.objects.update(status="draft", status_reason="Look at it.")
    preview = words_of(admin_client.get(address(interview, "preview")))
    Interview.objects.update(status="published")
    public = words_of(client.get(interview.get_absolute_url()))
    start = public.index("Harbour talks")
    end = public.index("Cite this interview")  # nobody cites a draft
    assert public[start:end] in preview
    assert "Look at it." not in preview


def test_preview_is_kept_out_of_indexes_and_caches(admin_client, undated):
    response = admin_client.get(address(undated, "preview"))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert 'rel="canonical"' not in response.content.decode()


@pytest.mark.parametrize("name", ["preview", "source"])
def test_withdrawn_interview_is_still_seen_by_curators(admin_client, client, texts, name):
    ingest(texts("ferry.txt"))
    Interview.objects.update(status="withdrawn", status_reason="Asked for.")
    interview = Interview.objects.get()
    assert client.get(interview.get_absolute_url()).status_code == 410
    response = admin_client.get(address(interview, name))
    assert "Withdrawn: only curators see this." in words_of(response)
    assert "It has been running since Monday." in words_of(response)


@pytest.mark.parametrize("name", ["preview", "source"])
def test_hostile_text_is_escaped_in_previews(admin_client, texts, name):
    ingest(texts("undated.txt", UNDATED.replace("Both banks pay", f"Both {HOSTILE} pay")))
    Interview.objects.update(title=HOSTILE)
    html = admin_client.get(address(Interview.objects.get(), name)).content.decode()
    assert HOSTILE not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("name", ["preview", "source", "publish", "turns"])
def test_pages_of_a_draft_are_for_those_who_may(client, undated, name):
    assert client.get(address(undated, name)).status_code == 302
    client.force_login(user_with("view_turn"))
    assert client.get(address(undated, name)).status_code == 403
    client.force_login(User.objects.create_superuser("chief"))
    assert client.get(address(undated, name)).status_code == 200
    missing = reverse(f"admin:interviews_interview_{name}", args=[undated.pk + 1])
    assert client.get(missing).status_code == 404


@pytest.mark.parametrize("name", ["publish", "turns"])
def test_who_may_only_look_changes_nothing(client, undated, name):
    Interview.objects.update(date="2019-03-05")
    client.force_login(user_with("view_interview", "view_turn"))
    assert client.get(address(undated, "preview")).status_code == 200
    assert client.post(address(undated, name)).status_code == 403
    assert address(undated, name) not in page(client, "interviews_interview_change", undated.pk).content.decode()
    assert Interview.objects.get().status == "draft"


def test_publish_page_says_what_stands_in_the_way(admin_client, undated):
    assert "It has no date" in words_of(admin_client.get(address(undated, "publish")))
    publish(admin_client, undated)
    assert Interview.objects.get().status == "draft"


def test_draft_gets_its_date_and_is_published(admin_client, admin_user, undated):
    submit(admin_client, page(admin_client, "interviews_interview_change", undated.pk), date="2019-03-05")
    problem = ReadingProblem.objects.get(code="no_date")
    assert problem.settled_by == admin_user
    response = publish(admin_client, undated)
    interview = Interview.objects.get()
    assert (interview.status, interview.status_reason) == ("published", "")
    assert interview.published_at
    assert notes() == set(interview.turns.values_list("pk", flat=True))
    assert "Published: 1." in words_of(response)
    assert admin_client.get("/interviews/2019/03/05/il-molo/").status_code == 200


def test_to_publish_settles_what_kept_it_hidden(admin_client, admin_user):
    interview = make_interview(status="draft", status_reason="Who asks?")
    add_source(interview)
    problem = Reading.objects.get().problems.create(code="asker", message=f"Who asks?{HOSTILE}", severity="draft")
    response = admin_client.get(address(interview, "publish"))
    assert "Who asks?" in words_of(response)
    assert HOSTILE not in response.content.decode()
    publish(admin_client, interview)
    problem.refresh_from_db()
    assert problem.settled_by == admin_user


def test_draft_that_was_changed_meanwhile_is_not_published(admin_client):
    interview = make_interview(status="draft")
    seen_at = interview.changed_at.isoformat()
    interview.save()
    response = admin_client.post(address(interview, "publish"), {"seen_at": seen_at})
    assert "changed meanwhile" in words_of(response)
    assert Interview.objects.get().status == "draft"


def test_page_of_a_turn_leads_to_the_kinds(admin_client, undated):
    html = page(admin_client, "interviews_turn_change", undated.turns.first().pk).content.decode()
    assert f'<a href="{address(undated, "turns")}?page=1">change it</a>' in html


def test_speaker_whom_the_text_does_not_name_is_added_by_hand(admin_client, undated):
    person = make_entity("person", "Vera Lindt")
    response = page(admin_client, "interviews_interview_change", undated.pk)
    count = undated.participations.count()
    added = {"part": "moderator", "person": person.name, "office": "", "outlet": "", "label": ""}
    fields = {f"participations-{count}-{name}": value for name, value in added.items()}
    submit(admin_client, response, **fields, **{"participations-TOTAL_FORMS": count + 1})
    assert Participation.objects.get(person=person).label == "Vera Lindt"


@pytest.fixture
def nameless(texts):
    path = texts("nameless.md", NAMELESS)
    ingest(path)
    return path


def test_interview_whose_text_names_nobody_can_be_changed(admin_client, nameless):
    interview = Interview.objects.get()
    response = page(admin_client, "interviews_interview_change", interview.pk)
    submit(admin_client, response, title="Ferries and bridges")
    assert Interview.objects.get().title == "Ferries and bridges"
    assert interview.participations.get().name == ""


def test_voice_that_a_curator_named_is_known_again_in_a_corrected_text(admin_client, nameless):
    person = make_entity("person", "Vera Lindt")
    response = page(admin_client, "interviews_interview_change", Interview.objects.get().pk)
    submit(admin_client, response, **{"participations-0-person": person.name})
    nameless.write_text(NAMELESS.replace("Monday", "Sunday"))
    ingest(nameless)
    assert Participation.objects.get().person == person
    assert set(Turn.objects.filter(kind="answer").values_list("participation__person", flat=True)) == {person.pk}


def test_speaker_without_any_name_is_not_added(admin_client, undated):
    response = page(admin_client, "interviews_interview_change", undated.pk)
    count = undated.participations.count()
    fields = {f"participations-{count}-part": "moderator", f"participations-{count}-office": "Chair"}
    response = submit(admin_client, response, **fields, **{"participations-TOTAL_FORMS": count + 1})
    assert "Say who this is" in errors(response)


@pytest.mark.parametrize(
    "parts", [("interviewee", "interviewee"), ("moderator", "interviewee")], ids=["same", "exchanged"]
)
def test_part_of_a_voice_that_another_of_its_label_has_is_told(admin_client, undated, parts):
    undated.participations.create(label="Runa Solberg", part="moderator")
    response = page(admin_client, "interviews_interview_change", undated.pk)
    forms = response.context["inline_admin_formsets"][0].formset.forms
    prefixes = {form.instance.part: form.prefix for form in forms}
    fields = zip((prefixes["interviewee"], prefixes["moderator"]), parts, strict=True)
    response = submit(admin_client, response, **{f"{prefix}-part": part for prefix, part in fields})
    assert "“Runa Solberg” takes part as interviewee already" in words_of(response)
    assert set(undated.participations.values_list("part", flat=True)) == {"interviewer", "interviewee", "moderator"}


# The kinds of turns


def turns_form(response):
    """What a browser would send back from a page of kinds, as it came."""
    context = response.context
    data = {"seen_at": context["seen"]["seen_at"].value()}
    for row in context["rows"]:
        data |= {field.html_name: field.value() for field in row}
    return data


def set_kinds(client, interview, **changes):
    """Send the page of kinds with changes such as q1_kind="statement"."""
    data = turns_form(client.get(address(interview, "turns")))
    keys = dict(interview.turns.values_list("number", "pk"))
    for name, value in changes.items():
        number, _, field = name.partition("_")
        data[f"turn-{keys[number]}-{field}"] = value
    return client.post(address(interview, "turns"), data, follow=True)


def kinds(interview):
    turns = interview.turns.current().order_by("position").select_related("reply_to")
    return [(turn.number, turn.kind, turn.reply_to and turn.reply_to.number) for turn in turns]


def test_kinds_of_a_draft_are_set_and_its_turns_numbered_as_if_read_so(admin_client, undated):
    texts = list(undated.turns.order_by("position").values_list("text", flat=True))
    response = set_kinds(admin_client, undated, q1_kind="statement", a1_kind="statement", a1_answers="")
    assert "numbered anew" in words_of(response)
    assert kinds(undated) == [
        ("s1", "statement", None),
        ("s2", "statement", None),
        ("q1", "question", None),
        ("a1", "answer", "q1"),
        ("q2", "question", None),
        ("a2", "answer", "q2"),
    ]
    assert list(undated.turns.order_by("position").values_list("text", flat=True)) == texts
    assert notes() == set(undated.turns.values_list("pk", flat=True))


def test_what_a_reading_says_follows_the_new_numbers(admin_client, undated):
    set_kinds(admin_client, undated, q1_kind="statement", a1_kind="statement")
    reading = Reading.objects.get()
    assert set(reading.facts["turns"]) == {"s1", "s2", "q1", "a1", "q2", "a2"}  # PostgreSQL keeps no order here
    answer = undated.turns.get(number="a1")
    html = admin_client.get(address(undated, "source")).content.decode()
    assert answer.text in html.split('<li id="a1"')[1].split("</li>")[0].split("</pre>")[0]


def test_answer_goes_to_the_question_that_is_named(admin_client, undated):
    set_kinds(admin_client, undated, q3_kind="answer", q3_answers="q1", a3_answers="q2")
    assert kinds(undated)[-2:] == [("a1b", "answer", "q1"), ("a2b", "answer", "q2")]


def test_answer_whose_question_is_none_any_more_goes_to_the_one_before(admin_client, undated):
    set_kinds(admin_client, undated, q2_kind="direction")
    assert kinds(undated)[2:4] == [("d1", "direction", None), ("a1b", "answer", "q1")]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"q1_kind": "statement"}, "No question q1 stands before it"),
        ({"a1_answers": "q3"}, "No question q3 stands before it"),
        ({"a1_answers": "<b>&"}, "No question <b>& stands before it"),
        ({"a1_kind": "song"}, "Select a valid choice"),
        ({"a1_speaker": "0"}, "Select a valid choice"),
    ],
)
def test_impossible_kind_is_told_and_changes_nothing(admin_client, undated, changes, complaint):
    before = kinds(undated)
    response = set_kinds(admin_client, undated, **changes)
    assert complaint in words_of(response)
    assert "<b>&" not in response.content.decode()
    assert kinds(undated) == before


def test_speaker_of_a_turn_is_set_among_those_of_the_interview(admin_client, undated):
    asking = undated.participations.get(label="Question")
    set_kinds(admin_client, undated, a1_speaker=str(asking.pk), a2_speaker="")
    assert undated.turns.get(number="a1").participation == asking
    assert undated.turns.get(number="a2").participation is None


def test_numbers_that_readers_know_stay(admin_client, texts):
    ingest(texts("ferry.txt"))
    interview = Interview.objects.get()
    response = set_kinds(admin_client, interview, q3_kind="statement", a3_kind="statement")
    assert "Readers know the numbers" in words_of(response)
    assert kinds(interview)[-2:] == [("q3", "statement", None), ("a3", "statement", None)]
    with pytest.raises(ValueError, match="for ever"):
        renumber(interview)


def test_kinds_set_meanwhile_are_not_undone(admin_client, undated):
    data = turns_form(admin_client.get(address(undated, "turns")))
    set_kinds(admin_client, undated, q3_kind="statement", a3_kind="statement")
    before = kinds(undated)
    response = admin_client.post(address(undated, "turns"), data)
    assert "changed meanwhile" in words_of(response)
    assert admin_client.post(address(undated, "turns"), data).status_code == 200
    assert kinds(undated) == before


def test_saving_the_kinds_without_a_change_changes_nothing(admin_client, undated):
    before = list(Turn.objects.values_list("number", "changed_at"))
    set_kinds(admin_client, undated)
    assert list(Turn.objects.values_list("number", "changed_at")) == before


def test_withdrawn_turns_of_a_draft_make_room(undated):
    undated.turns.filter(number__in=["q1", "a1"]).update(status="withdrawn")
    renumber(undated)
    assert [number for number, *_ in kinds(undated)] == ["q1", "a1", "q2", "a2"]
    assert len(set(undated.turns.values_list("number", flat=True))) == 6


def test_long_interview_opens_its_kinds_with_few_queries(admin_client, django_assert_max_num_queries):
    interview = make_interview([("And then?", "Then this.")] * 80)
    with django_assert_max_num_queries(20):
        admin_client.get(address(interview, "turns"))


@pytest.mark.parametrize(("text", "number"), [(TEXT, "s1"), (UNDATED, "s3")])
def test_new_answer_to_what_a_curator_made_a_statement_is_a_statement(texts, admin_client, text, number):
    path = texts("ferry.txt", text)
    ingest(path)
    changes = {"q2_kind": "statement", "a2_kind": "statement", "a2_answers": ""}
    set_kinds(admin_client, Interview.objects.get(), **changes)
    for words in ("My bank pays more than hers.", "Our bank pays more than hers."):
        path.write_text(text.replace("Question: Will", f"Runa Solberg: {words}\n\nQuestion: Will"))
        ingest(path)
        turn = Turn.objects.get(text=words)
        assert (turn.number, turn.kind, turn.reply_to) == (number, "statement", None)


def test_kinds_of_a_long_interview_are_set_page_by_page(admin_client):
    interview = make_interview(
        [(f"What of pier {n}?", f"Pier {n} is sound.") for n in range(170)], date=None, status="draft"
    )
    last = interview.turns.get(number="a170")
    form = address(interview, "turns")
    response = admin_client.get(form, {"page": 4})
    shown = [row.turn.number for row in response.context["rows"]]
    assert (shown[0], shown[-1], len(shown)) == ("q151", "a170", 40)
    data = turns_form(response) | {f"turn-{last.pk}-kind": "statement", "page": "3"}
    response = admin_client.post(f"{form}?page=4", data)
    assert response.url == f"{form}?page=3"
    last.refresh_from_db()
    assert (last.kind, last.number, last.reply_to) == ("statement", "s1", None)
    assert interview.turns.filter(kind="answer").count() == 169


def test_answer_of_another_page_goes_to_the_question_before_where_its_own_is_none_any_more(admin_client, monkeypatch):
    monkeypatch.setattr(running_order, "ON_A_PAGE", 3)
    interview = make_interview([("First?", "One."), ("Second?", "Two.")], date=None, status="draft")
    last, first = interview.turns.get(number="a2"), interview.turns.get(number="q1")
    set_kinds(admin_client, interview, q2_kind="answer")
    last.refresh_from_db()
    assert last.reply_to == first


def test_page_of_kinds_that_leaves_an_answer_elsewhere_without_a_question_is_not_saved(admin_client, monkeypatch):
    monkeypatch.setattr(running_order, "ON_A_PAGE", 1)
    interview = make_interview([("First?", "One.")], date=None, status="draft")
    response = set_kinds(admin_client, interview, q1_kind="statement")
    assert "No question would stand before a1, on another page." in words_of(response)
    assert interview.turns.get(number="q1").kind == "question"


def test_turn_leads_to_the_page_where_its_kind_is_set(admin_client, monkeypatch):
    monkeypatch.setattr(running_order, "ON_A_PAGE", 3)
    interview = make_interview([("First?", "One."), ("Second?", "Two.")])
    response = page(admin_client, "interviews_answer_change", interview.turns.get(number="a2").pk)
    assert f"{address(interview, 'turns')}?page=2" in links_of(response)


def test_draft_at_its_public_address_is_seen_by_those_who_may_view_interviews(client):
    draft = make_interview(status="draft")
    for rights, status in (([], 404), (["view_turn"], 404), (["view_interview"], 200), (["change_interview"], 200)):
        User.objects.all().delete()
        client.force_login(user_with(*rights))
        assert client.get(draft.get_absolute_url()).status_code == status


def test_way_to_split_or_join_turns_leads_through_the_text(admin_client, undated):
    response = admin_client.get(address(undated, "turns"))
    source = Reading.objects.get().source
    assert reverse("admin:interviews_source_file", args=[source.pk]) in links_of(response)
    assert reverse("admin:interviews_source_add") in links_of(response)
    assert "such as “Question:”" in words_of(response)


def test_reading_says_in_words_what_the_text_says_of_itself(admin_client, undated):
    words = words_of(page(admin_client, "interviews_reading_change", Reading.objects.get().pk))
    assert "outlet country IT" in words
    assert "Runa Solberg interviewee, Runa Solberg, Foreign Minister" in words
    assert "{" not in words.split("What the text says")[1]
