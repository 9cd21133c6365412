"""The history of what curators did: one row an act, changed only to say that it was undone, or that somebody knows."""

from django.utils import timezone

from interviews.models import Curation


class AlreadyUndoneError(ValueError):
    """The act was undone before; the message says when."""

    def __init__(self, curation: Curation):
        super().__init__(f"This was undone already, on {curation.undone_at:%-d %B %Y}.")


def record(act: str, *, by, reason: str = "", **about) -> Curation:
    """Write down an act. `about`: entity, other, turn, rule, merge, detail, overruled of `Curation`."""
    return Curation.objects.create(act=act, by=by, reason=reason, **about)


def mark_undone(curation: Curation, *, by) -> None:
    """Say that an act was undone. Raises AlreadyUndoneError, also where somebody else is quicker."""
    undone = {"undone_by": by, "undone_at": timezone.now()}
    if not Curation.objects.filter(pk=curation.pk, undone_at=None).update(**undone):
        curation.refresh_from_db(fields=["undone_at", "undone_by"])
        raise AlreadyUndoneError(curation)
    curation.undone_by, curation.undone_at = by, undone["undone_at"]


def messages_for(user) -> list[Curation]:
    """Return what others did, or wanted to do, to decisions of a user who does not know it yet; the newest first."""
    return list(
        Curation.objects.filter(overruled=user, told_at=None).select_related("by", "entity", "other", "turn__interview")
    )


def told(messages: list[Curation]) -> None:
    """Say that the user has been told."""
    Curation.objects.filter(pk__in=[message.pk for message in messages]).update(told_at=timezone.now())
