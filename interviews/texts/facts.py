"""What every form of the text says of itself."""

from dataclasses import dataclass

from interviews.models import Interview, Source
from interviews.partial_date import PartialDate
from interviews.records import withheld_reason

SAMPLE = "Sample: the people and the words of this interview are invented."


@dataclass(frozen=True, slots=True)
class Facts:
    """An interview and where it comes from; what is not known is '' or None.

    `url` is the permalink, below the `root` of the site. Where the words may not be passed on `withheld` says why.
    """

    interview: Interview
    source: Source | None
    root: str
    archive: str
    withheld: str

    @property
    def url(self) -> str:
        return self.root + self.interview.get_absolute_url()

    @property
    def date(self) -> PartialDate | None:
        return PartialDate.of(self.interview)

    @property
    def origin(self) -> str:
        return (self.source and self.source.origin_url) or self.interview.source_url

    @property
    def licence(self) -> str:
        return self.source.licence if self.source else ""

    @property
    def asking(self) -> str:
        named = [voice.person.name for voice in self.interview.voices("interviewer") if voice.person]
        return ", ".join([*named, *([self.interview.outlet.name] if self.interview.outlet else [])])

    @property
    def answering(self) -> list[str]:
        return [with_office(voice) for voice in self.interview.voices("interviewee")]

    @property
    def original(self) -> Interview | None:
        original = self.interview.translation_of if self.interview.translation_of_id else None
        return original if original and original.is_published else None


def facts_of(interview: Interview, *, root: str, archive: str) -> Facts:
    withheld = withheld_reason(interview)
    return Facts(interview, interview.source, root, archive, withheld)


def with_office(voice) -> str:
    return f"{voice.name}, {voice.office}" if voice.office else voice.name
