"""What each list finds, as querysets of what readers may see."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from interviews.models import Alias, Entity, Interview, Participation, Turn
from interviews.tagging.authority import surviving
from interviews.views.permanence import GoneError


def interview_named(identifier):
    """Return the published interview of an id. Raises GoneError where it was withdrawn, Http404 where there is none."""
    interview = Interview.objects.for_records().filter(identifier=identifier).exclude(status="draft").first()
    if interview is None:
        raise Http404("No interview has this id.")
    if not interview.is_published:
        raise GoneError(interview)
    return interview


def interviews_found(asked):
    """The published interviews that were asked for."""
    found = Interview.objects.published()
    exact = {"kind": asked.kind, "language": asked.language, "date__gte": asked.since, "date__lte": asked.until}
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if asked.outlet:
        outlet = entity_meant(asked.outlet)
        found = found.filter(Q(outlet=outlet) | Exists(_voices(outlet=outlet))) if outlet else found.none()
    if asked.speaker:
        speaker = entity_meant(asked.speaker)
        found = found.with_speaker(speaker) if speaker else found.none()
    if asked.country:
        country = Entity.objects.filter(iso_code=asked.country).first()
        speaking_of = Turn.objects.published().mentioning(country).values("interview")
        found = found.filter(pk__in=speaking_of) if country else found.none()
    if asked.changed_since:
        reworded = Turn.objects.filter(interview=OuterRef("pk"), changed_at__gte=asked.changed_since)
        found = found.filter(Q(changed_at__gte=asked.changed_since) | Exists(reworded))
    return found.for_records()


def answers_found(asked):
    """The answers, statements and unanswered questions of published interviews that were asked for."""
    found = Turn.objects.documents()
    if asked.speaker:
        speaker = entity_meant(asked.speaker)
        found = found.filter(participation__person=speaker) if speaker else found.none()
    if asked.outlet:
        outlet = entity_meant(asked.outlet)
        asks = Q(reply_to__participation__outlet=outlet) | Q(kind="question", participation__outlet=outlet)
        found = found.filter(asks | Q(interview__outlet=outlet)) if outlet else found.none()
    if asked.entity:
        entity = entity_meant(asked.entity)
        naming = Turn.objects.published().mentioning(entity).values("pk")
        found = found.filter(Q(pk__in=naming) | Q(reply_to__in=naming)) if entity else found.none()
    if asked.interview:
        found = found.filter(interview__identifier=asked.interview)
    if asked.changed_since:
        found = found.filter(changed_at__gte=asked.changed_since)
    return found.for_reading()


def entities_found(asked):
    """The entities that readers may know and that were asked for."""
    found = entities_known()
    exact = {"kind": asked.kind, "iso_code": asked.iso, "wikidata": asked.wikidata}
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if asked.name:
        called = Alias.objects.filter(entity=OuterRef("pk"), text__icontains=asked.name)
        found = found.filter(Q(name__icontains=asked.name) | Exists(called))
    return found


def entity_named(identifier):
    """Return the entity of an id, the surviving one where it was merged. Raises Http404 where readers know none."""
    entity = entity_meant(identifier)
    known = entity and entities_known().filter(pk=entity.pk).first()
    if known is None:
        raise Http404("No entity has this id.")
    return known


def entity_meant(identifier):
    """The entity of an id, or the one that it was merged into; None for no entity."""
    entity = Entity.objects.select_related("merged_into").filter(identifier=identifier).first()
    return entity and surviving(entity)


def entities_known():
    """All entities that something published names or in whose voice it speaks, and all countries."""
    live = Entity.objects.live()
    known = live.of_kind("country") | live.speaking() | live.asking() | live.spoken_of()
    return known.select_related("country").prefetch_related("aliases")


def _voices(**whose):
    """The voices with current turns in an interview."""
    return Participation.objects.speaking().filter(interview=OuterRef("pk"), **whose)
