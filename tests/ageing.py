"""An archive that grows old: texts that their publishers change, curators at work, and every address ever given out."""

import random
import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from interviews.admin.publishing import set_status
from interviews.models import Curation, Entity, Interview
from interviews.search.index.upkeep import reindex
from interviews.tagging import curate, editing, merging
from interviews.urls import ENTITY_PAGES
from interviews.versions import versions_of

from admin_pages import page, submit
from ingesting import ingest
from pages_factory import links_of, words_of

# Every turn holds a word that no other has: by it one knows what an address meant, whatever the archive thinks.
RUNA = [
    ("Minister, is the ferry to Libya running again?", "The steersman has worked since Monday, and Egypt knows it."),
    ("Who pays for the second bridge?", "Both riverbanks pay, each its half.\n\nThe toll-keeper is paid by neither."),
    ("When will the lighthouse be lit?", "The lantern came from Italy last week, in a crate full of straw."),
    ("Do the fishermen trust your treaty?", "Herring cannot read. But the netmakers can, and they signed it first."),
    ("What was said in Geneva?", "That grain needs a corridor.\n\nThe interpreter asked me to repeat it more slowly."),
    ("Will you stand again?", "Ask my successor, who is measuring the curtains of the office already."),
]
ORA = [
    ("And what of the winter?", "Snow closes the pass in November, and the muleteers carry what they can before."),
    ("Is the harbour deep enough for Greece?", "Dredgers work at night, whenever the tide lets them."),
    ("Who guards the archives?", "Two clerks, and a cat that Turkey gave us."),
]
FURTHER = [
    ("Does the railway pay?", "It pays the stokers, and that is something."),
    ("Is there news of the orchards?", "Plums were sold to Norway, all of them, before they were ripe."),
]
KEYS = {
    "ferry", "bridge", "lighthouse", "fishermen", "Geneva", "stand", "steersman", "riverbanks", "toll-keeper",
    "lantern", "Herring", "grain", "interpreter", "successor", "winter", "harbour", "guards", "Snow",
    "Dredgers", "clerks", "railway", "orchards", "stokers", "Plums",
}  # fmt: skip
KINDS = {folder: kind for kind, folder in ENTITY_PAGES.items()}
REALLY = "Really-"
EXTRA = " That much is certain."
DATES = ["5 March 2019", "6 March 2019", "March 2019"]
OUTLETS = ["Il Molo", "Il Faro"]


@dataclass(eq=False)
class Document:
    """One text as its publisher has it now, with the editions that it had before."""

    path: Path
    speaker: str
    exchanges: list
    date: str = DATES[0]
    outlet: str = OUTLETS[0]
    editions: list = field(default_factory=list)

    @property
    def interview(self):
        return Interview.objects.filter(participations__label=self.speaker).distinct().get()

    def receive(self):
        """Let the archive receive the text as it is now."""
        head = f"Foreign Minister {self.speaker}'s interview with the Italian newspaper {self.outlet}, {self.date}"
        spoken = [f"Question: {asked}\n\n{self.speaker}: {answered}" for asked, answered in self.exchanges]
        self.path.write_text("\n\n".join([head, *spoken]) + "\n")
        report = ingest(self.path)["files"][0]
        assert report["outcome"] != "refused", report
        self.editions.append(list(self.exchanges))


@dataclass(frozen=True)
class Meaning:
    """What an address meant: the words that it shows, the one by which they are known, and whose they are."""

    document: Document | None
    key: str
    words: str


