"""Interviews: their lists by date, and the transcript."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from interviews.citing.metadata import linked_data
from interviews.citing.panel import panel_of
from interviews.dialogue import contents_of, is_quiet, paired_stretches, stretches_of
from interviews.feeds import feed_of_interviews
from interviews.models import Interview
from interviews.onward import onward_from
from interviews.partial_date import PartialDate
from interviews.records import interview_record, interview_stub, know_rights, of_one, turn_record
from interviews.translations import aligned, other_languages_of

from . import texts
from .formats import also_as, root_of, steps_in_json
from .paging import one_page
from .permanence import find_interview, permanent
from .sources import reading_of
from .spoken_of import spoken_of
from .switches import CHOICES, hides, remembers_switches

FEW = 20  # names that do not keep a reader from the transcript


def newest_published(request, dated=None):
    """The interviews that the archive published last, of all or of a period."""
    published = Interview.objects.published()
    return feed_of_interviews(
        published.dated(*dated) if dated else published,
        title=f"Interviews of {dated.words}" if dated else "Interviews",
        page=request.path,
        address=request.get_full_path(),
        root=root_of(request),
    )


def list_as_json(request, dated=None):
    """One page of interviews, and the periods of which there are some."""
    context, root = listed(request, dated), root_of(request)
    page = context["page"]
    interviews = list(Interview.objects.for_records().newest_first().filter(pk__in=[each.pk for each in page]))
    know_rights(interviews)
    before, after = page.has_previous(), page.has_next()
    periods = [(PartialDate(year), count) for year, count in context["years"]] + context["months"]
    return {
        "url": root + context["canonical_path"],
        "found": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        **steps_in_json(
            root,
            previous=f"{request.path}?page={page.number - 1}" if before else "",
            next=f"{request.path}?page={page.number + 1}" if after else "",
        ),
        "periods": [period_record(period, count, root) for period, count in periods],
        "interviews": [interview_record(each, root) for each in interviews],
    }


def period_record(period, count, root):
    url = root + reverse("interviews:interview-archive", kwargs={"dated": period})
    return {"date": period.machine, "interviews": count, "url": url}


@permanent
@also_as(json=list_as_json, atom=newest_published)
def interview_list(request, dated=None):
    """All interviews, or those of one year, month or day; newest first."""
    context = listed(request, dated)
    page = context["page"]
    page.object_list = Interview.objects.listed(page.object_list)
    return render(request, "interview_list.html", context)


def listed(request, dated):
    """A page of the interviews of a period, and the periods beside it. Raises Http404 where there are none."""
    published = Interview.objects.published()
    interviews = published.dated(*dated) if dated else published
    context = one_page(request, interviews.newest_first(), size=25)
    if dated and not context["page"].paginator.count:
        raise Http404("No interview is known of this date.")
    return context | {"dated": dated, "years": published.by_year(), "months": months_of(published, dated)}


def months_of(published, dated):
    """[(month, number of interviews), ...] of the year that was chosen, the months as partial dates."""
    if dated is None:
        return []
    return [(PartialDate(dated.year, month), count) for month, count in published.by_month(dated.year)]


def interview_as_json(request, dated, slug):
    """One interview with all its turns; `?beside=` adds its version in another language, and which turns are one."""
    found, root = find_interview(dated=dated, slug=slug, reader=request.user), root_of(request)
    versions = other_languages_of(found)
    turns = turns_to_read(found)
    told = whole_record(found, turns, root)
    told["versions"] = [interview_stub(each, root) | {"language": each.language} for each in versions]
    if language := request.GET.get("beside"):
        version = version_in(language, versions)
        others = turns_to_read(version)
        told["beside"] = whole_record(version, others, root)
        told["pairs"] = [[turn and turn.number for turn in pair] for pair in aligned(turns, others)]
    return told


def turns_to_read(interview):
    """The turns of an interview, with all that their records tell."""
    return list(of_one(interview, interview.turns.current().for_reading().order_by("position")))


def whole_record(interview, turns, root):
    return interview_record(interview, root) | {"turns": [turn_record(turn, root) for turn in turns]}


def version_in(language, versions):
    """Return the version in a language. Raises Http404 where there is none."""
    version = next((each for each in versions if each.language == language), None)
    if version is None:
        raise Http404("The archive holds no version of this interview in this language.")
    return version


@permanent
@also_as(json=interview_as_json, **texts.FORMS)
@remembers_switches
def interview(request, dated, slug):
    """One interview: the whole transcript as a dialogue."""
    found = find_interview(dated=dated, slug=slug, reader=request.user)
    page = interview_page(found) | {f"{name}_hidden": hides(request, name) for name in CHOICES}
    if language := request.GET.get("beside"):
        page |= beside_page(page, language)
    panel = panel_of(request, found)
    page |= {"cite": panel, "linked_data": linked_data(panel.reference, turns=page["turns"])}
    return render(request, "interview.html", page)


def beside_page(page, language):
    """What the page shows besides: a version in another language, turn by turn. Raises Http404 where there is none."""
    version = version_in(language, page["other_languages"])
    turns = list(version.turns.current().with_voices().with_tags())
    pairs = paired_stretches(page["stretches"], stretches_of(turns))
    return {"beside": version, "paired": pairs, "name_askers_beside": names_askers(turns)}


def interview_page(interview):
    """What the page of an interview shows."""
    turns = list(interview.turns.current().with_voices().with_tags())
    contents = contents_of(turns)
    kinds, other_languages = spoken_of(turns), other_languages_of(interview)
    return {
        "interview": interview,
        "turns": turns,
        "stretches": stretches_of(turns),
        "contents": contents,
        "question_count": sum(turn.kind == "question" for turn in contents),
        "quiet_count": sum(map(is_quiet, turns)),
        "name_askers": names_askers(turns),
        "spoken_of": kinds,
        "speaks_of_few": sum(len(named.entities) for named in kinds) <= FEW,
        "reading": reading_of(interview),
        "other_languages": other_languages,
        "onward": onward_from(interview, versions=other_languages),
    }


def names_askers(turns):
    """Who asks is named at each question only where several people ask."""
    asking = {turn.participation_id for turn in turns if turn.kind == "question" and not turn.courtesy}
    return len(asking) > 1
