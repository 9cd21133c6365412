"""Permanent addresses: chosen once, redirected for ever, never given a second meaning."""

import re
from urllib.parse import urlsplit

from anyascii import anyascii
from django.urls import reverse
from django.utils.text import slugify

from interviews.models import FormerAddress, Interview

OF_TURN = re.compile(r"(?P<interview>/.+/)(?P<number>[qasmd][0-9]+[b-z]*)/")
AT_TURN = re.compile(r"(?P<number>[qasmd][0-9]+[b-z]*)/(?P<rest>.*)")
# An address has at most so many parts below that of its interview: a3/, a3/history/, source/file/.
DEEPEST = 2


def latinised(name):
    """Return a name in Latin letters, digits and hyphens, '' where nothing of it can be so written.

    Other scripts are transliterated; a dot parts words as a space does.

    >>> latinised("В.Путин")
    'v-putin'
    """
    return slugify(anyascii(name or "").replace(".", " "))


def slug_for(*names, longest=80):
    """Return the address form of the first name that has one: latinised, cut at a word.

    Digits alone would read as a date, so such a name becomes `text-2020`;
    where no name gives anything it is `text`.
    """
    for name in names:
        slug = latinised(name)
        if len(slug) > longest:
            slug = slug[: longest + 1].rpartition("-")[0] or slug[:longest]
        if slug:
            return f"text-{slug}" if slug.isdigit() else slug
    return "text"


def path_of(*, dated, slug):
    return reverse("interviews:interview", kwargs={"dated": dated, "slug": slug})


def is_free(interview, slug):
    """Tell whether this interview may live under `slug`: nothing else does, or ever did, on its date."""
    return slug not in _taken(interview, slug)


def choose_slug(interview, *names):
    """Return a free slug made of the first usable name; a clash on the same day gets -2, -3 ..."""
    wanted, count = slug_for(*names), 1
    slug, taken = wanted, _taken(interview, wanted)
    while slug in taken:
        count += 1
        slug = f"{wanted}-{count}"
    return slug


def _taken(interview, beginning):
    """Return the slugs that begin so and that other interviews have, or once had, on the date of this one."""
    day = {"date": interview.date, "date_precision": interview.date_precision}
    known = Interview.objects.filter(slug__startswith=beginning, **day).order_by().values_list("pk", "slug")
    slugs = {slug for pk, slug in known if pk != interview.pk}
    if not interview.dated:
        return slugs
    path = path_of(dated=interview.dated, slug=beginning).removesuffix("/")
    former = FormerAddress.objects.filter(path__startswith=path).order_by().values_list("path", "interview")
    of_others = (path for path, owner in former if owner is None or owner != interview.pk)
    return slugs | {path.rstrip("/").rpartition("/")[2] for path in of_others}


def remember(*, interview, former_path):
    """Let a former address of an interview, and those of its turns, lead to where it is now."""
    if interview.date is not None:
        FormerAddress.objects.filter(path=interview.get_absolute_url(), interview=interview).delete()
    FormerAddress.objects.update_or_create(path=former_path, defaults={"interview": interview})


def redirect_for(path, *, follows_words=True):
    """Return the address that a former address leads to in one hop, or None where there never was one.

    What lay below it lies below the present one. A turn whose words went into another leads there, but where
    `follows_words` is off: a version that was cited is shown where it stood, and so is the history of a turn.
    """
    former, below = former_address_above(path)
    target = former and _target(former)
    if not target:
        return None
    at_turn = AT_TURN.fullmatch(below) if former.interview else None
    if not (at_turn and follows_words) or at_turn["rest"] == "history/":
        return f"{target}{below}"
    turn = former.interview.turns.filter(number=at_turn["number"]).first()
    return f"{present_place_of(turn).get_absolute_url()}{at_turn['rest']}" if turn else f"{target}{below}"


def present_place_of(turn):
    """The turn that a moved one now belongs to, however often it moved; a moved one still where moves form a circle."""
    seen = set()
    while turn.status == "moved" and turn.pk not in seen:
        seen.add(turn.pk)
        turn = turn.moved_to
    return turn


def former_address(path):
    """Return what is remembered of a path (where it leads now, or why it is gone), or None."""
    if "\0" in path:  # PostgreSQL takes no NUL, and no address ever had one
        return None
    return FormerAddress.objects.filter(path=path).select_related("interview", "entity").first()


def former_address_above(path):
    """Return (what is remembered of a path or of the nearest one above it, what lies below that), or (None, "")."""
    above = path
    for _ in range(DEEPEST + 1):
        if former := former_address(above):
            return former, path.removeprefix(above)
        above = f"{above.rstrip('/').rpartition('/')[0]}/"
    return None, ""


def interview_at(address):
    """Return the interview that an address leads to, now or formerly, its own or that of one of its turns; or None.

    The address may be a path or a whole URL; an undated draft has none and is named by its slug.
    """
    try:
        path = urlsplit(address).path.rstrip("/") + "/"
    except ValueError:  # no URL has such brackets
        return None
    of_turn = OF_TURN.fullmatch(path)
    path = of_turn["interview"] if of_turn else path
    former = former_address(path)
    if former and former.interview:
        return former.interview
    candidates = Interview.objects.filter(slug=path.rstrip("/").rpartition("/")[2])
    return next((each for each in candidates if path.endswith(f"/{each.dated}/{each.slug}/") or not each.date), None)


def _target(former):
    if former.entity:
        return former.entity.get_absolute_url()
    if former.interview and former.interview.date is not None:
        return former.interview.get_absolute_url()
    return None
