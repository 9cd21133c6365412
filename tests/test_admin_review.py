"""The review of names in the admin: decided by form or by script, undone, and both told where two decide at once."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from interviews.models import Curation, Decision, Entity
from interviews.tagging.curate import reject
from interviews.tagging.tags import tags_of

from admin_pages import HOSTILE, page
from archive_factory import make_entity, make_interview, propose
from pages_factory import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]
REVIEW = "interviews_mention_review"
DECIDE = reverse("admin:interviews_mention_decide")
BY_SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def jordan():
    return make_entity("country", "Jordan", iso_code="JO")


@pytest.fixture
def mention(jordan):
    turn = make_interview([("What of Jordan?", "It is near.")], title="Harbour talks").turns.first()
    return propose(turn, jordan, confidence=60)


@pytest.fixture
def second_curator(django_user_model):
    return django_user_model.objects.create_user("second", is_staff=True)


def test_name_is_shown_with_its_sentence_and_candidates(admin_client, mention):
    make_entity("person", "Ella Jordan")
    html = page(admin_client, REVIEW).content.decode()
    assert "What of <mark>Jordan</mark>?" in html
    assert "It is Ella Jordan" in html
    assert "Harbour talks" in html


@pytest.mark.parametrize(("verdict", "tags"), [("confirm", ["Jordan"]), ("reject", [])])
def test_button_decides_and_leads_back_to_the_page_with_a_message(admin_client, mention, verdict, tags):
    back = f"{reverse(f'admin:{REVIEW}')}?kind=country"
    sent = admin_client.post(DECIDE, {"mention": mention.pk, "verdict": verdict, "next": back}, follow=True)
    assert sent.redirect_chain == [(back, 302)]
    assert f"{verdict.capitalize()}ed: “Jordan”" in words_of(sent)
    assert [tag.name for tag in tags_of(mention.turn)] == tags
    assert list(sent.context["items"]) == []


def test_sure_names_of_one_interview_are_reviewed_too(admin_client, mention):
    norway = make_entity("country", "Norway", iso_code="NO")
    sure = [propose(make_interview([("And Norway?", "Yes.")]).turns.first(), norway, confidence=98) for _ in range(2)]
    interview = sure[0].turn.interview_id
    assert list(page(admin_client, REVIEW, interview=interview).context["items"]) == []
    shown = page(admin_client, REVIEW, interview=interview, sure="on").context["items"]
    assert [item["mention"] for item in shown] == [sure[0]]
    assert [item["mention"] for item in page(admin_client, REVIEW, sure="on").context["items"]] == [mention]
    admin_client.post(DECIDE, {"mention": sure[0].pk, "verdict": "reject"})
    assert list(page(admin_client, REVIEW, interview=interview, sure="on").context["items"]) == []


def test_candidate_replaces_what_the_tagger_thought(admin_client, mention):
    person = make_entity("person", "Ella Jordan")
    admin_client.post(DECIDE, {"mention": mention.pk, "other": person.pk})
    assert tags_of(mention.turn) == [person]


def test_misspelt_name_is_offered_the_one_it_may_be(admin_client):
    known, strange = make_entity("person", "Lidia Morewa"), make_entity("person", "Lidya Morewa")
    Entity.objects.filter(pk=known.pk).update(verified=True)
    mention = propose(make_interview([("Where is Lidya Morewa?", "At sea.")]).turns.first(), strange, confidence=60)
    assert "It is Lidia Morewa" in page(admin_client, REVIEW).content.decode()
    admin_client.post(DECIDE, {"mention": mention.pk, "other": known.pk})
    assert tags_of(mention.turn) == [known]


def test_another_is_found_by_its_name_or_as_it_is_suggested(admin_client, mention):
    person = make_entity("person", "Ella Moreau")
    names = admin_client.get(reverse("admin:interviews_entity_names"), {"q": "ella"}).json()["names"]
    assert names == [{"value": f"Ella Moreau (person, no. {person.pk})", "label": "person, nobody has vouched for it"}]
    for typed in ("ella moreau", names[0]["value"]):
        Decision.objects.all().delete()
        admin_client.post(DECIDE, {"mention": mention.pk, "verdict": "replace", "another": typed})
        assert tags_of(mention.turn) == [person]


def test_name_that_nothing_or_several_bear_is_asked_for_again(admin_client, mention):
    make_entity("person", "Ella Moreau")
    make_entity("place", "Ella Moreau")
    for typed, said in (("Nobody", "Nothing is called “Nobody”"), ("Ella Moreau", "Several bear this name")):
        data = {"mention": mention.pk, "verdict": "replace", "another": typed}
        answer = admin_client.post(DECIDE, data, **BY_SCRIPT)
        assert answer.status_code == 409
        assert said in answer.json()["problem"]
    assert not Decision.objects.exists()


def test_what_it_is_already_is_confirmed_not_replaced(admin_client, mention, jordan):
    admin_client.post(DECIDE, {"mention": mention.pk, "verdict": "replace", "another": "Jordan"})
    assert Decision.objects.get().verdict == "confirm"


def test_script_gets_what_was_done_and_the_history_to_undo_it(admin_client, mention):
    answer = admin_client.post(DECIDE, {"mention": mention.pk, "verdict": "reject"}, **BY_SCRIPT).json()
    assert answer["done"] == "Rejected: “<bdi>Jordan</bdi>” is not “<bdi>Jordan</bdi>”."
    undo = reverse("admin:interviews_curation_undo", args=[answer["act"]])
    assert undo in answer["acts"]
    undone = admin_client.post(undo, **BY_SCRIPT).json()
    assert undone["undone"] == answer["act"]
    assert not Decision.objects.exists()
    again = admin_client.post(undo, **BY_SCRIPT)
    assert "undone already" in again.json()["problem"]


def test_both_curators_are_told_when_they_decide_the_same_at_once(client, admin_client, mention, second_curator):
    second_curator.user_permissions.set(Permission.objects.filter(codename__endswith="decision"))
    client.force_login(second_curator)
    client.post(DECIDE, {"mention": mention.pk, "verdict": "reject"})
    answer = admin_client.post(DECIDE, {"mention": mention.pk, "verdict": "confirm", "seen": ""}, **BY_SCRIPT)
    assert answer.status_code == 409
    assert "<bdi>second</bdi> was quicker and decided about “<bdi>Jordan</bdi>”: rejected." in answer.json()["problem"]
    assert Decision.objects.get().by == second_curator
    html = words_of(page(client, REVIEW))
    assert "admin: Saw “Jordan” otherwise than you: confirmed." in html
    assert "Saw “" not in page(client, REVIEW).content.decode()
    seen = answer.json()["seen"]
    admin_client.post(DECIDE, {"mention": mention.pk, "verdict": "confirm", "seen": seen}, **BY_SCRIPT)
    assert Decision.objects.get().verdict == "confirm"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "country"}, 1),
        ({"kind": "person"}, 0),
        ({"surface": "jordan"}, 1),
        ({"surface": "Jor"}, 0),
        ({"interview": "harbour"}, 1),
        ({"interview": "9" * 30}, 0),
        ({"speaker": "Nobody"}, 0),
        ({"kind": "nonsense"}, 1),
        ({"page": "7"}, 1),
    ],
)
def test_filters_narrow_the_queue(admin_client, mention, query, found):
    assert len(page(admin_client, REVIEW, **query).context["items"]) == found


def test_queue_of_one_interview_is_asked_for_by_its_number(admin_client, mention):
    other = make_interview()
    assert len(page(admin_client, REVIEW, interview=mention.turn.interview_id).context["items"]) == 1
    assert len(page(admin_client, REVIEW, interview=other.pk).context["items"]) == 0


def test_markup_in_names_and_texts_is_shown_as_text(admin_client, mention):
    mention.entity.name = HOSTILE
    mention.entity.save()
    make_entity("person", f"{HOSTILE} Jordan")
    html = page(admin_client, REVIEW).content.decode()
    assert HOSTILE not in html
    answer = admin_client.post(DECIDE, {"mention": mention.pk, "verdict": "reject"}, **BY_SCRIPT).json()
    assert HOSTILE not in answer["acts"]


def test_name_that_a_retag_took_away_is_said_to_be_gone(admin_client, mention):
    mention.delete()
    answer = admin_client.post(DECIDE, {"mention": mention.pk or 1, "verdict": "reject"}, **BY_SCRIPT)
    assert "no longer marked there" in answer.json()["problem"]


def test_what_no_database_keeps_is_refused_or_left_out(admin_client, admin_user, mention):
    assert admin_client.get(reverse("admin:interviews_entity_names"), {"q": "Jor\0dan"}).status_code == 200
    assert admin_client.get(reverse(f"admin:{REVIEW}"), {"surface": "\0", "page": "٣"}).status_code == 200
    reject(mention=mention, by=admin_user)
    undo = reverse("admin:interviews_curation_undo", args=[Curation.objects.get().pk])
    assert admin_client.post(undo, {"reason": "\0"}).status_code == 302


def test_nothing_leads_out_of_the_archive(admin_client, mention):
    data = {"mention": mention.pk, "verdict": "reject", "next": "https://elsewhere.example/"}
    assert admin_client.post(DECIDE, data).url == reverse(f"admin:{REVIEW}")


def test_who_may_not_decide_is_refused(client, mention, second_curator):
    client.force_login(second_curator)
    assert client.get(reverse(f"admin:{REVIEW}")).status_code == 403
    assert client.post(DECIDE, {"mention": mention.pk, "verdict": "reject"}).status_code == 403
    assert not Decision.objects.exists()


def test_decision_is_not_taken_by_following_a_link(admin_client, mention):
    assert admin_client.get(DECIDE, {"mention": mention.pk, "verdict": "reject"}).status_code == 405


def test_acts_that_cannot_be_undone_are_refused(admin_client, admin_user, mention):
    reject(mention=mention, by=admin_user)
    act = Curation.objects.create(act="contest", entity=mention.entity, by=admin_user)
    assert admin_client.post(reverse("admin:interviews_curation_undo", args=[act.pk])).status_code == 403


def test_queries_do_not_grow_with_the_queue(admin_client, jordan, django_assert_max_num_queries):
    for number in range(18):
        talks = make_interview([("What of Jordan?", "It is near.")], speaker=f"Speaker {number}")
        propose(talks.turns.first(), jordan, confidence=60)
    with django_assert_max_num_queries(16):
        page(admin_client, REVIEW)
