"""Pages of countries, people, outlets and whatever else the archive speaks of, their feeds, and their lists."""

from functools import partial, reduce
from operator import or_

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from interviews.addresses import redirect_for
from interviews.feeds import feed_of_answers
from interviews.models import Decision, Entity, Mention, Turn
from interviews.search import facet_counts
from interviews.search.language.known import facet_of_spoken_of
from interviews.tagging.authority import surviving

from .entity_data import side_as_json
from .entity_page import entity_page, evidence_for, interviews_with, known_of, side_of
from .errors import for_now, unavailable
from .formats import also_as, root_of
from .lists import forms_of
from .permanence import moved_permanently, permanent, sees_drafts, unnamed_page


def all_listed(request, send, kind, slug):
    """All answers of a side of an entity, whatever its page."""
    return answer_for(
        request, kind, slug, show=lambda side: send(side.request, side.address(side.asked.changed(page=1)))
    )


def newest_answers(request, kind, slug):
    """The answers of a side of an entity that the archive took in last."""
    root = root_of(request)

    def show(side):
        feed = feed_of_answers(
            side.request,
            name=side.entity.identifier.urn if side.is_first else f"{side.entity.identifier.urn}#{side.said}",
            page=side.address(side.asked),
            address=request.get_full_path(),
            root=root,
            evidence=lambda turn: "".join(evidence_for(turn, side.entity)) if side.said == "of" else "",
        )
        return feed or unavailable(request)

    return answer_for(request, kind, slug, show=show)


def entity_as_json(request, kind, slug):
    """What is known of one entity, and a page of its answers."""
    return answer_for(request, kind, slug, show=partial(side_as_json, request))


@permanent
@also_as(json=entity_as_json, atom=newest_answers, **forms_of(all_listed))
def entity(request, kind, slug):
    """One entity: what is known of it, its answers by year, and the answers themselves, newest first.

    503 while there is no index; what is known without it stands there all the same, as such addresses are in print.
    """
    return answer_for(request, kind, slug, show=lambda side: page_of(request, side))


def page_of(request, side):
    if side.profile:
        return render(request, "entity.html", entity_page(side))
    known = known_of(side.entity) | {"interviews": interviews_with(side.entity)}
    return for_now(render(request, "entity_waiting.html", known, status=503))


@permanent
def feed(request, kind, slug):
    """The feed under the address that it once had, which programs know."""
    return newest_answers(request, kind, slug)


def answer_for(request, kind, slug, *, show):
    """Show a side of an entity to those who may see it; else say where it is now, or that it is gone."""
    found = Entity.objects.select_related("country", "merged_into").filter(kind=kind, slug=slug).first()
    here = reverse(f"interviews:{kind}", kwargs={"slug": slug})
    present = surviving(found).address if found else redirect_for(here)
    if not present:
        raise Http404("The archive knows nothing of this name.")
    if present != here:
        return moved_permanently(request, request.path.replace(here, present, 1))
    if not (is_public(found) or sees_drafts(request.user)):
        if not found.shown_since:
            raise Http404("No interview that was ever published speaks of this.")
        return unnamed_page(request, found)
    return show(side_of(found, request.GET))


def is_public(entity):
    """Whether readers may know of an entity: of all but countries only where something published does."""
    counts = facet_counts(facet_of_spoken_of(entity)) or {}
    if entity.kind == Entity.Kind.COUNTRY or entity.slug in counts:
        return True
    itself = Entity.objects.filter(pk=entity.pk)
    if itself.speaking().exists() or itself.asking().exists():
        return True
    named = (model.objects.filter(entity=entity).values("turn") for model in (Mention, Decision))
    replacing = Decision.objects.filter(replacement=entity).values("turn")
    touched = reduce(or_, (Q(pk__in=turns) for turns in (*named, replacing)))
    return Turn.objects.published().filter(touched).mentioning(entity).exists()
