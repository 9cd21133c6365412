"""Mentions decided in bulk, entities and their addresses, sources to look at."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from interviews.models import (
    Decision,
    Entity,
    FormerAddress,
    Reading,
    Source,
    Turn,
)
from interviews.search import Request, search
from interviews.search.index.upkeep import reindex
from interviews.tagging.tags import tags_of

from admin_pages import HOSTILE, act, errors, make_tagged_interview, mark, notes, page, submit
from archive_factory import make_country, make_entity, make_interview

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]


@pytest.fixture
def interview():
    return make_tagged_interview()


def test_mentions_are_rejected_in_bulk(admin_client, admin_user, interview):
    turns = list(interview.turns.filter(number__in=["q1", "a1"]))
    mentions = [turn.mentions.get() for turn in turns]
    response = act(admin_client, "interviews_mention", "reject_tags", mentions)
    assert "Rejected: 2 mentions." in response.content.decode()
    assert {(d.turn, d.verdict, d.by) for d in Decision.objects.all()} == {(t, "reject", admin_user) for t in turns}
    assert [tags_of(turn) for turn in Turn.objects.filter(pk__in=notes())] == [[], []]


def test_mentions_are_confirmed_in_bulk_over_earlier_decisions(admin_client, interview):
    answer = interview.turns.get(number="a1")
    Decision.objects.create(turn=answer, entity=Entity.objects.get(iso_code="NO"), verdict="reject", reason="doubt")
    response = act(admin_client, "interviews_mention", "confirm_tags", [answer.mentions.get()])
    assert "Confirmed: 1 mention." in response.content.decode()
    assert tags_of(answer) == [Entity.objects.get(iso_code="NO")]


def test_undecided_mentions_and_those_of_a_country_are_listed(admin_client, interview):
    answer = interview.turns.get(number="a1")
    Decision.objects.create(turn=answer, entity=Entity.objects.get(iso_code="NO"), verdict="reject")

    def listed(**query):
        found = page(admin_client, "interviews_mention_changelist", **query).context["cl"].result_list
        return [(m.turn.number, m.surface) for m in found]

    assert listed(decision="none", country="NO") == [("q1", "Norway")]
    assert listed(decision="reject") == [("a1", "Norway")]
    assert listed(country="IT") == [("q2", "Italy"), ("a2", "Italy")]


def test_search_follows_a_decision(admin_client, interview, django_capture_on_commit_callbacks):
    def norway_count():
        countries = next(facet for facet in search(Request()).facets if facet.name == "country")
        return {value.value: value.count for value in countries.values}.get("NO")

    reindex()
    assert norway_count() == 1
    mentions = [turn.mentions.get() for turn in interview.turns.filter(number__in=["q1", "a1"])]
    with django_capture_on_commit_callbacks(execute=True):
        act(admin_client, "interviews_mention", "reject_tags", mentions)
    assert norway_count() is None


def test_who_may_only_look_cannot_decide(client, django_user_model, interview):
    reader = django_user_model.objects.create(username="reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_mention"))
    client.force_login(reader)
    html = page(client, "interviews_mention_changelist").content.decode()
    assert "Reject" not in html.partition("In its sentence")[0].partition("Action")[2]
    act(client, "interviews_mention", "reject_tags", interview.turns.get(number="q1").mentions.all())
    assert not Decision.objects.exists()


def test_mention_stands_in_its_sentence_with_everything_escaped(admin_client):
    interview = make_interview([(f"{HOSTILE} and more", None)], title=HOSTILE)
    mark(interview.turns.get(), make_country("NO", "Norway"))
    html = page(admin_client, "interviews_mention_changelist").content.decode()
    assert "&lt;script&gt;alert(&#x27;<mark>Norway</mark>&#x27;)&lt;/script&gt; and more" in html
    assert HOSTILE not in html
    for name, row in (("interview", interview), ("turn", interview.turns.get())):
        assert HOSTILE not in page(admin_client, f"interviews_{name}_change", row.pk).content.decode()


def test_mention_list_needs_a_fixed_number_of_queries(admin_client, django_assert_max_num_queries):
    interview = make_interview([("What of Norway and Italy?", "Norway is near Italy.")] * 10)
    norway, italy = make_country("NO", "Norway"), make_country("IT", "Italy")
    for turn in interview.turns.all():
        mark(turn, norway)
        mark(turn, italy)
    Decision.objects.bulk_create(Decision(turn=t, entity=norway, verdict="confirm") for t in interview.turns.all())
    with django_assert_max_num_queries(12):
        html = page(admin_client, "interviews_mention_changelist").content.decode()
    assert html.count("<mark>") == 40


def test_decisions_are_undone(admin_client, interview):
    answer, norway = interview.turns.get(number="a1"), Entity.objects.get(iso_code="NO")
    decision = Decision.objects.create(turn=answer, entity=norway, verdict="reject")
    act(admin_client, "interviews_decision", "undo_decisions", [decision])
    assert tags_of(answer) == [norway]
    assert notes() == {answer.pk}


def test_changed_slug_of_an_entity_redirects_and_tells_the_search_index(admin_client, interview):
    norway = Entity.objects.get(iso_code="NO")
    submit(admin_client, page(admin_client, "interviews_entity_change", norway.pk), slug="fjords")
    response = admin_client.get("/countries/norway/")
    assert (response.status_code, response.url) == (301, "/countries/fjords/")
    assert notes() == set(interview.turns.filter(number__in=["q1", "a1"]).values_list("pk", flat=True))


def test_changed_slug_of_an_outlet_touches_its_interviews(admin_client, interview):
    submit(admin_client, page(admin_client, "interviews_entity_change", interview.outlet.pk), slug="quay-post")
    assert notes() == set(interview.turns.values_list("pk", flat=True))


def test_changed_name_of_an_entity_keeps_its_address(admin_client, interview):
    norway = Entity.objects.get(iso_code="NO")
    submit(admin_client, page(admin_client, "interviews_entity_change", norway.pk), name="Kingdom of the Fjords")
    norway.refresh_from_db()
    assert (norway.name, norway.slug) == ("Kingdom of the Fjords", "norway")
    assert not FormerAddress.objects.exists()
    assert not notes()


def test_former_address_of_an_entity_is_never_given_away(admin_client):
    first, second = make_entity("person", "Vera Lindt"), make_entity("person", "Ilan Moreau")
    FormerAddress.objects.create(path="/people/lindt/", entity=first)
    response = submit(admin_client, page(admin_client, "interviews_entity_change", second.pk), slug="lindt")
    assert "Another entry had this address once" in errors(response)
    FormerAddress.objects.update(entity=None, gone_reason="removed")
    response = submit(admin_client, page(admin_client, "interviews_entity_change", second.pk), slug="lindt")
    assert "Another entry had this address once" in errors(response)


def test_alias_is_added(admin_client):
    person = make_entity("person", "Vera Lindt")
    alias = {
        "aliases-TOTAL_FORMS": 1,
        "aliases-0-text": "V. Lindt",
        "aliases-0-language": "en",
        "aliases-0-kind": "name",
    }
    submit(admin_client, page(admin_client, "interviews_entity_change", person.pk), **alias)
    assert person.aliases.get().text == "V. Lindt"


def test_entity_is_found_by_its_alias_for_a_tag(admin_client):
    person = make_entity("person", "Vera Lindt")
    person.aliases.create(text="Madam Chair")
    found = page(admin_client, "interviews_entity_names", q="madam").json()["names"]
    assert found == [{"value": f"Vera Lindt (person, no. {person.pk})", "label": "person, nobody has vouched for it"}]


def test_used_entity_cannot_be_deleted_and_an_unused_one_leaves_its_reason(admin_client, interview):
    norway, nobody = Entity.objects.get(iso_code="NO"), make_entity("person", "Noise")
    assert admin_client.get(reverse("admin:interviews_entity_delete", args=[norway.pk])).status_code == 403
    admin_client.post(reverse("admin:interviews_entity_delete", args=[nobody.pk]), {"post": "yes"})
    assert not Entity.objects.filter(pk=nobody.pk).exists()
    assert "Noise" in FormerAddress.objects.get(path="/people/noise/").gone_reason


def test_problems_of_a_reading_are_shown_in_words(admin_client, interview):
    source = Source.objects.create(sha256="0" * 64, name="talks.txt", size=10)
    problem = {"code": "no_date", "line": 3, "message": f"No date found {HOSTILE}", "severity": "draft"}
    reading = Reading.objects.create(
        source=source,
        interview=interview,
        layout="labels",
        encoding="utf-8",
        parser_version="1",
        facts={"title": "Harbour talks"},
    )
    reading.problems.create(**problem)
    html = page(admin_client, "interviews_reading_change", reading.pk).content.decode()
    assert "No date found &lt;script&gt;" in html
    assert "<td>3</td>" in html
    assert "talks.txt" in page(admin_client, "interviews_reading_changelist", problems="yes").content.decode()
    assert "talks.txt" not in page(admin_client, "interviews_reading_changelist", problems="no").content.decode()


def test_sources_are_read_only(admin_client):
    source = Source.objects.create(sha256="0" * 64, name="talks.txt", size=10)
    address = reverse("admin:interviews_source_change", args=[source.pk])
    assert admin_client.post(address, {"name": "other.txt"}).status_code == 403
    assert Source.objects.get().name == "talks.txt"


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"name": "<b>Ana</b> Velt"}, "It holds markup"),
        ({"name": "Ana \u202etleV"}, "It holds the hidden character U+202E"),
        ({"name": "\u200b"}, "It holds the hidden character U+200B"),
        ({"name": "A" * 10_000}, "at most 300 characters"),
        ({"note": "An envoy\x07"}, "It holds the hidden character U+0007"),
        ({"wikidata": "velt"}, "no Wikidata identifier"),
        ({"wikidata": "Q7"}, "That is “Sea Council” (organisation)"),
        ({"iso_code": "AV"}, "of a country only"),
    ],
)
def test_fact_that_no_table_may_hold_is_not_typed_either(admin_client, facts, complaint):
    Entity.objects.filter(pk=make_entity("organisation", "Sea Council").pk).update(wikidata="Q7")
    entity = make_entity("person", "Ana Velt")
    response = submit(admin_client, page(admin_client, "interviews_entity_change", entity.pk), **facts)
    assert complaint in errors(response)
    assert Entity.objects.get(pk=entity.pk).name == "Ana Velt"


@pytest.mark.parametrize("text", ["<i>Velt</i>", "V\u202eelt", "...", "Velt; A. Velt", "Norway"])
def test_other_name_that_no_table_may_hold_is_not_typed_either(admin_client, text):
    Entity.objects.filter(pk=make_country("NO", "Norway").pk).update(verified=True)
    entity = make_entity("person", "Ana Velt")
    opened = page(admin_client, "interviews_entity_change", entity.pk)
    row = {"aliases-TOTAL_FORMS": "1", "aliases-0-text": text, "aliases-0-language": "", "aliases-0-kind": "name"}
    response = submit(admin_client, opened, **row)
    assert response.status_code == 200
    assert not entity.aliases.exists()


def test_second_entity_of_a_kind_and_name_is_refused_with_a_link_to_the_known_one(admin_client):
    known = make_entity("organisation", "Sea Council")
    known.aliases.create(text="Council of the Sea")
    link = f'<a href="{reverse("admin:interviews_entity_change", args=[known.pk])}">Sea Council</a>'
    opened = page(admin_client, "interviews_entity_add")
    for name in ("Sea Council", "sea council", "Council of the Sea"):
        response = submit(admin_client, opened, kind="organisation", name=name, slug="another")
        assert link in errors(response)
    submit(admin_client, opened, kind="place", name="Sea Council", slug="sea-council")
    assert Entity.objects.count() == 2


def test_second_entity_of_a_name_is_made_where_the_curator_says_that_it_is_another(admin_client):
    make_entity("organisation", "Sea Council")
    opened = page(admin_client, "interviews_entity_add")
    submit(admin_client, opened, kind="organisation", name="Sea Council", slug="another", is_another="on")
    assert Entity.objects.filter(name="Sea Council").count() == 2


def test_what_is_kept_with_a_strange_name_is_mended_without_the_name(admin_client):
    entity = make_entity("outlet", "Radio <M>", slug="radio-m")
    submit(admin_client, page(admin_client, "interviews_entity_change", entity.pk), note="A station")
    assert Entity.objects.get(pk=entity.pk).note == "A station"


def test_country_of_an_entity_is_chosen_by_its_name_among_countries(admin_client):
    make_country("NO", "Norway"), make_entity("person", "Norway Berg")
    person = make_entity("person", "Vera Lindt")
    form = page(admin_client, "interviews_entity_change", person.pk)
    assert "No country is called “Vera Lindt”" in errors(submit(admin_client, form, country="Vera Lindt"))
    submit(admin_client, form, country="norway")
    assert Entity.objects.get(pk=person.pk).country.iso_code == "NO"
    again = page(admin_client, "interviews_entity_change", person.pk)
    written = f"Norway (country, no. {Entity.objects.get(iso_code='NO').pk})"
    assert f'value="{written}"' in again.content.decode()
    submit(admin_client, again, note="Envoy")
    assert Entity.objects.get(pk=person.pk).country.iso_code == "NO"
    submit(admin_client, page(admin_client, "interviews_entity_change", person.pk), country="")
    assert Entity.objects.get(pk=person.pk).country is None


def test_names_are_suggested_of_the_kind_that_is_asked_for(admin_client):
    make_entity("place", "Lindt Bay"), make_entity("person", "Lindt")
    for kind, names in (("person", ["Lindt"]), ("", ["Lindt", "Lindt Bay"]), ("ship", ["Lindt", "Lindt Bay"])):
        found = page(admin_client, "interviews_entity_names", q="lindt", kind=kind).json()["names"]
        assert sorted(each["value"].partition(" (")[0] for each in found) == names
