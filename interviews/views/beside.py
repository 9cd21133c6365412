"""One conversation in two languages side by side, turn by turn."""

from django.http import Http404
from django.shortcuts import render

from interviews.translations import aligned, other_languages_of

from .switches import hides, remembers_switches
from .permanence import find_interview, permanent


@permanent
@remembers_switches
def beside(request, dated, slug, language):
    """An interview with its version in another language beside it."""
    interview = find_interview(dated=dated, slug=slug, reader=request.user)
    other = next((each for each in other_languages_of(interview) if each.language == language), None)
    if other is None:
        raise Http404("The archive holds no version of this interview in this language.")
    sides = [list(each.turns.current().with_voices().with_tags()) for each in (interview, other)]
    context = {
        "interview": interview,
        "other": other,
        "pairs": aligned(*sides),
        "canonical_path": interview.get_absolute_url(),
        "names_hidden": hides(request, "names"),
    }
    return render(request, "beside.html", context)
