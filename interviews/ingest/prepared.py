"""What can be found out about a file before the archive is looked at: by any process, without a database."""

import functools
import hashlib
from dataclasses import dataclass
from itertools import chain

from interviews.ingest.facts import key_of
from interviews.ingest.resemblance import sketch_of
from interviews.ingest.transcript import Transcript, read_texts
from interviews.tagging.registry import Known
from interviews.tagging.setting import setting_of
from interviews.tagging.tagger import Setting, Tag, default_tagger
from interviews.tagging.words import words_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transcript, the sketch of its words, the tags of each turn as read; of its translation the same.

    The tags hold for this `setting`, and for what curators vouched for then, told by its `edition`.
    """

    transcript: Transcript
    sketch: list[int]
    tags: list[list[Tag]]
    setting: Setting | None = None
    edition: str = ""
    translation: "Prepared | None" = None

    @classmethod
    def of(cls, transcript: Transcript, vouched: tuple[Known, ...] = ()) -> "Prepared":
        """Prepare a transcript; `vouched`: what the tagger knows beside the data files."""
        if transcript.refusal:
            return cls(transcript, [], [])
        texts = [text for _, text in read_texts(transcript)]
        words = [words_of(text) for text in texts]
        setting = setting_of_transcript(transcript)
        tags = default_tagger(vouched).tag(texts, words, setting=setting)
        translation = transcript.translation and cls.of(transcript.translation, vouched)
        return cls(transcript, sketch_of(chain.from_iterable(words)), tags, setting, edition_of(vouched), translation)

    def holds_for(self, setting: Setting, vouched: tuple[Known, ...]) -> bool:
        """Whether the tags would be the same in this setting, with this vouched for."""
        return self.setting == setting and self.edition == edition_of(vouched)


def setting_of_transcript(transcript: Transcript) -> Setting:
    """Return the setting of a transcript: those who speak in it."""
    speaking = {key_of(turn) for turn in transcript.turns}
    people = [(s.name or "", s.office, "", "") for s in transcript.speakers if key_of(s) in speaking]
    return setting_of(people, day=transcript.header.date, language=transcript.header.language)


@functools.lru_cache(maxsize=2)
def edition_of(vouched: tuple[Known, ...]) -> str:
    """Return what tells two states of what curators vouch for apart, in any process."""
    return hashlib.sha256(repr(vouched).encode()).hexdigest()
