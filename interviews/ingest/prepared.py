"""What can be found out about a file before the archive is looked at: by any process, without a database."""

from dataclasses import dataclass
from itertools import chain

from interviews.ingest.resemblance import sketch_of
from interviews.ingest.transcript import Transcript, read_texts
from interviews.tagging.tagger import Tag, default_tagger
from interviews.tagging.words import words_of


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transcript, the sketch of its words, the tags of each turn as read; of its translation the same."""

    transcript: Transcript
    sketch: list[int]
    tags: list[list[Tag]]
    translation: "Prepared | None" = None

    @classmethod
    def of(cls, transcript: Transcript) -> "Prepared":
        if transcript.refusal:
            return cls(transcript, [], [])
        texts = [text for _, text in read_texts(transcript)]
        words = [words_of(text) for text in texts]
        tags = default_tagger().tag(texts, words, language=transcript.header.language or "en")
        translation = transcript.translation
        return cls(transcript, sketch_of(chain.from_iterable(words)), tags, translation and cls.of(translation))
