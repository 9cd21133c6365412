"""Alignment of an earlier and a new reading of the same interview."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.ingest.align import align
from interviews.ingest.resemblance import estimated_share, share_in_common, sketch_of

from growing import grows_faster

OLD = [
    ("question", "When will the bridge over the Arn be opened?"),
    ("answer", "In spring, if the river allows it and the inspectors agree."),
    ("question", "And who pays for the second bridge?"),
    ("answer", "Both banks pay, each for its own half, as they always did."),
    ("question", "Will there be a third bridge?"),
    ("answer", "Ask me when the second one stands."),
]
FIRST_HALF = "The ferry sails at dawn, with goats and post for both islands."
SECOND_HALF = "In winter nothing sails, because the harbour freezes over by November."


def test_unchanged_turns_align_one_to_one():
    assert align(OLD, OLD).pairs == {index: index for index in range(len(OLD))}


def test_typographic_changes_do_not_disturb_alignment():
    new = [(kind, text.upper().replace("?", " ?")) for kind, text in OLD]
    assert align(OLD, new).pairs == {index: index for index in range(len(OLD))}


def test_inserted_exchange_aligns_with_nothing():
    new = [*OLD[:2], ("question", "Is the ferry still running?"), ("answer", "Every hour."), *OLD[2:]]
    assert align(OLD, new).pairs == {0: 0, 1: 1, 4: 2, 5: 3, 6: 4, 7: 5}


def test_corrected_answer_keeps_its_place():
    new = list(OLD)
    new[3] = ("answer", "Both banks pay, each for its half, as they have always done.")
    assert align(OLD, new).pairs[3] == 3


def test_removed_answer_leaves_its_number_to_nobody():
    assert align(OLD, [*OLD[:3], *OLD[4:]]).pairs == {0: 0, 1: 1, 2: 2, 3: 4, 4: 5}


def test_moved_exchange_is_found_again():
    alignment = align(OLD, [*OLD[4:], *OLD[:4]])
    assert alignment.pairs == {0: 4, 1: 5, 2: 0, 3: 1, 4: 2, 5: 3}
    assert alignment.moved == {0, 1}


def test_turn_that_moved_hides_no_correction_beside_it():
    new = [*OLD[4:], *OLD[:4]]
    new[3] = ("answer", "In spring, if the river allows it and the inspector agrees.")
    assert align(OLD, new).pairs == {0: 4, 1: 5, 2: 0, 3: 1, 4: 2, 5: 3}


def test_repeated_courtesies_stay_with_their_neighbours():
    thanks = ("question", "Thank you.")
    old = [*OLD[:2], thanks, *OLD[2:4], thanks, *OLD[4:], thanks]
    new = [*OLD[:2], *OLD[2:4], thanks, *OLD[4:], thanks]
    assert align(old, new).pairs == {0: 0, 1: 1, 2: 3, 3: 4, 4: 5, 5: 6, 6: 7, 7: 8}


def test_question_never_becomes_an_answer():
    alignment = align([("question", "Yes, next year.")], [("answer", "Yes, next year.")])
    assert alignment.pairs == {}
    assert alignment.into == {0: 0}


def test_split_answer_keeps_its_number_on_the_first_part():
    old = [OLD[0], ("answer", f"{FIRST_HALF} {SECOND_HALF}"), OLD[2]]
    new = [OLD[0], ("answer", FIRST_HALF), ("question", "And in winter?"), ("answer", SECOND_HALF), OLD[2]]
    alignment = align(old, new)
    assert alignment.pairs == {0: 0, 1: 1, 4: 2}
    assert alignment.parts == {3: 1}


def test_joined_answers_keep_the_number_of_the_first():
    old = [OLD[0], ("answer", FIRST_HALF), ("question", "And in winter?"), ("answer", SECOND_HALF), OLD[2]]
    new = [OLD[0], ("answer", f"{FIRST_HALF}\n\n{SECOND_HALF}"), OLD[2]]
    alignment = align(old, new)
    assert alignment.pairs == {0: 0, 1: 1, 2: 4}
    assert alignment.into == {3: 1}


def test_question_that_was_read_as_the_end_of_an_answer_is_parted_from_it():
    old = [OLD[0], ("answer", f"{FIRST_HALF} And what happens in winter, Minister?")]
    new = [OLD[0], ("answer", FIRST_HALF), ("question", "And what happens in winter, Minister?")]
    alignment = align(old, new)
    assert (alignment.pairs, alignment.parts) == ({0: 0, 1: 1}, {2: 1})


def test_sentence_that_moved_to_the_next_answer_splits_nothing():
    old = [("answer", f"{FIRST_HALF} {SECOND_HALF}"), OLD[2], OLD[3]]
    new = [("answer", FIRST_HALF), OLD[2], ("answer", f"{SECOND_HALF} {OLD[3][1]}")]
    assert align(old, new).pairs == {0: 0, 1: 1, 2: 2}


def test_courtesy_that_is_gone_was_not_joined_with_an_answer_that_ends_in_the_same_words():
    old = [OLD[0], ("answer", f"{FIRST_HALF} Thank you very much."), OLD[2], ("answer", "Thank you very much.")]
    new = [OLD[0], ("answer", f"{FIRST_HALF.replace('dawn', 'noon')} Thank you very much."), OLD[2]]
    alignment = align(old, new)
    assert (alignment.pairs, alignment.into) == ({0: 0, 1: 1, 2: 2}, {})


def test_answer_cut_to_a_quarter_is_the_same_answer():
    long = f"{FIRST_HALF} {SECOND_HALF} {OLD[1][1]} {OLD[3][1]}"
    assert align([OLD[4], ("answer", long)], [OLD[4], ("answer", FIRST_HALF)]).pairs == {0: 0, 1: 1}


def test_corrected_text_without_spaces_is_the_same():
    old = [("question", "桥什么时候开放？"), ("answer", "如果河水允许，检查员同意，春天就会开放。")]
    new = [("question", "这座桥什么时候开放？"), ("answer", "如果河水允许，检查员也同意，春天就会开放。")]
    assert align(old, new).pairs == {0: 0, 1: 1}


def test_other_text_aligns_with_nothing():
    assert align(OLD, [("question", "Does the fleet sail?"), ("answer", "Not in this weather.")]).pairs == {}


def test_share_in_common_counts_the_shorter_text():
    assert share_in_common(OLD, OLD[:3]) == 1.0
    assert share_in_common([], OLD) == 0.0


def test_a_shared_courtesy_is_hardly_anything_in_common():
    thanks = ("answer", "Thank you.")
    other = [("question", "Does the fleet sail in winter?"), ("answer", "Only when the harbour master allows it.")]
    assert share_in_common([*OLD, thanks], [*other, thanks]) < 0.2


def test_sketches_tell_the_share_of_an_excerpt_roughly():
    words = [f"word{n * n % 9973}" for n in range(3000)]
    corrected = ["other" if n % 10 == 0 else word for n, word in enumerate(words)]
    assert estimated_share(sketch_of(words), sketch_of(words[1000:1300])) == 1.0
    assert 0.5 < estimated_share(sketch_of(words), sketch_of(corrected)) < 0.9
    assert estimated_share(sketch_of(words), sketch_of(word for _, text in OLD for word in text.split())) == 0.0
    assert len(sketch_of(words)) < 400


def test_sketches_know_no_case_and_no_signs():
    spoken = ["“", "The", "fleet", ",", "sir", ",", "sails", ".", "”"]
    assert sketch_of(spoken) == sketch_of(["the", "FLEET", "sir", "sails"])
    assert sketch_of(["?", "!"]) == []


def test_exchange_replaced_by_another_is_not_the_same():
    old = (
        "answer",
        "The herring quotas were settled in Bergen, with Norway and Iceland, after a week of counting boats.",
    )
    new = (
        "answer",
        "The library in Tunis reopens in autumn, with four thousand manuscripts, after a decade of repairs.",
    )
    assert align([OLD[0], old], [OLD[0], new]).pairs == {0: 0}


@pytest.mark.parametrize("word", ["one", "word{}"])
def test_work_grows_with_the_text_and_not_with_its_square(word):
    """Every turn is changed, so that the whole text is one gap."""

    def changed_all_through(count):
        old = [("answer", " ".join(word.format(n * 30 + k) for k in range(30))) for n in range(count)]
        return old, [(kind, text.replace(" ", " changed ", n % 7 + 1)) for n, (kind, text) in enumerate(old)]

    assert not grows_faster(lambda pair: align(*pair), changed_all_through, 200)


turns = st.lists(
    st.tuples(
        st.sampled_from(["question", "answer"]), st.sampled_from(["one two", "three four five", "six", "two six"])
    ),
    max_size=12,
)


@given(turns, turns)
def test_no_turn_is_aligned_twice(old, new):
    alignment = align(old, new)
    kept = alignment.pairs
    assert len(set(kept.values())) == len(kept)
    assert all(old[i][0] == new[j][0] for j, i in kept.items())
    assert not alignment.parts.keys() & kept.keys()
    assert not alignment.into.keys() & set(kept.values())
