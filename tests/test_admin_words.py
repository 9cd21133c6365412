"""Surface forms, rules and merges in the admin: each is seen before it is done, and undone in the history."""

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from interviews.models import Alias, Curation, Decision, Entity, Interview, Mention, Merge, Rule
from interviews.tagging.curate import confirm, reject
from interviews.tagging.tags import tags_of

from admin_pages import HOSTILE, page, submit
from archive_factory import make_entity, make_interview, propose
from pages_factory import links_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]
WORDS = reverse("admin:interviews_mention_words")


@pytest.fixture
def georgia():
    return make_entity("country", "Georgia", iso_code="GE")


@pytest.fixture
def state():
    return make_entity("place", "State of Georgia")


@pytest.fixture
def mentions(georgia):
    """Georgia in three answers, the first of an interview of its own."""
    talks = [make_interview([("And?", "Georgia is near.")], date="2021-01-01", speaker="Livia Ek")]
    talks.append(make_interview([("And?", "To Georgia."), ("Then?", "From Georgia.")], date="2020-01-01"))
    answers = [turn for each in talks for turn in each.turns.filter(kind="answer")]
    return [propose(turn, georgia, confidence=60) for turn in answers]


def undo(client, act):
    return client.post(reverse("admin:interviews_curation_undo", args=[act.pk]), follow=True)


def rule_page(mention):
    return f"{reverse('admin:interviews_rule_add')}?mention={mention.pk}"


def make_rule(client, address, **said):
    """Fill in a rule, look at the preview, and save it."""
    seen = client.post(address, said | {"preview": "1"})
    previewed = seen.context["form"]["previewed"].value()
    return client.post(address, said | {"save": "1", "previewed": previewed}, follow=True)


def test_all_sentences_of_the_words_are_shown_to_be_chosen(admin_client, mentions):
    response = page(admin_client, "interviews_mention_words", surface="Georgia")
    html = response.content.decode()
    assert "“Georgia” in 3 turns" in html
    assert html.count("checked>") == 3
    assert "To <mark>Georgia</mark>." in html


def test_chosen_ones_are_decided_with_a_reason_and_the_others_left(admin_client, mentions):
    data = {"chosen": [mentions[0].pk, mentions[2].pk], "verdict": "reject", "reason": "a town", "opened": 0}
    sent = admin_client.post(f"{WORDS}?surface=Georgia", data, follow=True)
    assert "Rejected: 2 mentions." in sent.content.decode()
    assert {(each.turn_id, each.reason) for each in Decision.objects.all()} == {
        (mentions[0].turn_id, "a town"),
        (mentions[2].turn_id, "a town"),
    }
    assert [mention for mention, _, _ in sent.context["rows"]] == [mentions[1]]


def test_words_that_mean_several_can_all_be_given_each_of_these_meanings(admin_client, mentions, georgia, state):
    Mention.objects.filter(pk=mentions[1].pk).update(entity=state)
    opened = page(admin_client, "interviews_mention_words", surface="Georgia")
    assert {georgia, state} == {entity for entity, _ in opened.context["candidates"]}
    data = {"chosen": [each.pk for each in mentions], "other": georgia.pk, "opened": 0}
    sent = admin_client.post(f"{WORDS}?surface=Georgia", data, follow=True)
    assert "It is Georgia: 3 mentions." in sent.content.decode()
    assert [tags_of(each.turn) for each in mentions] == [[georgia]] * 3


def test_chosen_ones_become_another(admin_client, mentions, state):
    data = {"chosen": [each.pk for each in mentions], "verdict": "replace", "another": "State of Georgia"}
    admin_client.post(f"{WORDS}?surface=Georgia", data)
    assert [tags_of(each.turn) for each in mentions] == [[state]] * 3
    act = Curation.objects.get(act="decide")
    assert "(3 times" in undo(admin_client, act).content.decode()
    assert not Decision.objects.exists()


def test_chosen_ones_become_what_a_button_names(admin_client, mentions):
    person = make_entity("person", "Ella Georgia")
    assert "It is Ella Georgia" in page(admin_client, "interviews_mention_words", surface="Georgia").content.decode()
    admin_client.post(f"{WORDS}?surface=Georgia", {"chosen": mentions[0].pk, "other": person.pk})
    assert tags_of(mentions[0].turn) == [person]


