"""Hits, their order and all counts are those of a brute-force search, for small archives and whatever is asked."""

import datetime
import random

import pytest

from interviews.models import Entity, Turn
from interviews.search.engine import stretches
from interviews.search.engine.conditions import (
    AllOf,
    AnyOf,
    Between,
    Carries,
    Everything,
    Near,
    Nothing,
    Part,
    Phrase,
    Prefix,
    Similar,
    Without,
    Word,
)
from interviews.search.engine.found import Asked
from interviews.search.engine.ranking import ORDERS, Place
from interviews.search.engine.snapshot import current_snapshot
from interviews.search.index.documents import KINDS as KINDS_SPOKEN_OF
from interviews.search.index.documents import last_day_of
from interviews.search.index.schema import FACETS
from interviews.search.index.upkeep import drain, record_changes, reindex
from interviews.search.text.analysis import words

from archive_factory import make_country, make_entity, make_interview, mention
from brute_force import asked_for, document, score, value_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_known")]
SAID = [
    "the", "to", "be", "minister", "Ministers", "ministre", "talk", "talks", "talking", "S-300", "S300", "U.S.", "US",
    "us", "élections", "Russia’s", "co-operation", "cooperations", "peacetalks", "peace", "it’s", "it",
    "70,000", "70000", "70 000", "министр", "министрами", "переговоры", "переговорам", "制裁", "制", "裁",
]  # fmt: skip
COUNTRIES = {"IT": "Italy", "LY": "Libya", "KR": "Korea, Republic of"}
OTHERS = ["person:ana-ek", "organisation:nato", "place:nato", "document:accords", "event:summit", "outlet:post"]
SPEAKERS = {"Ana Ek": ("ana-ek", "IT"), "Bo Roy": ("bo-roy", None)}
PLACES = {"Rome": "IT", "Tripoli, Libya": "LY", "The harbour": None, "": None}
OUTLETS = {"Post": ("post", "IT"), "Le Monde, Paris": ("le-monde-paris", "LY"), "Wire": ("wire", None)}
DATES = ["2018-12-01", "2019-01-01", "2019-06-01", "2020-02-29"]
PRECISIONS = ["day", "month", "year"]
KINDS = ["interview", "briefing"]
LANGUAGES = ["en", "ru", "fr", "zh", ""]

VALUES = {
    "country": sorted(COUNTRIES),
    "about": ["country:italy", "country:libya", "country:nowhere", *OTHERS],
    **{kind: [slug, "nothing"] for kind, slug in (other.split(":") for other in OTHERS if other != "outlet:post")},
    "speaker": [slug for slug, _ in SPEAKERS.values()],
    "speaker_country": ["IT", "LY"],
    "interview_country": ["IT", "LY"],
    "outlet": [slug for slug, _ in OUTLETS.values()],
    "outlet_country": ["IT", "LY"],
    "year": ["2018", "2019", "2021"],
    "month": ["2018-12", "2019-01"],
    "kind": KINDS,
    "language": LANGUAGES[:3],
    "length": ["short", "medium", "long"],
}


