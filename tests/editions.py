"""Later editions of a text: an invented one, and the samples, edited as a publisher would."""

from dataclasses import dataclass, replace

from interviews.ingest.read import read_transcript


@dataclass(frozen=True)
class Edition:
    """A text as head, speeches (each with its label) and what stands after them."""

    head: str
    speeches: tuple[str, ...]
    tail: str

    @classmethod
    def of(cls, text):
        lines = text.split("\n")
        places = [turn.lines for turn in read_transcript(text.encode()).turns]
        speeches = tuple("\n".join(lines[first - 1 : last]) for first, last in places)
        return cls("\n".join(lines[: places[0][0] - 1]), speeches, "\n".join(lines[places[-1][1] :]))

    def __str__(self):
        return "\n".join([self.head, "\n\n".join(self.speeches), self.tail])

    def corrected(self, at, old, new):
        assert old in self.speeches[at]
        return self._with(at, self.speeches[at].replace(old, new, 1))

    def inserted(self, at, *speeches):
        return replace(self, speeches=(*self.speeches[:at], *speeches, *self.speeches[at:]))

    def without(self, *places):
        return replace(self, speeches=tuple(s for at, s in enumerate(self.speeches) if at not in places))

    def split(self, at, *, asked, label):
        """Part a speech before its second paragraph, by a question and the label of who goes on."""
        first, second = self.speeches[at].split("\n\n", 1)
        return self._with(at, first).inserted(at + 1, asked, f"{label} {second}")

    def turned(self, start, middle, end):
        """Let two stretches change places."""
        speeches = self.speeches
        return replace(self, speeches=speeches[:start] + speeches[middle:end] + speeches[start:middle] + speeches[end:])

    def renamed(self, old, new):
        """Change words wherever they stand, in the head and in labels."""
        assert old in str(self)
        speeches = tuple(speech.replace(old, new) for speech in self.speeches)
        return replace(self, head=self.head.replace(old, new), speeches=speeches)

    def _with(self, at, speech):
        return replace(self, speeches=(*self.speeches[:at], speech, *self.speeches[at + 1 :]))
