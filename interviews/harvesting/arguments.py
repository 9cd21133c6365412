"""What a harvester asks: the arguments of a request, checked as the protocol has it."""

import datetime
import re
from dataclasses import dataclass

from django.core import signing

PREFIX = "oai_dc"
# verb: (arguments that it needs, those that it may have); a resumption token stands alone (section 4 of the protocol).
VERBS = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), ("resumptionToken",)),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set", "resumptionToken")),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set", "resumptionToken")),
    "GetRecord": (("identifier", "metadataPrefix"), ()),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
SALT = "interviews.harvesting"


class HarvestError(Exception):
    """A request that the protocol answers with an error; `code` is one of its section 3.6."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when records changed, None for no end; `after` is the last (moment, key) that was given."""

    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    after: tuple[datetime.datetime, int] | None = None
    given: int = 0


def checked(parameters):
    """Return the arguments of a request, {name: value} with its verb. Raises HarvestError."""
    for name, values in parameters.lists():
        if len(values) > 1:
            raise HarvestError("badVerb" if name == "verb" else "badArgument", f"“{name:.40}” is given more than once.")
    asked = parameters.dict()
    verb = asked.get("verb")
    if verb not in VERBS:
        raise HarvestError("badVerb", f"Ask with one of the verbs {', '.join(VERBS)}.")
    needed, allowed = VERBS[verb]
    if strange := asked.keys() - {"verb", *needed, *allowed}:
        raise HarvestError("badArgument", f"{verb} takes no argument “{min(strange):.40}”.")
    if "resumptionToken" in asked:
        if len(asked) > 2:
            raise HarvestError("badArgument", "A resumption token stands alone: leave out all other arguments.")
        return asked
    if missing := [name for name in needed if name not in asked]:
        raise HarvestError("badArgument", f"{verb} needs {' and '.join(missing)}.")
    return _can_be_given(asked)


def _can_be_given(asked):
    if asked.get("metadataPrefix", PREFIX) != PREFIX:
        raise HarvestError("cannotDisseminateFormat", f"Records are given as {PREFIX}.")
    if "set" in asked:
        raise HarvestError("noSetHierarchy", "This archive has no sets.")
    return asked


def span_of(asked):
    """Return the span that arguments, or a resumption token, ask for. Raises HarvestError."""
    if "resumptionToken" in asked:
        return _resumed(asked["verb"], asked["resumptionToken"])
    since, until = asked.get("from"), asked.get("until")
    if since and until and len(since) != len(until):
        raise HarvestError("badArgument", "“from” and “until” must be of the same granularity.")
    span = Span(_moment("from", since), _moment("until", until, is_end=True))
    if span.since and span.until and span.since > span.until:
        raise HarvestError("badArgument", "“from” lies after “until”.")
    return span


def token_of(verb, span):
    """Return a resumption token: where a list goes on. It is signed, and good for ever."""
    moments = [span.since, span.until, span.after[0]]
    written = [moment and moment.isoformat() for moment in moments]
    return signing.dumps([verb, *written, span.after[1], span.given], salt=SALT)


def _resumed(verb, token):
    try:
        of_verb, since, until, moment, key, given = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise HarvestError("badResumptionToken", "This token was not given by this archive: begin anew.") from error
    if of_verb != verb:
        raise HarvestError("badResumptionToken", f"This token goes on with {of_verb}, not with {verb}.")
    since, until, moment = (each and datetime.datetime.fromisoformat(each) for each in (since, until, moment))
    return Span(since, until, (moment, key), given)


def _moment(name, value, *, is_end=False):
    """Return the moment that an argument names; a day that ends a span counts to its end."""
    if value is None:
        return None
    try:
        if DAY.fullmatch(value):
            day = datetime.datetime.fromisoformat(value).replace(tzinfo=datetime.UTC)
            return day + datetime.timedelta(days=1, microseconds=-1) if is_end else day
        if SECOND.fullmatch(value):
            second = datetime.datetime.fromisoformat(value)
            return second + datetime.timedelta(seconds=1, microseconds=-1) if is_end else second
    except (ValueError, OverflowError):
        pass
    raise HarvestError("badArgument", f"“{name}” must be a date such as 2019-12-05 or 2019-12-05T00:00:00Z.")