class Chance(random.Random):
    """Archives and questions by chance, out of few words so that they meet: the same for the same seed."""

    def __init__(self, seed):
        super().__init__(seed)
        self.said = self.sample(SAID, 6)

    def text(self, most=7):
        return " ".join(self.choices(self.said, k=self.randint(1, most)))

    def archive(self):
        return [self.interview() for _ in range(8)]

    def interview(self):
        return {
            "exchanges": [self.exchange() for _ in range(self.randint(1, 4))],
            "title": self.text(3),
            "date": self.choice(DATES),
            "date_precision": self.choice(PRECISIONS),
            "speaker": self.choice(sorted(SPEAKERS)),
            "outlet": self.choice([*OUTLETS, None]),
            "place": self.choice(sorted(PLACES)),
            "kind": self.choice(KINDS),
            "language": self.choice(LANGUAGES),
        }

    def exchange(self):
        """A question, its answer, what it mentions, and whether it is withdrawn again."""
        answer = " ".join([self.text()] * self.choice([1, 1, 1, 60]))
        mentioned = set(self.sample([*sorted(COUNTRIES), *OTHERS], self.randint(0, 4)))
        return self.text(), answer, mentioned, self.random() < 0.2

    def question(self):
        """A condition alone, or with all else that can be asked."""
        if self.random() < 0.5:
            return Asked(self.condition(), order=self.choice(ORDERS))
        since, until = (self.choice([None, datetime.date.fromisoformat(self.choice(DATES))]) for _ in range(2))
        chosen, excluded = (dict(self.values_of_a_facet() for _ in range(self.randint(0, 2))) for _ in range(2))
        return Asked(self.condition(), chosen, excluded, since, until, self.choice(ORDERS))

    def condition(self, depth=0):
        leaves = [self.word, self.phrase, self.beginning, self.similar, self.near, self.filter]
        return self.choice(leaves if depth == 3 else [*leaves, self.joined, self.joined, self.joined])(depth)

    def joined(self, depth):
        kind = self.choice([AllOf, AnyOf, Without])
        if kind == Without:
            return Without(self.condition(depth + 1))
        return kind(tuple(self.condition(depth + 1) for _ in range(self.choice([0, 1, 2, 2, 2, 3]))))

    def single(self):
        """One word as it can stand in a query; of a text that holds several, one of them."""
        return self.choice(words(self.choice([*self.said, "absent"])))

    def word(self, *_, part=None):
        part = part or self.choice(list(Part))
        joined = Word("co", part, ("cooperation",)), Word("peace", part, ("peacetalk",))
        return self.choice([Word(self.single(), part), Word("cooperation", part), *joined])

    def phrase(self, *_, part=None):
        wanted = tuple(self.single() for _ in range(self.choice([1, 2, 2, 3])))
        return Phrase(wanted, part or self.choice(list(Part)), is_inflected=len(wanted) > 1 and self.random() < 0.5)

    def beginning(self, *_, part=None):
        return Prefix(self.choice([self.single()[:3], "xyz"]), part or self.choice(list(Part)))

    def similar(self, *_, part=None):
        word = self.single()
        before, after = word[:2], word[2:]
        slips = (f"{before}e{after}", before + after[1:], f"{before}у{after[1:]}", word[1::-1] + after, f"{before}zz")
        return Similar(self.choice(slips), part or self.choice(list(Part)))

    def near(self, *_):
        part = self.choice(list(Part))
        return Near(self.side(part), self.side(part), self.randint(1, 4))

    def side(self, part):
        kinds = [self.word, self.word, self.phrase, self.beginning, self.similar]
        found = tuple(self.choice(kinds)(part=part) for _ in range(self.choice([1, 1, 2])))
        return AnyOf(found) if len(found) > 1 else found[0]

    def values_of_a_facet(self):
        facet = self.choice(sorted(VALUES))
        return facet, frozenset(self.sample(VALUES[facet], self.randint(1, 2)))

    def filter(self, *_):
        day = datetime.date.fromisoformat(self.choice(DATES)).toordinal()
        return self.choice(
            [
                Carries(*self.values_of_a_facet()),
                Between(self.choice(["date", "last_day"]), first=day),
                Between(self.choice(["date", "last_day"]), last=day),
                Between("answer_words", 3, 9),
                Everything(),
                Nothing(),
            ]
        )


def build(archive):
    """Write the archive in steps, so that the index has several segments and deletions -> {turn: document}."""
    countries = {code: make_country(code, name) for code, name in COUNTRIES.items()}
    for kind, named in (("outlet", OUTLETS), ("person", SPEAKERS)):
        for name, (slug, country) in named.items():
            make_entity(kind, name, slug=slug)
            Entity.objects.filter(kind=kind, slug=slug).update(country=countries.get(country))
    entities = countries | {other: make_entity(*other.split(":")) for other in OTHERS}
    documents, gone = {}, []
    for place, facts in enumerate(archive):
        made = make_interview([exchange[:2] for exchange in facts["exchanges"]], **without(facts, "exchanges"))
        turns = dict(made.turns.values_list("number", "pk"))
        for index, (_, _, mentioned, is_withdrawn) in enumerate(facts["exchanges"], start=1):
            turn = Turn.objects.select_related("reply_to", "interview").get(pk=turns[f"a{index}"])
            mention(turn, *(entities[name] for name in sorted(mentioned)))
            documents[turn.pk] = as_brute_force_sees(turn, facts, mentioned)
            gone += [turn.pk, turns[f"q{index}"]] if is_withdrawn else []
        record_changes(turns.values())
        if place == 0:
            reindex()
    drain()
    Turn.objects.filter(pk__in=gone).update(status="withdrawn")
    record_changes(gone)
    drain()
    return {pk: found for pk, found in documents.items() if pk not in gone}


def without(facts, *names):
    return {name: value for name, value in facts.items() if name not in names}