class OldArchive:
    """Two interviews on one day with one outlet, all that happens to them, and what each address meant."""

    def __init__(self, *, folder, client, curator, seed):
        self.client, self.curator = client, curator
        self.chance = random.Random(seed)  # noqa: S311 - not for secrets
        self.documents = [
            Document(folder / "runa.txt", "Runa Solberg", list(RUNA)),
            Document(folder / "ora.txt", "Ora Lindqvist", list(ORA)),
        ]
        self.further = list(FURTHER)
        self.meant = {}
        for document in self.documents:
            document.receive()
        self.remember()

    def live_through(self, *, times):
        """Let every kind of change happen so many times, in an order of chance."""
        kinds = [*PUBLISHERS, *CURATORS] * times
        self.chance.shuffle(kinds)
        for kind in kinds:
            document = self.chance.choice(self.documents)
            kind(self, document)
            if kind in PUBLISHERS:
                document.receive()
            self.remember()
        return [kind.__name__ for kind in kinds]

    def remember(self):
        """Note what every present address means: of one that was given out before it must be the same."""
        for document in self.documents:
            interview = document.interview
            if interview.is_published:
                self._remember_interview(document, interview)

    def _remember_interview(self, document, interview):
        home = interview.get_absolute_url()
        for part in ("", "history/", "source/", "text/", "citation.ris"):
            self._note(f"{home}{part}", Meaning(document, document.speaker, document.speaker))
        for turn in interview.turns.current():
            turn.interview, address = interview, turn.get_absolute_url()
            key = self.meant[address].key if address in self.meant else first_key(turn.text)
            assert key in words_in(turn.text), f"{address} meant “{key}”, and now means “{turn.text}”"
            self._note(address, Meaning(document, key, key))
            self._note(f"{address}history/", Meaning(document, key, key))
            self._note(f"{address}citation.ris", Meaning(document, key, key))
            self._note(f"{address}?v={versions_of(turn)[0].short}", Meaning(document, key, turn.text))
        for link in links_of(self.client.get(home)):
            folder, _, slug = link.strip("/").partition("/")
            if folder in KINDS and slug and link not in self.meant:
                name = Entity.objects.get(kind=KINDS[folder], slug=slug).name
                self._note(link, Meaning(None, name, name))

    def _note(self, address, meaning):
        assert self.meant.setdefault(address, meaning) == meaning, address

    def walk(self):
        """Return {address: what is wrong with it} of all addresses ever given out."""
        reindex()
        told = {address: self.wrong_with(address, meaning) for address, meaning in self.meant.items()}
        return {address: wrong for address, wrong in told.items() if wrong}

    def wrong_with(self, address, meaning):
        """Return why an address no longer gives what it meant; nothing where it does, or says why it cannot."""
        response, hops = self.client.get(address), 0
        if response.status_code == 301:
            address, hops = response["Location"], 1
            response = self.client.get(address)
        if response.status_code == 410:
            return wrong_to_be_gone(meaning, words_of(response), is_cited="/history/" not in address)
        if response.status_code != 200:
            return f"{response.status_code} after {hops} hops, at {address}"
        if address.endswith(".ris"):
            url = f"http://testserver{address.removesuffix('citation.ris')}"
            return None if f"UR  - {url}" in response.content.decode() else f"{address} cites another"
        words = words_of(response)
        if meaning.document and meaning.document.speaker not in words:
            return f"{address} is of another interview: {words}"
        if found := re.search(r"/([qas][0-9]+[b-z]*)/(\?v=\w+)?$", address):
            words = section_of(response, found[1])
        if " ".join(meaning.words.split()) not in words:
            return f"“{meaning.words}” is not what {address} says: {words}"
        return None


def wrong_to_be_gone(meaning, words, *, is_cited):
    """Return why an address may not be gone: what it meant can be read, or the page gives no reason or citation."""
    document = meaning.document
    if document is None:
        return None if "is named no longer" in words else words
    spoken = words_in(" ".join(word for exchange in document.exchanges for word in exchange))
    if document.interview.is_published and (meaning.key in spoken or meaning.key == document.speaker):
        return f"gone, though “{meaning.key}” can be read"
    if not re.search("On [0-9]+ [A-Z][a-z]+ [0-9]{4} : [A-Z]", words):
        return f"gone without a reason: {words}"
    return f"gone without a citation: {words}" if is_cited and "What was cited" not in words else None


def words_in(text):
    return re.findall(r"[\w-]+", text)


def first_key(text):
    """Return the first word of a text by which it is known."""
    return next(word for word in words_in(text) if word in KEYS or word.startswith(REALLY))


