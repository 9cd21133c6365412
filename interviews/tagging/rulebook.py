"""What the rules of curators make of the mentions that the tagger found.

A mention keeps what the tagger thought of it: `found_with`. A rule that speaks against it takes its confidence away,
one that gives the words another meaning adds a mention of its own. So a rule can be applied, and taken back, without
tagging anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field

from django.db.models import QuerySet

from interviews.models import Entity, Mention, Rule, Turn
from interviews.models.curation import Verdict

from .passage import Passage
from .places import occurrence_at, occurrences_of
from .tagger import COUNTS_FROM, TAGGER_VERSION, Tagger
from .vouching import tagger_of_archive
from .whole import Surroundings
from .words import words_of

SURE = 100


@dataclass(slots=True)
class Rulebook:
    """The rules of the archive, by the words that they are about."""

    rules: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    tagger: Tagger | None = None

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Rulebook":
        book = cls()
        for rule in rules:
            book.rules[rule.surface].append(rule)
        return book

    @classmethod
    def of_all(cls) -> "Rulebook":
        return cls.of(cls.every_rule())

    @staticmethod
    def every_rule() -> QuerySet[Rule]:
        return Rule.objects.select_related("entity").order_by("pk")

    def applied(self, turn: Turn, found: list[Mention], speaker: int | None) -> list[Mention]:
        """Return the mentions of a turn, given those that the tagger found and the key of who speaks.

        Of several rules about the same words the one with the narrowest scope counts.
        """
        for surface, rules in self.rules.items():
            if surface in turn.text and (narrowest := narrowest_of(rules, turn, speaker)):
                found = apply(narrowest, surface, turn, found, self.passage)
        return found

    def passage(self, turn: Turn) -> Passage:
        """Return a turn with the names that the archive knows in it."""
        self.tagger = self.tagger or tagger_of_archive()
        return Passage(turn.text, words_of(turn.text), self.tagger.lexicon(turn.interview.language))


def narrowest_of(rules: list[Rule], turn: Turn, speaker: int | None) -> list[Rule]:
    """Return those of the rules that hold for a turn and have the narrowest scope among these."""
    holding = [
        rule for rule in rules if rule.interview_id in (None, turn.interview_id) and rule.speaker_id in (None, speaker)
    ]
    narrowest = max(map(narrowness, holding), default=None)
    return [rule for rule in holding if narrowness(rule) == narrowest]


def narrowness(rule: Rule) -> tuple[bool, bool]:
    """An interview is narrower than a speaker, both together are the narrowest."""
    return bool(rule.interview_id), bool(rule.speaker_id)


def apply(
    rules: list[Rule], surface: str, turn: Turn, mentions: list[Mention], passage_of: Callable[[Turn], Passage]
) -> list[Mention]:
    """Return the mentions of a turn as rules of one scope about one surface want them."""
    meant = next((rule for rule in rules if rule.verdict != Verdict.REJECT), None)
    rejected = {rule.entity_id: rule for rule in rules if rule.verdict == Verdict.REJECT}
    of_words = [mention for mention in mentions if mention.surface == surface]
    places = {mention.start for mention in of_words}
    if meant and meant.verdict == Verdict.CONFIRM:
        sure = {mention.start for mention in of_words if mention.entity_id == meant.entity_id and counts(mention)}
        places = sure | set(whole_places(meant, turn, mentions, passage_of(turn)))
    for mention in of_words:
        settle(mention, meant if mention.start in places else None, rejected)
    if not meant:
        return mentions
    there = {mention.start for mention in of_words if mention.entity_id == meant.entity_id}
    return mentions + [made_by(meant, turn, start) for start in sorted(places - there)]


def counts(mention: Mention) -> bool:
    return mention.confidence >= COUNTS_FROM


def settle(mention: Mention, meant: Rule | None, rejected: dict[int | None, Rule]) -> None:
    """Give a mention of the words in question the confidence that a rule wants, if one speaks of it."""
    if meant:
        mention.rule, mention.confidence = meant, SURE if mention.entity_id == meant.entity_id else 0
    elif rule := rejected.get(mention.entity_id) or rejected.get(None):
        mention.rule, mention.confidence = rule, 0


def whole_places(rule: Rule, turn: Turn, mentions: list[Mention], passage: Passage) -> Iterator[int]:
    """Yield where the words of a rule stand by themselves, in no longer name."""
    taken = [(m.start, m.end) for m in mentions if counts(m) and m.surface != rule.surface]
    of_person = rule.entity.kind == Entity.Kind.PERSON
    around = Surroundings(passage)
    for _, start in occurrences_of(turn.text, rule.surface):
        end = start + len(rule.surface)
        is_taken = any(begins < end and start < ends for begins, ends in taken)
        if not is_taken and not around.hold_more(start, end, of_person=of_person):
            yield start


def made_by(rule: Rule, turn: Turn, start: int) -> Mention:
    return Mention(
        turn_id=turn.pk,
        entity_id=rule.entity_id,
        start=start,
        end=start + len(rule.surface),
        surface=rule.surface,
        occurrence=occurrence_at(turn.text, rule.surface, start),
        confidence=SURE,
        rule=rule,
        tagger_version=TAGGER_VERSION,
    )


def as_found(mentions: Iterable[Mention]) -> list[Mention]:
    """Return copies of mentions as the tagger found them, without those that only rules made."""
    found = []
    for mention in mentions:
        if mention.found_with is not None:
            found.append(copy(mention))
            found[-1].rule, found[-1].confidence = None, mention.found_with
    return found
