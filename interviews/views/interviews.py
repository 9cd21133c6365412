"""Interviews: their lists by date, and the transcript."""

from django.http import Http404
from django.shortcuts import render

from interviews.models import Interview
from interviews.partial_date import PartialDate
from interviews.tagging.tags import tags_of

from .paging import one_page
from .permanence import find_interview, permanent
from .sources import reading_of


@permanent
def interview_list(request, dated=None):
    """All interviews, or those of one year, month or day; newest first."""
    published = Interview.objects.published()
    interviews = published.dated(*dated) if dated else published
    context = one_page(request, interviews.newest_first().for_listing(), size=25)
    if dated and not context["page"].paginator.count:
        raise Http404("No interview is known of this date.")
    context |= {"dated": dated, "years": published.by_year(), "months": months_of(published, dated)}
    return render(request, "interview_list.html", context)


def months_of(published, dated):
    """[(month, number of interviews), ...] of the year that was chosen, the months as partial dates."""
    if dated is None:
        return []
    return [(PartialDate(dated.year, month), count) for month, count in published.by_month(dated.year)]


@permanent
def interview(request, dated, slug):
    """One interview: the whole transcript as a dialogue."""
    found = find_interview(dated=dated, slug=slug, reader=request.user)
    return render(request, "interview.html", interview_page(found))


def interview_page(interview):
    """What the page of an interview shows. Who asks is named at each question only where several people ask."""
    turns = list(interview.turns.current().with_voices().with_tags())
    questions = [turn for turn in turns if turn.kind == "question" and not turn.courtesy]
    return {
        "interview": interview,
        "turns": turns,
        "questions": questions,
        "name_askers": len({question.participation_id for question in questions}) > 1,
        "countries": [entity for entity in tags_of_many(turns) if entity.kind == "country"],
        "reading": reading_of(interview),
    }


def tags_of_many(turns):
    """The entities that any of these turns is tagged with, in the order of their first mention."""
    return list(dict.fromkeys(entity for turn in turns for entity in tags_of(turn)))
