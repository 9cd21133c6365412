"""Transcripts in any number, made by recombining the samples: the same ones for the same seed."""

import random
from datetime import date, timedelta
from pathlib import Path

from interviews.ingest.read import read_transcript

SAMPLES = Path(__file__).resolve().parents[2] / "fixtures"
EXCHANGES = 10
PEOPLE = ("Runa Solberg", "Ola Nes", "Mira Kant", "Jon Bell", "Ada Fenn", "Tove Lund", "Per Aas", "Ida Moe")
OUTLETS = ("Il Molo", "Radio Fjord", "The Daily Quay", "Port Gazette", "Der Deich", "Canal Sur Costa")
LAYOUTS = (
    ("Question: {}", "{name}: {}"),
    ("**Question:** {}", "**{name}:** {}"),
    ("JOURNALIST:\n\n{}", "{capitals}:\n\n{}"),
    ("Q    {}", "{capitals}: {}"),
)


def write_transcripts(folder: Path, count: int, *, seed: int = 7) -> int:
    """Write `count` texts of ten exchanges each into a folder -> bytes written."""
    chance, exchanges = random.Random(seed), list(_exchanges())  # noqa: S311 - not for secrets
    return sum(
        (folder / f"{number:05}.txt").write_bytes(_transcript(chance, exchanges).encode()) for number in range(count)
    )


def _exchanges():
    """Yield (question, paragraphs of the answer) of the English samples."""
    for path in sorted(SAMPLES.glob("*.txt")):
        transcript = read_transcript(path.read_bytes())
        by_number = {turn.number: turn for turn in transcript.turns}
        for turn in transcript.turns:
            if turn.kind == "answer" and transcript.header.language == "en":
                yield " ".join(by_number[turn.reply_to].paragraphs), turn.paragraphs


def _transcript(chance, exchanges):
    name, outlet = chance.choice(PEOPLE), chance.choice(OUTLETS)
    day = date(1970, 1, 1) + timedelta(days=chance.randrange(20_000))
    asks, answers = chance.choice(LAYOUTS)
    blocks = [f"Foreign Minister {name}'s interview with {outlet}, {day:%-d %B %Y}"]
    for question, paragraphs in chance.sample(exchanges, EXCHANGES):
        blocks.append(asks.format(question))
        blocks.append(answers.format("\n\n".join(paragraphs), name=name, capitals=f"MR {name.split()[1].upper()}"))
    return "\n\n".join(blocks) + "\n"