def test_way_leads_back_to_the_review_when_nothing_is_left(admin_client, mentions):
    review = f"{reverse('admin:interviews_mention_review')}?kind=country"
    address = f"{WORDS}?{urlencode({'surface': 'Georgia', 'next': review})}"
    keys = [each.pk for each in mentions]
    assert admin_client.post(address, {"chosen": keys[:1], "verdict": "reject"}).url == address
    assert admin_client.post(address, {"chosen": keys[1:], "verdict": "reject"}).url == review


def test_sentences_take_a_fixed_number_of_queries(admin_client, mentions, georgia, django_assert_max_num_queries):
    for turn in make_interview([("And?", "In Georgia.")] * 40).turns.filter(kind="answer"):
        propose(turn, georgia, confidence=60)
    with django_assert_max_num_queries(16):
        page(admin_client, "interviews_mention_words", surface="Georgia")


def test_bulk_leaves_what_another_decided_meanwhile_and_tells_both(admin_client, mentions, django_user_model):
    opened = page(admin_client, "interviews_mention_words", surface="Georgia").context["form"]["opened"].value()
    other = django_user_model.objects.create_user("Second")
    reject(mention=mentions[0], by=other)
    data = {"chosen": [each.pk for each in mentions], "verdict": "confirm", "opened": opened}
    html = admin_client.post(f"{WORDS}?surface=Georgia", data, follow=True).content.decode()
    assert "Confirmed: 2 mentions." in html
    assert "<bdi>Second</bdi> was quicker" in html
    assert Curation.objects.get(act="contest").overruled == other
    assert tags_of(mentions[0].turn) == []


def test_nothing_chosen_and_nobody_named_is_said(admin_client, mentions):
    address = f"{WORDS}?surface=Georgia"
    assert "Choose at least one." in admin_client.post(address, {"verdict": "reject"}, follow=True).content.decode()
    assert "Say which entity" in admin_client.post(address, {"verdict": "replace", "chosen": 1}).content.decode()
    assert admin_client.get(WORDS).status_code == 302


def test_rule_is_saved_only_after_its_preview_was_seen(admin_client, mentions, georgia):
    said = {"surface": "Georgia", "verdict": "reject", "entity": "Georgia", "scope": "interview"}
    html = admin_client.post(rule_page(mentions[1]), said | {"save": "1"}).content.decode()
    assert "0 names more and 2 names less in 2 turns" in html
    assert "2 names would wait no longer for review." in html
    assert not Rule.objects.exists()
    make_rule(admin_client, rule_page(mentions[1]), **said)
    rule = Rule.objects.get()
    assert (rule.interview, rule.speaker, rule.entity) == (mentions[1].turn.interview, None, georgia)
    assert [tags_of(each.turn) for each in mentions] == [[georgia], [], []]


@pytest.mark.parametrize(("scope", "left"), [("", 0), ("speaker", 2), ("both", 2), ("interview", 2)])
def test_rule_holds_in_the_scope_that_was_chosen(admin_client, mentions, scope, left):
    said = {"surface": "Georgia", "verdict": "reject", "entity": "Georgia", "scope": scope}
    make_rule(admin_client, rule_page(mentions[0]), **said)
    assert sum(bool(tags_of(each.turn)) for each in mentions) == left


def test_rule_gives_words_another_meaning_and_is_undone(admin_client, mentions, georgia, state):
    make_rule(admin_client, rule_page(mentions[0]), surface="Georgia", verdict="replace", entity=state.name, scope="")
    assert [tags_of(each.turn) for each in mentions] == [[state]] * 3
    undo(admin_client, Curation.objects.get(act="rule"))
    assert [tags_of(turn) for turn in {each.turn for each in mentions}] == [[georgia]] * 3


def test_preview_of_a_rule_leaves_longer_names_alone(admin_client, mentions, state):
    make_interview([("And then?", "Katie Georgia flew over South Georgia. Georgia Harbour waits.")])
    said = {"surface": "Georgia", "verdict": "confirm", "entity": state.name, "scope": ""}
    html = admin_client.post(rule_page(mentions[0]), said).content.decode()
    assert "3 names more and 3 names less in 3 turns" in html
    make_rule(admin_client, rule_page(mentions[0]), **said)
    assert set(Mention.objects.filter(entity=state).values_list("turn", flat=True)) == {m.turn_id for m in mentions}


def test_preview_of_a_rule_tells_what_stands_in_a_draft(admin_client, mentions):
    draft = mentions[0].turn.interview
    Interview.objects.filter(pk=draft.pk).update(status="draft")
    said = {"surface": "Georgia", "verdict": "reject", "entity": "", "preview": "1"}
    html = admin_client.post(reverse("admin:interviews_rule_add"), said).content.decode()
    assert "0 names more and 3 names less in 3 turns" in html
    assert "1 name of these stands in drafts or withdrawn interviews" in html
    assert html.count("(draft)") == 1


