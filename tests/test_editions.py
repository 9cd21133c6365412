"""A file that comes again and again: whatever its publisher changes, numbers and addresses last."""

import dataclasses
from pathlib import Path

import pytest

from interviews.ingest.read import read_transcript
from interviews.models import Decision, Entity, Interview, Revision, Turn
from interviews.search.index.upkeep import drain

from editions import Edition
from ingesting import ingest

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parent.parent / "fixtures"


@dataclasses.dataclass(frozen=True)
class Sample:
    """One of the samples, with words of it that a later edition has otherwise: (old, new)."""

    name: str
    question: str
    answer: str
    speaker: tuple[str, str]
    title: tuple[str, str]
    date: tuple[str, str]
    outlet: tuple[str, str]

    def __str__(self):
        return self.name


CEASEFIRE = Sample(
    "2019-ceasefire-observers-la-voce-delle-maree",
    "Question:",
    "Irena Valtos:",
    ("Irena Valtos", "Irena Waltosch"),
    ("Foreign Minister", "Former Minister"),
    ("December 12, 2019", "December 13, 2019"),
    ("La Voce delle Maree", "Il Faro"),
)
CORRIDOR = Sample(
    "2019-zernovoy-koridor-stepnoy-meridian",
    "Вопрос:",
    "А.П.Велисов:",
    ("А.П.Велисов", "А.П.Вельсов"),
    ("агентству", "телеграфу"),
    ("11 апреля", "12 апреля"),
    ("Степной меридиан", "Речной маяк"),
)


class Archive:
    """The archive of one text that is received again and again, and all that was ever promised of it."""

    def __init__(self, path, client):
        self.path, self.client = path, client
        self.given, self.addresses, self.report = set(), [], None

    def receive(self, edition):
        before = self.numbers()
        self.path.write_text(str(edition))
        self.report = ingest(self.path)["files"][0]
        assert self.report["outcome"] in ("created", "updated"), self.report
        self.check(before)
        return self.numbers()

    @property
    def interview(self):
        return Interview.objects.get()

    def numbers(self):
        """Return {(kind, text): number} of the present turns, in order."""
        return {(turn.kind, turn.text): turn.number for turn in Turn.objects.current().order_by("position")}

    def check(self, before):
        now = self.numbers()
        read = read_transcript(self.path.read_bytes())
        assert list(now) == [(turn.kind, "\n\n".join(turn.paragraphs)) for turn in read.turns]
        assert {key: number for key, number in now.items() if key in before} == {
            key: number for key, number in before.items() if key in now
        }
        self.given |= set(now.values())
        address = self.interview.get_absolute_url()
        for number in [*self.given.difference(now.values()), *list(now.values())[:1]]:
            expected = [200] if number in now.values() else [301, 410]
            assert self.client.get(f"{address}{number}/").status_code in expected
        for former in self.addresses:
            if former != address:
                assert self.client.get(f"{former}q1/")["Location"] == f"{address}q1/"
        self.addresses.append(address)


@pytest.fixture
def sample(request):
    return getattr(request, "param", CEASEFIRE)


@pytest.fixture
def first(sample):
    return Edition.of((SAMPLES / f"{sample.name}.txt").read_text())


@pytest.fixture
def archive(texts, client, first):
    archive = Archive(texts("sample.txt", ""), client)
    archive.receive(first)
    return archive


def long_answer(edition):
    """Return the place of the first speech of several paragraphs."""
    return next(at for at, speech in enumerate(edition.speeches) if "\n\n" in speech)


@pytest.mark.parametrize("sample", [CEASEFIRE, CORRIDOR], ids=str, indirect=True)
def test_edition_of_a_sample_is_that_sample(sample, first):
    assert str(first) == (SAMPLES / f"{sample.name}.txt").read_text()


