"""All forms of one citation, as pages show them and as files hold them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from . import apa, chicago, mla, phrases
from .bibtex import bibtex
from .csl import csl_json
from .metadata import meta_tags
from .reference import Reference, reference_of
from .ris import ris


@dataclass(frozen=True, slots=True)
class Style:
    """A manual's citations: (what each is for, its HTML), the one that pages print first."""

    slug: str
    name: str
    citations: tuple[tuple[str, SafeString], ...]


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format of files: the end of their addresses, its name, its media type, and what writes a reference in it."""

    suffix: str
    name: str
    media_type: str
    write: Callable[[Reference], str]


@dataclass(frozen=True, slots=True)
class Panel:
    """What a page needs to be cited: `files` are (format, address)."""

    reference: Reference
    styles: tuple[Style, ...]
    files: tuple[tuple[FileFormat, str], ...]
    meta_tags: list[tuple[str, str]]


FILE_FORMATS = {
    file_format.suffix: file_format
    for file_format in (
        FileFormat("bib", "BibTeX", "application/x-bibtex", bibtex),
        FileFormat("ris", "RIS", "application/x-research-info-systems", ris),
        FileFormat("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    )
}


def panel_of(request, found, *, version=None, passage=None):
    """Return what the page of an interview or a turn shows to be cited, as `reference_of` takes it."""
    reference = cited_in(request, found, version=version, passage=passage)
    query = reference.url.partition("?")[2]
    files = tuple((file_format, _address(found, suffix, query)) for suffix, file_format in FILE_FORMATS.items())
    return Panel(reference, styles_of(reference), files, meta_tags(reference))


def cited_in(request, found, **chosen):
    """Return the reference as whoever asks now may cite it: of this site, with the day of today."""
    site_url = f"{request.scheme}://{request.get_host()}"
    return reference_of(found, site_url=site_url, accessed=timezone.localdate(), **chosen)


def styles_of(reference):
    """Return the citations of the manuals, Chicago's first."""
    chicagos = (("Bibliography", chicago.bibliography), ("Note", chicago.note))
    manuals = (
        ("chicago", "Chicago 17", chicagos),
        ("mla", "MLA 9", (("Works cited", mla.works_cited),)),
        ("apa", "APA 7", (("Reference list", apa.reference_list),)),
    )
    return tuple(
        Style(slug, name, tuple((use, phrases.html(write(reference))) for use, write in forms))
        for slug, name, forms in manuals
    )


def _address(found, suffix, query):
    """The address of a file lies under that of what it cites."""
    name = "turn" if hasattr(found, "number") else "interview"
    interview = found.interview if name == "turn" else found
    where = {"dated": interview.dated, "slug": interview.slug, "suffix": suffix}
    where |= {"number": found.number} if name == "turn" else {}
    address = reverse(f"interviews:{name}-citation", kwargs=where)
    return f"{address}?{query}" if query else address
