"""What else was said that belongs beside an answer: answers that resemble it, and its speaker on the same subjects."""

import logging
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

import numpy as np

from interviews.asking import SENTENCE_END
from interviews.search.engine.snapshot import is_damaged
from interviews.search.results.finding import published_turns
from interviews.search.results.hits import Passages, hit_of
from interviews.search.results.labels import Labels, Named
from interviews.search.results.page import Hit
from interviews.search.results.result_sets import usable_snapshot
from interviews.search.results.snippets import marked
from interviews.search.text.analysis import positions
from interviews.wording import shortened_question

from .resembling import document_of, resemblance

logger = logging.getLogger(__name__)
MOST_HITS, MOST_OF_INTERVIEW = 5, 2
LOOKED_AT = 12  # of those that resemble an answer most
# Of the rarest words, each once in both, this is more than one; and one word or name alone is chance.
ENOUGH, FEWEST_SHARED = 0.35, 2
OF_BEST = 0.45  # share of the score of the most alike
REPEATED = 0.8  # share of the words of the shorter of two answers
MOST_SUBJECTS = 3
LONGEST_HEADING, LONGEST_SENTENCE = 130, 240


@dataclass(frozen=True, slots=True)
class Subject:
    """What a speaker spoke of `before` and `after` an answer too: the nearest such answers, None for none.

    `count` answers of the `speaker` (a slug) are about it, this one and others of its interview among them.
    """

    named: Named
    speaker: str
    count: int
    before: Hit | None
    after: Hit | None

    @property
    def has_more(self) -> bool:
        """Whether the speaker spoke of it elsewhere than here and in the answers given."""
        return self.count > 1 + sum(side is not None for side in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class Related:
    """Answers that resemble one, the most alike first, and its speaker on what it is about, the main subject first.

    The snippet of a hit is the sentence that shares most with the answer.
    """

    hits: tuple[Hit, ...]
    subjects: tuple[Subject, ...]


NOTHING = Related((), ())


def related_to(turns: Sequence[int], named: Mapping[str, int]) -> Related:
    """Return what belongs beside the first of some turns (keys) that is a document; nothing while no index is usable.

    `named` says how often it speaks of its subjects, by their values in the facet "about". What the same interview
    says is left out, and what was said the same day in another language: that is mostly a translation.
    """
    snapshot = usable_snapshot()
    try:
        documents = [document_of(snapshot, turn) for turn in turns] if snapshot else []
        document = next((each for each in documents if each is not None), None)
        return NOTHING if document is None else _related(snapshot, document, named)
    except Exception as error:
        if not is_damaged():
            raise
        logger.warning("The search index is damaged. Run `manage.py reindex`.", exc_info=error)
        return NOTHING


def _related(snapshot, document, named):
    stored = snapshot.stored(document)
    others = _others(snapshot, document, stored)
    subjects = list(islice(_subjects(snapshot, document, stored, others, named), MOST_SUBJECTS))
    beside = [each for _, _, *sides in subjects for each in sides if each is not None]
    others[beside] = False
    resembling = resemblance(snapshot, document)
    alike = _most_alike(resembling, others)
    found = {each: snapshot.stored(each) for each in (*beside, *alike)}
    published = published_turns([each["turn"] for each in found.values()])
    found = {each: stored for each, stored in found.items() if stored["turn"] in published}
    chosen = _chosen([found[each] for each in alike if each in found], stored)
    labels = _labels([*found.values()], [value for value, *_ in subjects])

    def hit(each, weights=MappingProxyType({})):
        return each and _hit(each, labels, weights)

    return Related(
        tuple(hit(each, resembling.weights) for each in chosen),
        tuple(
            Subject(name, stored["speaker"], count, hit(found.get(before)), hit(found.get(after)))
            for value, count, before, after in subjects
            if (name := labels.named("about", value)) and (before in found or after in found)
        ),
    )


def _others(snapshot, document, stored):
    """The mask of what is not of the same interview, nor of the same day in another language."""
    date, interview = (snapshot.numbers(name) for name in ("date", "interview"))
    spoken = snapshot.carrying("language", [stored["language"]])
    return snapshot.live & (interview != interview[document]) & ((date != date[document]) | spoken)


def _subjects(snapshot, document, stored, others, named):
    """Yield (value, number of answers, document before, document after) of what the same speaker spoke of elsewhere."""
    if not stored["speaker"] or stored["turn_kind"] == "question":
        return
    speaking, left = snapshot.live & snapshot.carrying("speaker", [stored["speaker"]]), others.copy()
    ranks = snapshot.running_order(is_newest_first=False).ranks
    for value in _main_first(snapshot, named):
        about = speaking & snapshot.carrying("about", [value])
        near = np.flatnonzero(about & left)
        near = near[np.argsort(ranks[near])].tolist()
        place = bisect_right(near, ranks[document], key=lambda other: ranks[other])
        before, after = (near[at] if 0 <= at < len(near) else None for at in (place - 1, place))
        if near:
            left[[each for each in (before, after) if each is not None]] = False
            yield value, int(np.count_nonzero(about)), before, after


def _main_first(snapshot, named):
    """Subjects by how often they are named, the more rarely elsewhere the more that counts."""
    having = {value: np.count_nonzero(snapshot.carrying("about", [value])) for value in named}
    rarity = {value: np.log1p(snapshot.size / max(1, count)) for value, count in having.items()}
    return sorted(named, key=lambda value: -named[value] * rarity[value])


def _most_alike(resembling, others):
    """The documents that share enough, the most alike first."""
    scores = np.where(others & (resembling.shared >= FEWEST_SHARED), resembling.scores, 0)
    worth = np.flatnonzero(scores >= max(ENOUGH, OF_BEST * scores.max(initial=0)))
    return worth[np.argsort(-scores[worth], kind="stable")][:LOOKED_AT].tolist()


def _chosen(alike, stored):
    """The first few, without those that repeat another or the answer itself, and few of one interview."""
    chosen, of_interviews = [], Counter()
    for each in alike:
        repeats = any(_repeats(each, other) for other in (stored, *chosen))
        if len(chosen) < MOST_HITS and of_interviews[each["interview"]] < MOST_OF_INTERVIEW and not repeats:
            of_interviews[each["interview"]] += 1
            chosen.append(each)
    return chosen


def _repeats(one, other):
    few, many = sorted(({*each["question"].split(), *each["answer"].split()} for each in (one, other)), key=len)
    return len(few & many) > REPEATED * len(few)


def _labels(stored, subjects):
    return Labels(
        {
            "about": subjects,
            "speaker": [each["speaker"] for each in stored],
            "outlet": [each["outlet"] for each in stored],
        }
    )


def _hit(stored, labels, weights):
    question, answer = stored["question"], stored["answer"]
    heading = marked(shortened_question(question or answer, LONGEST_HEADING), [])
    said = telling_sentence(answer, weights) if weights else ""
    said = said if question or not answer.startswith(said) else ""
    return hit_of(stored, Passages(heading, marked(said, []), "", 0), more_count=0, labels=labels)


def telling_sentence(text: str, weights: Mapping[str, float]) -> str:
    """Return the sentence whose words weigh most, each counted once; shortened around the weightiest."""
    starts = [0, *(end.end() for end in SENTENCE_END.finditer(text))]
    words = defaultdict(dict)
    for form, start, _ in positions(text):
        if form in weights:
            words[bisect_right(starts, start) - 1].setdefault(form, start)
    if not words:
        return ""
    best = max(words, key=lambda place: sum(weights[form] for form in words[place]))
    start, end = [*starts, len(text)][best : best + 2]
    weightiest = max(words[best], key=weights.get)
    return _cut(text, start, end, words[best][weightiest])


def _cut(text, start, end, around):
    sentence = text[start:end].strip()
    if len(sentence) <= LONGEST_SENTENCE:
        return sentence
    first = max(start, min(around - LONGEST_SENTENCE // 3, end - LONGEST_SENTENCE))
    words = text[first : first + LONGEST_SENTENCE].strip()
    words = words if first == start else "…" + words.partition(" ")[2]
    return words if first + LONGEST_SENTENCE >= end else words.rpartition(" ")[0] + "…"