@pytest.mark.parametrize("sample", [CEASEFIRE, CORRIDOR], ids=str, indirect=True)
def test_editions_one_after_another_and_back_to_the_first(archive, sample, first):
    numbers = archive.numbers()
    at = long_answer(first)
    asked, answered = f"{sample.question} Lighthouse, lantern, keeper?", f"{sample.answer} Keeper, lantern, oil."
    word = max(first.speeches[at].split(), key=len).strip(".,:;")
    editions = [first]
    for change in (
        lambda edition: edition.corrected(at, word, word[::-1]),
        lambda edition: edition.inserted(2, asked, answered),
        lambda edition: edition.without(len(edition.speeches) - 1),
        lambda edition: edition.split(long_answer(edition), asked=f"{sample.question} Really?", label=sample.answer),
        lambda edition: edition.turned(4, 8, 10),
        lambda edition: edition.renamed(*sample.speaker),
        lambda edition: edition.renamed(*sample.title),
        lambda edition: edition.renamed(*sample.date),
        lambda edition: edition.renamed(*sample.outlet),
    ):
        editions.append(change(editions[-1]))
        archive.receive(editions[-1])
    assert archive.receive(first) == numbers
    assert archive.receive(editions[-1]).keys() >= {("question", "Lighthouse, lantern, keeper?")}
    assert archive.receive(first) == numbers
    assert len(set(archive.addresses)) == 3


@pytest.mark.parametrize("sample", [CEASEFIRE, CORRIDOR], ids=str, indirect=True)
def test_all_changes_at_once(archive, sample, first):
    at = long_answer(first)
    edition = first.split(at, asked=f"{sample.question} Really, Minister?", label=sample.answer)
    edition = edition.without(len(edition.speeches) - 1).turned(6, 8, 10)
    edition = edition.inserted(2, f"{sample.question} Lighthouse, lantern, keeper?", f"{sample.answer} Oil.")
    for words in (sample.speaker, sample.title, sample.date, sample.outlet):
        edition = edition.renamed(*words)
    before = archive.numbers()
    now = archive.receive(edition)
    assert len(set(before.values()) & set(now.values())) == len(before) - 1
    assert Turn.objects.filter(status="withdrawn").count() == 1


def test_corrected_word_leaves_a_revision(archive, sample, first):
    at = long_answer(first)
    word = max(first.speeches[at].split(), key=len).strip(".,:;")
    archive.receive(first.corrected(at, word, "zzz"))
    assert [word in revision.text for revision in Revision.objects.all()] == [True]
    assert archive.report["reason"] == "1 turn changed"


def test_deleted_answer_is_gone_with_date_and_reason(archive, first, client):
    number = list(archive.numbers().values())[-1]
    archive.receive(first.without(len(first.speeches) - 1))
    response = client.get(f"{archive.interview.get_absolute_url()}{number}/")
    assert response.status_code == 410
    assert "No longer in the text as received on" in response.content.decode()
    assert archive.report["reason"] == "1 turn removed"


def test_split_answer_keeps_its_number_and_its_parts_get_new_ones(archive, sample, first):
    at = long_answer(first)
    number = list(archive.numbers().values())[at]
    archive.receive(first.split(at, asked=f"{sample.question} Really, Minister?", label=sample.answer))
    split = [change for change in archive.report["changes"] if change["outcome"] == "split"]
    assert [change["number"] for change in split] == [number]
    assert split[0]["numbers"][0] in archive.numbers().values()


def test_joined_answer_leads_to_the_one_that_took_it_in(archive, sample, first, client):
    at = long_answer(first)
    number = list(archive.numbers().values())[at]
    archive.receive(first.split(at, asked=f"{sample.question} Really, Minister?", label=sample.answer))
    part = list(archive.numbers().values())[at + 2]
    archive.receive(first)
    address = archive.interview.get_absolute_url()
    response = client.get(f"{address}{part}/")
    assert (response.status_code, response["Location"]) == (301, f"{address}{number}/")
    assert "1 turn merged" in archive.report["reason"]


