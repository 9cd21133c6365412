"""Which texts programs may take away: those whose publisher lets them be passed on."""

from interviews.models import Reading


def withheld_reason(interview, version=None):
    """Return why the text of an interview is withheld from data, in words; '' where it may be passed on.

    It goes by the file of the present text, and by that of the version of a turn where one is given. Of many
    interviews, `know_rights` asks at once.
    """
    if not hasattr(interview, "source"):
        know_rights([interview])
    for source in (interview.source, version and version.source):
        if source and not source.redistribute:
            return f"The text may be read on its page, but not passed on. {source.licence}".strip()
    return ""


def know_rights(interviews):
    """Set `source` of interviews, the file of the present text or None, in one query for all of them."""
    latest = Reading.objects.filter(interview__in={each.pk for each in interviews}).select_related("source")
    rows = latest.order_by("read_at", "pk").only("interview", "source")
    sources = {reading.interview_id: reading.source for reading in rows}
    for interview in interviews:
        interview.source = sources.get(interview.pk)
