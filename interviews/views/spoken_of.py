"""What turns speak of, sorted by kind."""

from dataclasses import dataclass

from interviews.models import Entity
from interviews.tagging.tags import tags_of
from interviews.wording import counted

# Each kind as a heading and as a noun to count, in the order of readers. An outlet is spoken of rarely.
HEADINGS = {
    "country": ("Countries", "country/countries"),
    "person": ("People", "person/people"),
    "organisation": ("Organisations", "organisation"),
    "place": ("Places", "place"),
    "document": ("Documents and formats", "document or format/documents and formats"),
    "event": ("Events", "event"),
    "outlet": ("Outlets", "outlet"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """The entities of one kind that some turns speak of, in the order of their first mention."""

    kind: str
    entities: list[Entity]

    @property
    def heading(self):
        return HEADINGS[self.kind][0]

    @property
    def counted(self):
        """Their number in words: 3 countries."""
        return counted(len(self.entities), HEADINGS[self.kind][1])


def spoken_of(turns):
    """Return a Named of each kind that these turns speak of. Many are asked for with `with_tags()`."""
    entities = list(dict.fromkeys(entity for turn in turns for entity in tags_of(turn)))
    of_kinds = ((kind, [entity for entity in entities if entity.kind == kind]) for kind in HEADINGS)
    return [Named(kind, found) for kind, found in of_kinds if found]