def test_exchanges_that_changed_places_keep_their_numbers(archive, first):
    before = archive.numbers()
    after = archive.receive(first.turned(2, 4, 6))
    assert after == before
    assert list(after) != list(before)
    assert {change["outcome"] for change in archive.report["changes"]} == {"moved"}
    assert not Revision.objects.exists()


def test_renamed_speaker_keeps_what_a_curator_said_of_him(archive, sample, first):
    voice = archive.interview.participations.get(label=sample.speaker[0])
    archive.interview.participations.filter(pk=voice.pk).update(office="Keeper of the lighthouse")
    archive.receive(first.renamed(*sample.speaker))
    voice.refresh_from_db()
    assert (voice.label, voice.office) == (sample.speaker[1], "Keeper of the lighthouse")
    assert "label" in archive.report["reason"]
    assert "turns" not in archive.report["reason"]


def test_decisions_and_mentions_follow_their_words(archive, sample, first):
    at = 3
    row = Turn.objects.get(number="a2")
    mention = row.mentions.select_related("entity").get(surface="Turkey")
    Decision.objects.create(turn=row, entity=mention.entity, verdict="reject")
    added = Entity.objects.create(kind="event", name="Regatta", slug="regatta")
    Decision.objects.create(turn=row, entity=added, verdict="confirm")
    archive.receive(first.split(at, asked=f"{sample.question} Really, Minister?", label=sample.answer))
    part = Turn.objects.get(number=list(archive.numbers().values())[at + 2])
    assert [d.entity for d in row.decisions.all()] == [added]
    assert [d.entity for d in part.decisions.all()] == [mention.entity]
    assert part.mentions.filter(entity=mention.entity).exists()
    assert not row.mentions.filter(entity=mention.entity).exists()
    archive.receive(first)
    assert {d.entity for d in row.decisions.all()} == {added, mention.entity}


def test_entity_decided_in_both_joined_answers_is_decided_once(archive, sample, first):
    at = long_answer(first)
    archive.receive(first.split(at, asked=f"{sample.question} Really, Minister?", label=sample.answer))
    numbers = list(archive.numbers().values())
    added = Entity.objects.create(kind="event", name="Regatta", slug="regatta")
    for number, verdict in ((numbers[at], "reject"), (numbers[at + 2], "confirm")):
        Decision.objects.create(turn=Turn.objects.get(number=number), entity=added, verdict=verdict)
    archive.receive(first)
    assert [(d.turn.number, d.verdict) for d in Decision.objects.all()] == [(numbers[at], "confirm")]


def test_search_finds_what_the_newest_edition_says(archive, sample, first, client):
    drain()
    edition = first.inserted(
        2, f"{sample.question} Lighthouse?", f"{sample.answer} The lantern of the lighthouse burns."
    )
    archive.receive(edition.without(len(edition.speeches) - 1))
    drain()
    address = archive.interview.get_absolute_url()
    assert address in client.get("/search/?q=lantern").content.decode()
    archive.receive(first)
    drain()
    assert address not in client.get("/search/?q=lantern").content.decode()


def test_better_parser_keeps_numbers_and_addresses(archive, sample, first, monkeypatch, client):
    """An unchanged file is read again by a newer version, which no longer overlooks a label."""
    at = long_answer(first)
    path, before = archive.path, archive.numbers()
    address = archive.interview.get_absolute_url()
    better = read_transcript(str(first.split(at, asked=f"{sample.question} Well?", label=sample.answer)).encode())
    monkeypatch.setattr("interviews.ingest.transcript.PARSER_VERSION", "next")
    monkeypatch.setattr("interviews.ingest.loading.read_transcript", lambda data, **options: better)
    assert ingest(path)["updated"] == 1
    now = archive.numbers()
    assert {key: now[key] for key in before if key in now} == {key: before[key] for key in before if key in now}
    assert set(before.values()) <= set(now.values())
    assert archive.interview.get_absolute_url() == address
    assert ingest(path)["unchanged"] == 1
    assert archive.interview.readings.first().parser_version == "next"
