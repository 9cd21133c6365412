"""How templates print dates, languages, names and texts."""

from functools import cache, lru_cache

from django import template
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import get_language_info

from interviews.citing.reference import name_of
from interviews.marking import marked_paragraphs, plain_paragraphs
from interviews.partial_date import PartialDate
from interviews.views.formats import in_form
from interviews.wording import counted, figure, language_name, own_language_name, shortened_question

register = template.Library()
register.filter(name_of)
register.filter(shortened_question)
register.filter(counted)
register.filter(figure)
register.filter(language_name)
register.filter(own_language_name)

SECTIONS = [
    ("Interviews", "interview-list"),
    ("Countries", "country-list"),
    ("People", "person-list"),
    ("Outlets", "outlet-list"),
    ("About", "about"),
]


@register.inclusion_tag("_navigation.html")
def navigation(path):
    """The main navigation; the section that the reader is in is marked as such."""
    here = {url: "page" if path == url else "true" for _, url in sections() if path.startswith(url)}
    return {"sections": [(label, url, here.get(url)) for label, url in sections()]}


@cache
def sections():
    """The sections of the archive and their addresses, which are the same on every page."""
    return [(label, reverse(f"interviews:{name}")) for label, name in SECTIONS]


# What chooses among what an address shows, where the page does not tell its canonical address itself.
CHOOSING = {"beside", "file", "find", "order", "page", "passage", "v"}


@register.simple_tag(takes_context=True)
def address_as_data(context):
    """The address of this page as JSON; '' where it has no such form."""
    request = context["request"]
    if "json" not in getattr(request.resolver_match and request.resolver_match.func, "forms", ()):
        return ""
    # As it was written: in the name of a passage %2D is another thing than a hyphen.
    told = request.META.get("QUERY_STRING", "").split("&")
    query = "&".join(part for part in told if part.partition("=")[0] in CHOOSING and not part.endswith("="))
    here = f"{request.path}?{query}" if query else request.path
    return in_form(context.get("canonical_path") or here, "json")


@register.simple_tag(takes_context=True)
def paragraphs(context, turn):
    """The paragraphs of a turn with their anchors; without links of names where the reader wants the words alone."""
    return plain_paragraphs(turn) if context.get("names_hidden") else marked_paragraphs(turn)


@register.simple_block_tag
def captured(content):
    """The words between the tags, already escaped; with `as` a name to print them in several places."""
    return content


@register.filter
def dated(interview):
    """The date of an interview as far as it is known, in a <time> element; nothing where there is none."""
    return as_date(interview.dated)


@register.filter
@lru_cache(maxsize=1_000)
def as_date(dated):
    """The same for a date as addresses write it: 2019/12/05, 2019/12, 2019 or nothing."""
    if not dated:
        return ""
    date = PartialDate.parse(dated)
    return format_html('<time datetime="{}">{}</time>', date.machine, date.words)


@register.filter
def day(moment):
    """The day of a moment in a <time> element; nothing for none."""
    if moment is None:
        return ""
    local = localtime(moment)
    return format_html('<time datetime="{}">{}</time>', date(local, "Y-m-d"), date(local, "j F Y"))


@register.filter
def stood(version):
    """When a version stood at its address: from 3 March 2026 until 10 July 2026; since 10 July 2026."""
    since, until = day(version.since), day(version.until)
    if since and until:
        return format_html("from {} until {}", since, until)
    return format_html("until {}", until) if until else format_html("since {}", since or "the beginning")


@register.filter
def direction(code):
    """The value of a dir attribute for a language: rtl for Arabic; auto where the language is not known."""
    try:
        return "rtl" if get_language_info(code)["bidi"] else "ltr"
    except KeyError:
        return "auto"


@register.filter
@lru_cache(maxsize=100)
def in_language(code):
    """The attributes of an element whose words are in a language: lang="ar" dir="rtl"; nothing for none."""
    return format_html('lang="{}" dir="{}"', code, direction(code)) if code else ""


@register.filter
def voices(interview, part):
    """Those who took part as interviewee, interviewer, moderator or interpreter, each person once."""
    return interview.voices(part)


@register.filter
def people(interview, part):
    """The people among those, without the voices that nobody names."""
    return [voice.person for voice in interview.voices(part) if voice.person]


@register.filter
def part_in_order(participation):
    """Moderator or interpreter, of one who neither asks nor answers and whose name does not say so; else nothing."""
    if not participation or participation.part not in ("moderator", "interpreter"):
        return ""
    return "" if participation.part in participation.name.casefold() else participation.part


@register.filter
def web_address(address):
    """An address as found in a text, if a browser may be sent there; else nothing."""
    return address if address.lower().startswith(("https://", "http://")) else ""