def test_rule_without_a_mention_may_be_about_one_speaker(admin_client, mentions):
    address = reverse("admin:interviews_rule_add")
    make_rule(admin_client, address, surface="Georgia", verdict="reject", entity="", speaker="Livia Ek")
    assert [bool(tags_of(each.turn)) for each in mentions] == [False, True, True]


def test_second_rule_on_the_same_is_refused_in_words(admin_client, mentions):
    said = {"surface": "Georgia", "verdict": "reject", "entity": "", "scope": ""}
    make_rule(admin_client, rule_page(mentions[0]), **said)
    html = make_rule(admin_client, rule_page(mentions[0]), **said).content.decode()
    assert "There is a rule about “Georgia” in this scope already" in html


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            {"verdict": "reject", "entity": "", "scope": ""},
            "in all interviews, “Georgia” means nothing that the archive lists",
        ),
        (
            {"verdict": "reject", "entity": "Georgia", "scope": "speaker"},
            "where “Livia Ek” speaks, “Georgia” is not “Georgia” (country)",
        ),
        (
            {"verdict": "replace", "entity": "State of Georgia", "scope": "interview"},
            "in the interview “Talks at the harbour”, what was found under “Georgia” is “State of Georgia” (place)",
        ),
        (
            {"verdict": "confirm", "entity": "State of Georgia", "scope": "both"},
            "where “Livia Ek” speaks in the interview “Talks at the harbour”, “Georgia” is “State of Georgia” (place) "
            "wherever it stands as a name by itself",
        ),
    ],
)
def test_history_says_what_a_rule_says_and_of_a_removed_one_what_it_said(admin_client, mentions, state, said, told):
    Interview.objects.filter(pk=mentions[0].turn.interview_id).update(title="Talks at the harbour")
    made = make_rule(admin_client, rule_page(mentions[0]), surface="Georgia", **said)
    assert f"The rule holds: {told}." in words_of(made)
    removing = reverse("admin:interviews_rule_remove", args=[Rule.objects.get().pk])
    assert f"It says: {told}." in words_of(admin_client.get(removing))
    admin_client.post(removing)
    history = words_of(page(admin_client, "interviews_curation_changelist"))
    assert f"Made a rule: {told} " in history
    assert f"Removed a rule: {told} " in history


def test_history_says_what_was_merged_into_which_and_what_was_undone(admin_client, georgia):
    double = make_entity("country", "Republic of Georgia")
    merge = reverse("admin:interviews_entity_merge", args=[georgia.pk])
    admin_client.post(merge, {"merged": "Republic of Georgia", "seen": double.pk})
    undo(admin_client, Curation.objects.get(act="merge"))
    history = words_of(page(admin_client, "interviews_curation_changelist"))
    assert "Merged “Republic of Georgia” into “Georgia” (country)" in history
    assert "Parted “Republic of Georgia” from “Georgia” (country) again" in history


def test_history_sets_every_name_of_a_sentence_apart(admin_client, mentions, georgia):
    name = "\u062c\u0648\u0631\u062c\u064a\u0627"
    Entity.objects.filter(pk=georgia.pk).update(name=name)
    make_rule(admin_client, rule_page(mentions[0]), surface="Georgia", verdict="reject", entity=name, scope="")
    reject(mention=mentions[0], by=None)
    undo(admin_client, Curation.objects.get(act="decide"))
    for response in (
        page(admin_client, "interviews_curation_changelist"),
        page(admin_client, "interviews_entity_change", georgia.pk),
    ):
        html = response.content.decode()
        assert f"“<bdi>Georgia</bdi>” is not “<bdi>{name}</bdi>”" in html
        assert f"“{name}”" not in html


def test_rule_is_removed_after_a_look_at_what_that_changes(admin_client, mentions, georgia):
    make_rule(admin_client, rule_page(mentions[0]), surface="Georgia", verdict="reject", entity="", scope="")
    rule = Rule.objects.get()
    assert "Remove" in page(admin_client, "interviews_rule_change", rule.pk).content.decode()
    html = page(admin_client, "interviews_rule_remove", rule.pk).content.decode()
    assert "3 names more and 0 names less in 3 turns" in html
    admin_client.post(reverse("admin:interviews_rule_remove", args=[rule.pk]))
    assert [tags_of(turn) for turn in {each.turn for each in mentions}] == [[georgia]] * 3


