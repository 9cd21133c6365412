"""Lists of all that the archive knows of one kind, with counts: a register in which one can look for a name."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from interviews.models import Alias, Entity, Interview, Participation
from interviews.records import entity_stub
from interviews.search import facet_counts
from interviews.search.language.known import value_of
from interviews.search.language.request import cleaned
from interviews.tagging.words import folded

from .formats import also_as, root_of, steps_in_json
from .search_head import answered, data_of, order_in
from .spoken_of import HEADINGS

PER_PAGE = 300
AT_ONCE = 500  # values that the database is asked for; of more it is quicker to read the whole kind
FEW = 20  # names among which nobody needs help to find one
ORDERS = {"name": "by name", "count": "highest number first"}


def spoken_of_in(request, kind):
    """Everything of one kind that answers speak of, with their number; None while there is no index that knows them."""
    rows = entities_by_answers(kind)
    if rows is None:
        return None
    return register(request, kind, rows) | {"words": "that answers speak of, each with the number of answers"}


def register_told(request, context):
    """A page of a list as data: what each entity has the number of is told by the name of that number."""
    page, root = context["page"], root_of(request)
    number = "interviews" if context["kind"] == "outlet" else "answers"
    return {
        "url": root + context["canonical_path"],
        "type": context["kind"],
        "found": context["found_count"],
        "page": page.number,
        "pages": page.paginator.num_pages,
        **steps_in_json(root, previous=context["previous"], next=context["next"]),
        "entities": [entity_stub(entity, root) | {number: count} for entity, count in page],
        "others": [entity_stub(entity, root) for entity in context.get("others", ())],
    }


@also_as(json=data_of(spoken_of_in, register_told))
def entity_list(request, kind):
    """Everything of one kind that answers speak of. 503 while there is no index that knows them."""
    return answered(request, "entity_list.html", spoken_of_in(request, kind), dict)


def entities_by_answers(kind):
    """[(entity, number of answers that speak of it), ...] of a kind; None while there is no index."""
    counts = facet_counts(kind)
    if counts is None:
        return None
    entities = Entity.objects.of_kind(kind).live()
    if len(counts) <= AT_ONCE:
        entities = entities.filter(**{"iso_code__in" if kind == "country" else "slug__in": list(counts)})
    return [(entity, counts[value]) for entity in entities if (value := value_of(kind, entity)) in counts]


def people_in(request):
    """Everybody who answers, with the number of their answers, and everybody who only asks; or who is spoken of.

    The numbers are those of their pages. None while there is no index.
    """
    if request.GET.get("said") == "of":
        return spoken_of_in(request, "person")
    counts = facet_counts("speaker")
    if counts is None:
        return None
    speaking = Entity.objects.of_kind("person").live().speaking()
    voices = Participation.objects.answering().filter(interview__status="published")
    answering = set(voices.order_by().values_list("person", flat=True).distinct())
    rows = [(person, counts[person.slug]) for person in speaking if person.pk in answering and person.slug in counts]
    context = register(request, "person", rows)
    context["words"] = "who answer, each with the number of their answers"
    if not context["find"] and not context["page"].has_previous():
        listed = {person for person, _ in rows}
        context["others"] = sorted((p for p in speaking if p not in listed), key=lambda person: folded(person.name))
    return context


@also_as(json=data_of(people_in, register_told))
def person_list(request):
    """Everybody who answers or asks, or who is spoken of. 503 while there is no index."""
    template = "entity_list.html" if request.GET.get("said") == "of" else "person_list.html"
    return answered(request, template, people_in(request), dict)


def outlets_in(request):
    """Every outlet that asked, with the number of interviews it asked in and the country it is at home in."""
    counts = Interview.objects.published().by_outlet()
    outlets = Entity.objects.of_kind("outlet").live().select_related("country")
    context = register(request, "outlet", [(outlet, counts[outlet.pk]) for outlet in outlets if outlet.pk in counts])
    return context | {"words": "that asked the questions, each with the number of interviews in which it asks"}


@also_as(json=data_of(outlets_in, register_told))
def outlet_list(request):
    """Every outlet that asked."""
    return render(request, "entity_list.html", outlets_in(request))


def register(request, kind, rows):
    """Return the context of a list of (entity, number): those that are called what is looked for, one page of them."""
    find = cleaned(request.GET.get("find", ""))[:100]
    order = order_in(request, ORDERS)
    found = called(rows, kind, find) if find else rows
    found = sorted(found, key=lambda row: (order == "count" and -row[1], folded(row[0].name)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    said = {"said": "of"} if kind == "person" and request.GET.get("said") == "of" else {}

    def address(**changes):
        given = said | {"find": find, "order": order, "page": page.number} | changes
        told = urlencode({name: value for name, value in given.items() if value not in ("", "name", 1)})
        return f"{request.path}?{told}" if told else request.path

    return {
        "kind": kind,
        "heading": HEADINGS[kind][0],
        "noun": HEADINGS[kind][1],
        "size": len(rows),
        "page": page,
        "find": find,
        "said": said,
        "may_find": len(rows) > FEW or find,
        "found_count": len(found),
        "order": order,
        "orders": [(words, address(order=name, page=1), name == order) for name, words in ORDERS.items()],
        "everything": address(find="", page=1),
        "range": f"Page {page.number} of {page.paginator.num_pages}" if page.has_other_pages() else "",
        "previous": address(page=page.number - 1) if page.has_previous() else "",
        "next": address(page=page.number + 1) if page.has_next() else "",
        "kinds": kinds_beside(kind),
        "canonical_path": address(find="", order="name"),
    }


def called(rows, kind, find):
    """Those of whom a name or an alias holds the letters, in any case, with or without accents."""
    wanted = folded(find)
    aliases = Alias.objects.filter(entity__kind=kind).order_by().values_list("entity", "text")
    known = {key for key, text in aliases if wanted in folded(text)}
    return [row for row in rows if wanted in folded(row[0].name) or row[0].pk in known]


def kinds_beside(kind):
    """[(what the list of a kind is called, its address, is it this one?), ...]"""
    return [(words, reverse(f"interviews:{name}-list"), name == kind) for name, (words, _) in HEADINGS.items()]
