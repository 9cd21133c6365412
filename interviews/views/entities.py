"""Pages of countries, people, outlets and whatever else the archive speaks of, and their lists."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render

from interviews.charts import chart_of_years
from interviews.models import Entity, Interview, Participation, Turn
from interviews.search import facet_counts
from interviews.search.language.known import facet_of_spoken_of, value_of
from interviews.wording import counted

from .errors import unavailable
from .paging import one_page
from .permanence import moved_permanently, permanent, sees_drafts
from .search import search_url

# The facet that shows what people say and outlets asked; other entities are spoken of.
FACETS = {"person": "speaker", "outlet": "outlet"}


@permanent
def entity(request, kind, slug):
    """One entity: what is known of it, its answers by year, and the answers themselves, newest first."""
    found = Entity.objects.select_related("country", "merged_into").filter(kind=kind, slug=slug).first()
    if found is None:
        raise Http404("The archive knows nothing of this name.")
    if found.merged_into:
        return moved_permanently(request, found.merged_into.get_absolute_url())
    if not (is_public(found) or sees_drafts(request.user)):
        if awaits_publication(found):
            raise Http404("Only interviews that were never published know this name.")
        return render(request, "410.html", {"entity": found}, status=410)
    answers = answers_of(found)
    context = one_page(request, answers.newest_first().for_reading(), size=20)
    return render(request, "entity.html", context | entity_page(found, answers, page=context["page"]))


def is_public(entity):
    """Whether readers may know of an entity: of people and outlets only where something published does."""
    if entity.kind not in ("person", "outlet"):
        return True
    itself = Entity.objects.filter(pk=entity.pk)
    if itself.speaking().exists() or itself.asking().exists():
        return True
    return Turn.objects.published().mentioning(entity).exists()


def awaits_publication(entity):
    """Whether a draft that readers never saw knows an entity: then its name is not yet for them."""
    knows = Q(people=entity) | Q(outlet=entity) | Q(participations__outlet=entity) | Q(turns__mentions__entity=entity)
    return Interview.objects.filter(knows, published_at=None).exists()


def entity_page(entity, answers, *, page):
    """What the page of an entity shows beside one page of its answers; the bars lead into the search."""
    return {
        "entity": entity,
        "summary": summary_of(entity, page.paginator.count),
        "other_names": other_names(entity),
        "offices": offices_of(entity),
        "chart": chart_of_years(answers.by_year(), url_of=lambda year: evidence_url(entity, year=year)),
        "interviews": Interview.objects.none() if page.object_list else interviews_with(entity),
        "search_url": evidence_url(entity),
    }


def summary_of(entity, count):
    """One line: “24 answers by Ilsa Varga”, “1 answer that mentions Libya”, “No answers given to Radio Meridian”."""
    answers = counted(count, "answer") if count else "No answers"
    mentioning = "that mentions" if count == 1 else "that mention"
    relation = {"person": "by", "outlet": "given to"}.get(entity.kind, mentioning)
    return f"{answers} {relation} {entity.name}"


def answers_of(entity):
    """A person's own words, the answers an outlet got, else the answers that speak of the entity."""
    documents = Turn.objects.documents()
    if entity.kind == "person":
        return documents.exclude(kind="question").spoken_by(entity)
    if entity.kind == "outlet":
        return documents.asked_by(entity)
    return documents.discussing(entity)


def other_names(entity):
    """What else the entity is called in English, or in no language: not “Libyan”, and not its name in ten others."""
    names = entity.aliases.filter(language__in=["", "en"]).exclude(kind="demonym").exclude(text=entity.name)
    return list(dict.fromkeys(names.values_list("text", flat=True)))


def offices_of(entity):
    """The offices a person held in published interviews, latest first."""
    held = Participation.objects.speaking().filter(person=entity, interview__status="published").exclude(office="")
    return list(dict.fromkeys(held.order_by("-interview__date").values_list("office", flat=True)))


def interviews_with(entity):
    """The latest interviews that a person takes part in, whatever their part."""
    taken_part_in = Participation.objects.speaking().filter(person=entity).values("interview")
    return Interview.objects.published().filter(pk__in=taken_part_in).newest_first().for_listing()[:50]


def evidence_url(entity, *, year=None):
    """The search for what an entity's page shows, of one year where one is named."""
    facet = FACETS.get(entity.kind) or facet_of_spoken_of(entity)
    return search_url(**{facet: value_of(facet, entity)}, **({"year": year} if year else {}))


def country_list(request):
    """Every country that answers speak of, with their number. 503 while there is no index that knows them."""
    countries = countries_by_answers()
    if countries is None:
        return unavailable(request)
    return render(request, "country_list.html", {"countries": sorted(countries, key=lambda pair: pair[0].name)})


def countries_by_answers():
    """[(country, number of answers that speak of it), ...], most first; None while there is no index."""
    counts = facet_counts("country")
    if counts is None:
        return None
    countries = Entity.objects.of_kind("country").filter(iso_code__in=counts)
    return sorted(
        ((country, counts[country.iso_code]) for country in countries), key=lambda pair: (-pair[1], pair[0].name)
    )


def person_list(request):
    """Everybody who answers, with the number of their answers, and everybody who only asks."""
    people = Entity.objects.of_kind("person").live().speaking()
    spoken = Turn.objects.documents().filter(kind__in=["answer", "statement"]).order_by()
    counts = dict(spoken.values_list("participation__person").annotate(Count("pk")))
    people = list(people.order_by("name"))
    return render(
        request,
        "person_list.html",
        {
            "speakers": [(person, counts[person.pk]) for person in people if person.pk in counts],
            "others": [person for person in people if person.pk not in counts],
        },
    )


def outlet_list(request):
    """Every outlet that asked, with the number of interviews it asked in and the country it is at home in."""
    counts = Interview.objects.published().by_outlet()
    outlets = Entity.objects.live().asking().select_related("country").order_by("name")
    return render(request, "outlet_list.html", {"outlets": [(outlet, counts[outlet.pk]) for outlet in outlets]})
