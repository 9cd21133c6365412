"""From the arguments of a request to what its answer holds."""

from interviews.search.language.request import cleaned

from .arguments import PREFIX, HarvestError, checked, span_of, token_of
from .records import as_moment, changed_in, headers_of, interview_called, interviews_of_record, records_of


def answer(parameters, *, root, today):
    """Return what the template of the answer needs, {name: value}; an error of the protocol is an answer too.

    `parameters` are a QueryDict. An answer repeats the arguments (`asked`) unless they were not understood.
    """
    try:
        asked = checked(parameters)
        return {"verb": asked["verb"], "asked": asked, **ANSWERS[asked["verb"]](asked, root, today)}
    except HarvestError as error:
        unread = error.code in ("badVerb", "badArgument")
        asked = {} if unread else {name: cleaned(value) for name, value in parameters.items()}
        return {"error": error, "asked": asked}


def identify(asked, root, today):
    earliest = interviews_of_record().order_by("changed_at").values_list("changed_at", flat=True).first()
    return {"earliest": as_moment(earliest) if earliest else "1970-01-01T00:00:00Z"}


def formats(asked, root, today):
    if "identifier" in asked:
        interview_called(asked["identifier"])
    return {"prefix": PREFIX}


def sets(asked, root, today):
    raise HarvestError("noSetHierarchy", "This archive has no sets.")


def identifiers(asked, root, today):
    interviews, listed = part_of_list(asked)
    return listed | {"records": headers_of(interviews)}


def records(asked, root, today):
    interviews, listed = part_of_list(asked)
    return listed | {"records": records_of(interviews, root=root, today=today)}


def record(asked, root, today):
    interview = interview_called(asked["identifier"])
    return {"records": records_of([interview], root=root, today=today)}


def part_of_list(asked):
    """Return (interviews, what is said of the list): its size, where this part begins, the token of the next."""
    span = span_of(asked)
    interviews, rest, total = changed_in(span)
    if not total:
        raise HarvestError("noRecordsMatch", "No record changed then.")
    is_whole = rest is None and not span.given
    token = token_of(asked["verb"], rest) if rest else ""
    return interviews, {} if is_whole else {"token": token, "given": span.given, "size": total, "is_part": True}


ANSWERS = {
    "Identify": identify,
    "ListMetadataFormats": formats,
    "ListSets": sets,
    "ListIdentifiers": identifiers,
    "ListRecords": records,
    "GetRecord": record,
}