def as_brute_force_sees(turn, facts, mentioned):
    interview = turn.interview
    slug, country = OUTLETS.get(facts["outlet"], (None, None))
    speaker, home = SPEAKERS[facts["speaker"]]
    count = len(document("", {"answer": turn.text}, {}, {}).texts["answer"])
    values = {
        "country": mentioned & COUNTRIES.keys(),
        "about": {
            f"country:{make_country(name, COUNTRIES[name]).slug}" if name in COUNTRIES else name for name in mentioned
        },
        **{kind: {name.split(":")[1] for name in mentioned if name.startswith(kind)} for kind in KINDS_SPOKEN_OF},
        "interview": {f"{interview.dated}/{interview.slug}"},
        "interview_country": {PLACES[facts["place"]]} - {None},
        "speaker": {speaker},
        "speaker_country": {home} - {None},
        "outlet": {slug} - {None},
        "outlet_country": {country} - {None},
        "year": {facts["date"][:4]},
        "month": {facts["date"][:7]} if facts["date_precision"] != "year" else set(),
        "kind": {facts["kind"]},
        "language": {facts["language"]} - {""},
        "length": {"short" if count < 100 else "medium" if count < 300 else "long"},
    }
    numbers = {
        "date": interview.date.toordinal(),
        "last_day": last_day_of(interview).toordinal(),
        "interview": interview.pk,
        "position": turn.position,
    }
    said = {"question": turn.reply_to.text, "answer": turn.text, "title": interview.title}
    return document(facts["language"], said, values, numbers)


def place_of(found, order, value):
    """By what a document is sorted: its score or length, then its day, interview and position."""
    numbers = found.numbers
    first = {"relevance": -value, "longest": -numbers["answer_words"]}.get(order, 0)
    return first, numbers["date"] * (1 if order == "oldest" else -1), numbers["interview"], numbers["position"]


def turns_of(found, documents):
    return found.snapshot.numbers("turn")[documents].tolist()


def walked(found, *, is_folded, backwards):
    """All hits as one sees them who goes from page to page by what leads to the next."""
    seen = []
    page = found.page(2, is_folded=is_folded)
    if backwards:
        total = found.count_of_interviews() if is_folded else found.total
        page = found.page(2, number=(total + 1) // 2, is_folded=is_folded)
    while page:
        hits = page.documents.tolist()
        seen = [*hits, *seen] if backwards else [*seen, *hits]
        place = page.before if backwards else page.after
        leads_to = {"before" if backwards else "after": place and Place.read(str(place))}
        page = place and found.page(2, is_folded=is_folded, **leads_to)
    return seen


@pytest.mark.parametrize("seed", range(6))
def test_hits_order_and_counts_are_those_of_a_brute_force_search(seed, monkeypatch):
    monkeypatch.setattr(stretches, "STRETCH", 3)
    chance = Chance(seed)
    documents = build(chance.archive())
    living = list(documents.values())
    for _ in range(150):
        asked = chance.question()
        found = current_snapshot().find(asked)
        turns = turns_of(found, found.documents)
        scores = dict(zip(turns, found.scores.tolist(), strict=True))
        assert set(turns) == {pk for pk, each in documents.items() if asked_for(asked, each)}, asked
        assert found.total == len(turns)
        assert scores == pytest.approx({pk: score(asked.condition, documents[pk], living) for pk in turns}, rel=1e-4)
        assert turns == sorted(turns, key=lambda pk: place_of(documents[pk], asked.order, scores[pk]))
        for facet in FACETS:
            assert found.counts(facet) == value_counts(facet, asked, living), asked


@pytest.mark.parametrize("order", ORDERS)
def test_pages_walk_all_hits_once_in_order_both_ways(order):
    chance = Chance(1)
    documents = build(chance.archive())
    one, other, unwanted = (Word(words(said)[0]) for said in chance.said[:3])
    found = current_snapshot().find(Asked(AnyOf((one, other, Without(unwanted))), order=order))
    hits = found.documents.tolist()
    assert len(hits) > 5
    firsts = {}
    for hit, turn in zip(hits, turns_of(found, found.documents), strict=True):
        firsts.setdefault(documents[turn].numbers["interview"], hit)
    for backwards in (False, True):
        assert walked(found, is_folded=False, backwards=backwards) == hits
        assert walked(found, is_folded=True, backwards=backwards) == list(firsts.values())
    assert found.page(100, is_folded=True).others.sum() == len(hits) - len(firsts)