def test_history_is_reached_from_the_front_page_and_narrowed_to_what_was_undone(admin_client, mentions):
    confirm(mention=mentions[0], by=None)
    reject(mention=mentions[1], by=None)
    history = reverse("admin:interviews_curation_changelist")
    assert f'<a href="{history}">What curators did</a>' in admin_client.get(reverse("admin:index")).content.decode()
    assert "Curations" not in admin_client.get(reverse("admin:index")).content.decode()
    assert "Curations" not in admin_client.get(history).content.decode()
    undo(admin_client, Curation.objects.latest("pk"))
    shown = {state: admin_client.get(history, {"undone": state}).content.decode() for state in ("yes", "no")}
    assert [">Rejected: “<bdi>Georgia</bdi>”" in html for html in shown.values()] == [True, False]


def test_name_that_turns_the_direction_of_writing_turns_no_words_around_it(admin_client, mentions, georgia):
    name = "Aigro\u202eeG"
    Entity.objects.filter(pk=georgia.pk).update(name=name)
    double = make_entity("country", "Republic of Georgia")
    merge = page(admin_client, "interviews_entity_merge", double.pk, merged=georgia.pk)
    for response in (merge, page(admin_client, "interviews_mention_review")):
        html = response.content.decode()
        assert f"<bdi>{name}</bdi></a>" in html
        assert f">{name}</a>" not in html


def test_merge_is_previewed_done_and_undone_in_the_history(admin_client, mentions, georgia):
    double = make_entity("country", "Republic of Georgia")
    address = reverse("admin:interviews_entity_merge", args=[double.pk])
    html = admin_client.get(address, {"merged": georgia.pk}).content.decode()
    assert "gains 1 name: <bdi>Georgia</bdi>." in html
    assert "3 mentions" in html
    assert not Merge.objects.exists()
    data = {"merged": f"Georgia (country, no. {georgia.pk})", "seen": georgia.pk, "reason": "the same"}
    shown = admin_client.post(address, data, follow=True).content.decode()
    assert "“<bdi>Georgia</bdi>” is “<bdi>Republic of Georgia</bdi>” from now on" in shown
    assert "the same" in shown
    assert [tags_of(turn) for turn in {each.turn for each in mentions}] == [[double]] * 3
    undo(admin_client, Curation.objects.get(act="merge"))
    assert Entity.objects.get(pk=georgia.pk).merged_into is None


def test_merge_of_two_kinds_or_of_one_with_itself_is_refused(admin_client, georgia, state):
    address = reverse("admin:interviews_entity_merge", args=[georgia.pk])
    for other, said in ((state, "is of another kind"), (georgia, "one and the same entry")):
        data = {"merged": f"x (no. {other.pk})", "seen": other.pk}
        assert said in admin_client.post(address, data).content.decode()
    assert not Merge.objects.exists()


def test_merge_needs_a_look_at_the_very_entry_that_is_merged(admin_client, georgia):
    other, third = make_entity("country", "Gurjistan"), make_entity("country", "Sakartvelo")
    address = reverse("admin:interviews_entity_merge", args=[georgia.pk])
    admin_client.post(address, {"merged": other.name, "seen": third.pk})
    assert not Merge.objects.exists()


def test_edit_of_an_entity_is_undone(admin_client, georgia):
    edit = page(admin_client, "interviews_entity_change", georgia.pk)
    submit(admin_client, edit, name="Gruzia", note="A state in the Caucasus")
    undo(admin_client, Curation.objects.get(act="edit"))
    georgia.refresh_from_db()
    assert (georgia.name, georgia.note) == ("Georgia", "")


def test_entity_that_a_curator_adds_is_vouched_for(admin_client):
    added = page(admin_client, "interviews_entity_add")
    submit(admin_client, added, kind="organisation", name="Harbour League", slug="harbour-league")
    assert Entity.objects.get(slug="harbour-league").verified


def test_entity_tells_who_changed_it_when_and_why(admin_client, georgia):
    edit = page(admin_client, "interviews_entity_change", georgia.pk)
    submit(admin_client, edit, note="A state in the Caucasus", reason="was empty")
    Alias.objects.create(entity=georgia, text="Gruzia")
    html = page(admin_client, "interviews_entity_change", georgia.pk).content.decode()
    act = Curation.objects.get(act="edit")
    assert (act.by.username, act.detail["changed"], act.detail["before"]) == ("admin", ["note"], {"note": ""})
    assert "was empty" in html


