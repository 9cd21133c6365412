"""Alignment of an earlier and a new reading of the same interview."""

from hypothesis import given
from hypothesis import strategies as st

from interviews.ingest.align import align, share_in_common

OLD = [
    ("question", "When will the bridge over the Arn be opened?"),
    ("answer", "In spring, if the river allows it and the inspectors agree."),
    ("question", "And who pays for the second bridge?"),
    ("answer", "Both banks pay, each for its own half, as they always did."),
    ("question", "Will there be a third bridge?"),
    ("answer", "Ask me when the second one stands."),
]


def test_unchanged_turns_align_one_to_one():
    assert align(OLD, OLD) == {index: index for index in range(len(OLD))}


def test_typographic_changes_do_not_disturb_alignment():
    new = [(kind, text.upper().replace("?", " ?")) for kind, text in OLD]
    assert align(OLD, new) == {index: index for index in range(len(OLD))}


def test_inserted_exchange_aligns_with_nothing():
    new = [*OLD[:2], ("question", "Is the ferry still running?"), ("answer", "Every hour."), *OLD[2:]]
    assert align(OLD, new) == {0: 0, 1: 1, 4: 2, 5: 3, 6: 4, 7: 5}


def test_corrected_answer_keeps_its_place():
    new = list(OLD)
    new[3] = ("answer", "Both banks pay, each for its half, as they have always done.")
    assert align(OLD, new)[3] == 3


def test_removed_answer_leaves_its_number_to_nobody():
    assert align(OLD, [*OLD[:3], *OLD[4:]]) == {0: 0, 1: 1, 2: 2, 3: 4, 4: 5}


def test_moved_exchange_is_found_again():
    assert align(OLD, [*OLD[4:], *OLD[:4]]) == {0: 4, 1: 5, 2: 0, 3: 1, 4: 2, 5: 3}


def test_question_never_becomes_an_answer():
    assert align([("question", "Yes, next year.")], [("answer", "Yes, next year.")]) == {}


def test_other_text_aligns_with_nothing():
    assert align(OLD, [("question", "Does the fleet sail?"), ("answer", "Not in this weather.")]) == {}


def test_share_in_common_counts_the_shorter_text():
    assert share_in_common(OLD, OLD[:3]) == 1.0
    assert share_in_common([], OLD) == 0.0


def test_a_shared_courtesy_is_hardly_anything_in_common():
    thanks = ("answer", "Thank you.")
    other = [("question", "Does the fleet sail in winter?"), ("answer", "Only when the harbour master allows it.")]
    assert share_in_common([*OLD, thanks], [*other, thanks]) < 0.2


def test_exchange_replaced_by_another_is_not_the_same():
    old = (
        "answer",
        "The herring quotas were settled in Bergen, with Norway and Iceland, after a week of counting boats.",
    )
    new = (
        "answer",
        "The library in Tunis reopens in autumn, with four thousand manuscripts, after a decade of repairs.",
    )
    assert align([OLD[0], old], [OLD[0], new]) == {0: 0}


turns = st.lists(
    st.tuples(
        st.sampled_from(["question", "answer"]), st.sampled_from(["one two", "three four five", "six", "two six"])
    ),
    max_size=12,
)


@given(turns, turns)
def test_no_turn_is_aligned_twice(old, new):
    pairs = align(old, new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(old[i][0] == new[j][0] for j, i in pairs.items())