def section_of(response, number):
    """Return the words of one turn on a page."""
    found = re.search(f'<section class="turn[^>]*id="{number}".*?</section>', response.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]*>", "", found[0].replace("</p>", " "))).split()) if found else ""


# What publishers do with a text.


def reword(archive, document):
    at = archive.chance.randrange(len(document.exchanges))
    asked, answered = document.exchanges[at]
    has_extra = answered.endswith(EXTRA)
    document.exchanges[at] = (asked, answered.removesuffix(EXTRA) if has_extra else f"{answered}{EXTRA}")


def ask_otherwise(archive, document):
    at = archive.chance.randrange(len(document.exchanges))
    asked, answered = document.exchanges[at]
    document.exchanges[at] = (f"Tell us, please: {asked}", answered)


def insert(archive, document):
    if archive.further:
        at = archive.chance.randrange(len(document.exchanges) + 1)
        document.exchanges.insert(at, archive.further.pop())


def leave_out(archive, document):
    if len(document.exchanges) > 2:
        document.exchanges.pop(archive.chance.randrange(len(document.exchanges)))


def join(archive, document):
    if len(document.exchanges) > 2:
        at = archive.chance.randrange(len(document.exchanges) - 1)
        (asked, answered), (_, more) = document.exchanges[at : at + 2]
        document.exchanges[at : at + 2] = [(asked, f"{answered}\n\n{more}")]


def split(archive, document):
    at = next((at for at, (_, answered) in enumerate(document.exchanges) if "\n\n" in answered), None)
    if at is not None:
        asked, answered = document.exchanges[at]
        first, rest = answered.split("\n\n", 1)
        document.exchanges[at : at + 1] = [(asked, first), (f"{REALLY}{first_key(rest)}?", rest)]


def change_places(archive, document):
    document.exchanges = [*document.exchanges[2:], *document.exchanges[:2]]


def go_back(archive, document):
    document.exchanges = list(archive.chance.choice(document.editions))


def date_otherwise(archive, document):
    document.date = archive.chance.choice(DATES)


def name_other_outlet(archive, document):
    document.outlet = archive.chance.choice(OUTLETS)


# What curators do.


def correct(archive, document):
    turn = archive.chance.choice(document.interview.turns.current().filter(kind="answer").order_by("position"))
    form = page(archive.curator, "interviews_turn_change", turn.pk)
    submit(archive.curator, form, text=f"{turn.text} He paused.", why="It can be heard.")


def give_other_address(archive, document):
    slug = archive.chance.choice(["il-molo", "the-pier", "the-pier-2", "il-faro"])
    submit(archive.curator, page(archive.curator, "interviews_interview_change", document.interview.pk), slug=slug)


def withdraw_or_restore(archive, document):
    interview = document.interview
    status = Interview.Status.WITHDRAWN if interview.is_published else Interview.Status.PUBLISHED
    set_status([interview], status, reason="It was asked for." if interview.is_published else "", by=None)


def merge_or_part(archive, document):
    done = Curation.objects.filter(act=Curation.Act.MERGE, undone_at=None).first()
    if done and archive.chance.random() < 0.5:
        curate.undo(done, by=None)
        return
    live = Entity.objects.live().filter(kind="outlet", slug__in=["il-molo", "il-faro", "the-mole"]).order_by("pk")
    if len(live) > 1:
        merging.merge(survivor=live[0], merged=live[1], by=None)


def rename_entity(archive, document):
    person = Entity.objects.get(kind="person", participations__interview=document.interview)
    slug = archive.chance.choice([f"{person.slug}-of-velna", "the-minister", "solberg"])
    if not Entity.objects.filter(kind="person", slug=slug).exists():
        editing.edit(person, by=None, slug=slug, name=f"{person.name.removesuffix(' the Elder')} the Elder")


PUBLISHERS = [
    reword, ask_otherwise, insert, leave_out, join, split, change_places, go_back, date_otherwise, name_other_outlet,
]  # fmt: skip
CURATORS = [correct, give_other_address, withdraw_or_restore, merge_or_part, rename_entity]