def test_entity_that_was_added_by_hand_is_taken_back(admin_client):
    aliases = {"aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    data = {"kind": "place", "name": "Amber Hall", "slug": "amber-hall", **aliases}
    assert admin_client.post(reverse("admin:interviews_entity_add"), data).status_code == 302
    undo(admin_client, Curation.objects.get(act="create"))
    assert not Entity.objects.filter(name="Amber Hall").exists()


def test_changed_names_stand_in_the_history(admin_client, georgia):
    edit = page(admin_client, "interviews_entity_change", georgia.pk)
    new = {"aliases-TOTAL_FORMS": 1, "aliases-0-text": "Gruzia", "aliases-0-kind": "name", "aliases-0-language": ""}
    submit(admin_client, edit, **new)
    assert Curation.objects.get(act="alias").detail["changed"] == ["+ Gruzia"]


def test_entity_is_made_of_words_of_a_turn_and_taken_back(admin_client):
    turn = make_interview([("And?", "The amber hall holds. The amber hall lasts.")]).turns.get(number="a1")
    address = reverse("admin:interviews_turn_names", args=[turn.pk])
    form = admin_client.get(address, {"start": 26, "end": 36}).context["form"]
    assert form.initial == {"words": "amber hall", "occurrence": 2}
    data = {"words": "amber hall", "occurrence": 2, "kind": "place", "note": "An invented hall"}
    html = admin_client.post(address, data, follow=True).content.decode()
    assert "Created:" in html
    [hall] = tags_of(turn)
    assert (hall.name, hall.kind, hall.note, hall.verified) == ("amber hall", "place", "An invented hall", True)
    undo(admin_client, Curation.objects.get(act="create"))
    assert not Entity.objects.filter(name="amber hall").exists()


def test_name_created_from_the_review_leads_back_to_it(admin_client, mentions):
    review = page(admin_client, "interviews_mention_review")
    [create, *_] = [link for link in links_of(review) if "start=" in link]
    data = {"words": "Georgia", "occurrence": 1, "kind": "person", "name": "Georgia Lund"}
    sent = admin_client.post(create, data, follow=True)
    assert sent.redirect_chain == [(reverse("admin:interviews_mention_review"), 302)]
    assert "Created: Georgia Lund" in words_of(sent)


def test_words_are_given_to_an_entity_that_is_known(admin_client, georgia):
    turn = make_interview([("And?", "The Peach State thrives.")]).turns.get(number="a1")
    address = reverse("admin:interviews_turn_names", args=[turn.pk])
    admin_client.post(address, {"words": "Peach State", "occurrence": 1, "known": "Georgia"})
    assert tags_of(turn) == [georgia]


def test_whole_turn_is_said_to_speak_of_an_entity(admin_client, georgia):
    turn = make_interview([("And?", "They thrive.")]).turns.get(number="a1")
    admin_client.post(reverse("admin:interviews_turn_names", args=[turn.pk]), {"occurrence": 1, "known": "Georgia"})
    assert tags_of(turn) == [georgia]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"words": "", "occurrence": 1, "kind": "place"}, "A new entity is made of words of the text."),
        ({"words": "Nowhere", "occurrence": 1, "kind": "place"}, "The text has these words 0 times."),
        ({"words": "Georgia", "occurrence": 2, "kind": "place"}, "The text has these words 1 time."),
        ({"words": "Georgia", "occurrence": 1}, "choose the kind of a new one"),
        ({"words": "Georgia", "occurrence": 1, "kind": "country"}, "Select a valid choice"),
        ({"words": "near", "occurrence": 1, "kind": "place", "name": "State of Georgia"}, "is known already"),
    ],
)
def test_words_that_cannot_have_the_meaning_are_said(admin_client, mentions, state, data, said):
    address = reverse("admin:interviews_turn_names", args=[mentions[0].turn_id])
    assert said in admin_client.post(address, data).content.decode()


def test_markup_is_shown_as_text_on_every_page(admin_client, mentions, georgia):
    Entity.objects.filter(pk=georgia.pk).update(name=HOSTILE)
    other = make_entity("country", f"{HOSTILE} two")
    pages = [
        f"{WORDS}?surface=Georgia",
        rule_page(mentions[0]),
        f"{reverse('admin:interviews_entity_merge', args=[georgia.pk])}?merged={other.pk}",
        reverse("admin:interviews_turn_names", args=[mentions[0].turn_id]),
        reverse("admin:interviews_curation_changelist"),
    ]
    for address in pages:
        assert HOSTILE not in admin_client.get(address).content.decode()
