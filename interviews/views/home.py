"""The front page."""

from django.conf import settings
from django.shortcuts import render

from interviews.charts import chart_of_years, with_shares
from interviews.models import Interview, Turn
from interviews.records import entity_stub, interview_stub
from interviews.search import facet_counts

from .entity_lists import entities_by_answers
from .formats import also_as, root_of
from .search import search_url

NEWEST = 6


def home_as_json(request):
    """What the archive holds, when, of which countries, and what came last."""
    interviews, root, years = Interview.objects.published(), root_of(request), answers_by_year()
    return {
        "url": root + request.path,
        "name": settings.ARCHIVE_NAME,
        "interviews": interviews.count(),
        "answers": sum(count for _, count in years),
        "years": {str(year): count for year, count in years},
        "countries": [entity_stub(each, root) | {"answers": count} for each, count in most_discussed()],
        "newest": [interview_stub(each, root) for each in interviews.newest_first()[:NEWEST]],
    }


@also_as(json=home_as_json)
def home(request):
    """A search box, what the archive holds, when, of which countries, and what came last."""
    interviews = Interview.objects.published()
    years = answers_by_year()
    discussed = most_discussed()
    return render(
        request,
        "home.html",
        {
            "answer_count": sum(count for _, count in years),
            "interview_count": interviews.count(),
            "first_year": years[0][0] if years else None,
            "last_year": years[-1][0] if years else None,
            "chart": chart_of_years(years, url_of=lambda year: search_url(year=year)),
            "countries": with_shares(discussed),
            "newest": interviews.listed(interviews.newest_first()[:NEWEST]),
            "examples": [(words, search_url(query=words)) for words in examples_of(discussed)],
        },
    )


def most_discussed():
    """[(country, number of answers), ...] of the ten that most answers speak of."""
    return sorted(entities_by_answers("country") or [], key=lambda pair: (-pair[1], pair[0].name))[:10]


def answers_by_year():
    """[(year, number of answers), ...], oldest first: as the index counts them, or the database while there is none."""
    counts = facet_counts("year")
    if counts is None:
        return Turn.objects.documents().by_year()
    return sorted((int(year), count) for year, count in counts.items())


def examples_of(countries):
    """Searches that show what can be typed, made of names that the answers speak of."""
    names = [country.name for country, _ in countries if "," not in country.name]
    words = [f'"{name}"' if " " in name else name for name in names[:3]]
    if len(words) < 3:
        return words
    first, second, third = words
    return [first, f"{first} OR {second}", f"{third} NOT {first}"]
