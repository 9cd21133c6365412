"""Where one goes on from an interview: those before and after it, of the same speaker and the same outlet."""

from dataclasses import dataclass

from django.db.models import Q

from interviews.models import Entity, Interview

MOST_SPEAKERS = 2  # of a joint press conference the others are one step away, on their pages


@dataclass(frozen=True, slots=True)
class Onward:
    """The published interviews nearest by date, before and after one, that a speaker or outlet has; None at an end."""

    entity: Entity
    before: Interview | None
    after: Interview | None


def onward_from(interview, *, versions):
    """Return [Onward, ...] of an interview's speakers and its outlet; those who have no other are left out.

    Its `versions`, the same conversation in other languages, are no others; of those the original counts, and the
    translation into the language that is read. An undated draft has no place among them.
    """
    if interview.date is None:
        return []
    others = Interview.objects.published().exclude(pk__in=[interview.pk, *(version.pk for version in versions)])
    others = others.filter(Q(translation_of=None) | Q(language=interview.language))
    speakers = [voice.person for voice in interview.voices("interviewee") if voice.person][:MOST_SPEAKERS]
    found = [_nearest(interview, speaker, others.with_speaker(speaker)) for speaker in speakers]
    if interview.outlet:
        found.append(_nearest(interview, interview.outlet, others.filter(outlet=interview.outlet)))
    return [onward for onward in found if onward.before or onward.after]


def _nearest(interview, entity, others):
    return Onward(entity, before=others.before(interview).last(), after=others.after(interview).first())
