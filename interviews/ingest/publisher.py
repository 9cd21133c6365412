"""In which country a document was published, by its addresses; that decides how its dates and short names are meant."""

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from interviews.ingest.furniture import URL
from interviews.ingest.lines import Field, Fragment
from interviews.ingest.words import countries, load

HOST = re.compile(r"^(?:https?://)?([\w.-]+)")


def publisher_country(lines: Sequence[Fragment], fields: Sequence[Field]) -> str | None:
    """Return the ISO code of the country of the first address among the fields, else in the lines of the head."""
    addresses = [field.value for field in fields] + [line.line.link or line.text for line in lines]
    found = (URL.search(text) for text in addresses)
    return next((country for each in found if each and (country := _country_of_host(each[0]))), None)


def _country_of_host(url):
    host = HOST.match(url.casefold())
    ending = host[1].strip(".").rpartition(".")[2] if host else ""
    if ending in ("gov", "mil"):
        return "US"
    code = {"uk": "GB"}.get(ending, ending.upper())
    return code if code in countries() and ending not in load("publishers")["no_country"] else None


def order_of_dates(country: str | None) -> str:
    """Return which stands first in 3/4/2024 in a country: day | month; '' where both are in use or it is unknown."""
    conventions = load("publishers")
    if country is None or country in conventions["open"]:
        return ""
    return "month" if country in conventions["month_first"] else "day"


def zone_of(country: str | None) -> ZoneInfo | None:
    """Return the time zone of a country's capital."""
    name = load("publishers")["zones"].get(country)
    try:
        return ZoneInfo(name) if name else None
    except ZoneInfoNotFoundError:
        return None
