"""All reads of the archive, as querysets that chain like English."""

from collections import Counter

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import ExtractMonth, ExtractYear, Length
from django.utils import timezone

from interviews.tagging.tagger import COUNTS_FROM


class InterviewQuerySet(models.QuerySet):
    def published(self):
        """Interviews that readers may see."""
        return self.filter(status="published")

    def dated(self, year, month=None, day=None):
        """Interviews of one year, month or day. A date known only by its year belongs to no month."""
        found = self.filter(date__year=year)
        if month is not None:
            found = found.filter(date__month=month).exclude(date_precision="year")
        if day is not None:
            found = found.filter(date__day=day, date_precision="day")
        return found

    def newest_first(self):
        return self.order_by(models.F("date").desc(nulls_last=True), "-time", "slug")

    def before(self, interview):
        """Interviews that stand before one by date, oldest first; of one day by their addresses."""
        return self.order_by("date", "slug").filter(Q(date__lt=interview.date) | self._same_day(interview, "slug__lt"))

    def after(self, interview):
        """The same of those that stand after it."""
        return self.order_by("date", "slug").filter(Q(date__gt=interview.date) | self._same_day(interview, "slug__gt"))

    def _same_day(self, interview, compared):
        return Q(date=interview.date, **{compared: interview.slug})

    def with_speaker(self, person):
        """Interviews in which somebody answers."""
        from .models import Participation  # noqa: PLC0415 - the models import this module

        answering = Participation.objects.answering().filter(interview=OuterRef("pk"), person=person)
        return self.filter(Exists(answering))

    def with_counts(self):
        """Add `question_count` and `answer_count`: current turns of substance."""
        real = Q(turns__status="current", turns__courtesy=False)
        return self.annotate(
            question_count=Count("turns", filter=real & Q(turns__kind="question")),
            answer_count=Count("turns", filter=real & Q(turns__kind="answer")),
        )

    def by_year(self):
        """[(year, number of interviews), ...] of dated interviews, newest first."""
        years = self.filter(date__isnull=False).order_by().values(year=ExtractYear("date"))
        return list(years.annotate(count=Count("pk")).order_by("-year").values_list("year", "count"))

    def by_month(self, year):
        """[(month, number of interviews), ...] of one year, where the month is known, newest first."""
        months = self.dated(year).exclude(date_precision="year").order_by().values(month=ExtractMonth("date"))
        return list(months.annotate(count=Count("pk")).order_by("-month").values_list("month", "count"))

    def by_outlet(self):
        """{key of an outlet: number of interviews that it asks in}, alone or among others."""
        alone = self.order_by().values_list("pk", "outlet")
        heard = self.filter(participations__outlet__isnull=False, participations__turns__status="current")
        among_others = heard.order_by().values_list("pk", "participations__outlet")
        return Counter(outlet for _, outlet in alone.union(among_others) if outlet)

    def for_listing(self):
        """With all that a list of interviews prints, in a fixed number of queries."""
        return self.with_counts().with_speakers().select_related("outlet__country")

    def listed(self, interviews):
        """These few interviews, newest first, with all that a list prints: of the others nothing is counted."""
        return self.filter(pk__in=[interview.pk for interview in interviews]).newest_first().for_listing()

    def for_records(self):
        """With all that a record of an interview tells, but its rights, in a fixed number of queries."""
        return self.with_speakers().select_related("outlet", "translation_of")

    def with_speakers(self):
        """With the participations that readers see: those whose words are still in the text."""
        from .models import Participation  # noqa: PLC0415 - the models import this module

        speaking = Participation.objects.speaking().select_related("person__country", "outlet")
        return self.prefetch_related(models.Prefetch("participations", speaking))


class ParticipationQuerySet(models.QuerySet):
    def speaking(self):
        """Those who have a current turn; who has none spoke in a former version of the text."""
        from .models import Turn  # noqa: PLC0415 - the models import this module

        return self.filter(Exists(Turn.objects.current().filter(participation=OuterRef("pk"))))

    def answering(self):
        """Those who have a current answer or statement of substance."""
        from .models import Turn  # noqa: PLC0415 - the models import this module

        said = Turn.objects.current().filter(kind__in=["answer", "statement"], courtesy=False)
        return self.filter(Exists(said.filter(participation=OuterRef("pk"))))


class TurnQuerySet(models.QuerySet):
    def current(self):
        return self.filter(status="current")

    def published(self):
        """Current turns of published interviews."""
        return self.current().filter(interview__status="published")

    def answers(self):
        return self.filter(kind="answer")

    def standing_alone(self):
        """The turns that stand as a hit of their own: answers, statements and unanswered questions of substance."""
        from .models import Turn  # noqa: PLC0415 - the models import this module

        answered = Turn.objects.current().answers().filter(reply_to=OuterRef("pk"), courtesy=False)
        return self.filter(
            Q(kind__in=["answer", "statement"]) | (Q(kind="question") & ~Exists(answered)), courtesy=False
        )

    def documents(self):
        """The turns that readers find: those of published interviews that stand alone."""
        return self.published().standing_alone()

    def mentioning(self, entity):
        """Turns tagged with an entity, as `interviews.tagging.tags.tags_of` tells it of one."""
        from .models import Decision, Mention  # noqa: PLC0415 - the models import this module

        decided = Decision.objects.filter(turn=OuterRef("pk"))
        added = decided.filter(Q(entity=entity, verdict="confirm") | Q(replacement=entity, verdict="replace"))
        marked = Mention.objects.filter(turn=OuterRef("pk"), entity=entity).uncontested()
        return self.filter(Exists(added) | Exists(marked))

    def naming(self, entities):
        """The keys of the turns whose search documents name any of these entities, given by their keys."""
        # Asked for apart: as one question with an "or" over all, the database reads every turn.
        places = ["mentions__entity", "decisions__entity", "decisions__replacement"]
        places += ["participation__person", "participation__outlet", "interview__outlet"]
        found = {key for place in places for key in self._keys(**{f"{place}__in": entities})}
        return sorted(found)

    def _keys(self, **conditions):
        return self.order_by().filter(**conditions).values_list("pk", flat=True)

    def by_year(self):
        """[(year, number of turns), ...] of dated interviews, oldest first."""
        years = self.filter(interview__date__isnull=False).order_by().values(year=ExtractYear("interview__date"))
        return list(years.annotate(count=Count("pk")).order_by("year").values_list("year", "count"))

    def latest_change(self):
        """When any of these turns last changed; None where there are none."""
        return self.aggregate(latest=Max("changed_at"))["latest"]

    def newest_first(self):
        return self.order_by(models.F("interview__date").desc(nulls_last=True), "interview__slug", "position")

    def with_voices(self):
        """With who speaks: for the turns of one interview, which are many and their voices few."""
        return self.order_by("position").prefetch_related("participation__person", "participation__outlet")

    def with_tags(self, *, of=""):
        """With what `tags_of` and `marks_of` ask for; of the turns in a field where `of` names one."""
        from .models import Mention  # noqa: PLC0415 - the models import this module

        path = f"{of}__" if of else ""
        # Joined: SQLite refuses to look for more than a thousand entities at once.
        mentions = Mention.objects.select_related("entity")
        return self.prefetch_related(
            models.Prefetch(f"{path}mentions", mentions, to_attr="fetched_mentions"),
            models.Prefetch(f"{path}decisions", to_attr="fetched_decisions"),
            f"{path}fetched_decisions__entity",
            f"{path}fetched_decisions__replacement",
        )

    def for_reading(self):
        """With all that a list of turns prints, of many interviews, in a fixed number of queries."""
        voices = [f"{turn}participation__{who}" for turn in ("", "reply_to__") for who in ("person", "outlet")]
        return self.select_related("interview__outlet", *voices).with_tags().with_tags(of="reply_to")

    def for_indexing(self):
        """With all that the search index takes, in a fixed number of queries."""
        askers = ("interview__outlet", "participation__outlet", "reply_to__participation__outlet")
        homes = (f"{whose}__country" for whose in (*askers, "participation__person"))
        return self.for_reading().select_related(*homes)


class QuestionManager(models.Manager.from_queryset(TurnQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(kind="question")


class AnswerManager(models.Manager.from_queryset(TurnQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(kind="answer")


class MentionQuerySet(models.QuerySet):
    def counting(self):
        """Mentions that the tagger is sure enough of; the others are proposals."""
        return self.filter(confidence__gte=COUNTS_FROM)

    def proposed(self):
        return self.filter(confidence__lt=COUNTS_FROM)

    def uncontested(self):
        """Mentions that count and that no curator spoke against, as `tags.entity_meant` has it."""
        removed = self._decisions().filter(verdict__in=["reject", "replace"])
        settled = self._decisions_on_words().filter(verdict__in=["confirm", "replace"])
        return self.counting().filter(~Exists(removed), Q(rule=None) | ~Exists(settled))

    def undecided(self):
        """Mentions of which no curator has said anything."""
        return self.filter(~Exists(self._decisions()))

    def unsettled(self):
        """Leave out proposals to whose words a curator gave another meaning."""
        settled = self._decisions_on_words().exclude(verdict="reject")
        return self.exclude(Q(confidence__lt=COUNTS_FROM) & Exists(settled))

    def decided(self, verdict):
        """Mentions of which a curator's word that holds says this."""
        holding = self._decisions().order_by(Length("surface").desc(), "-occurrence").values("verdict")[:1]
        return self.alias(holding=models.Subquery(holding)).filter(holding=verdict)

    def _decisions(self):
        # The turn first, and apart: the database then looks at the few decisions on it, not at all about the entity.
        on_turn = self._decisions_on_turn().filter(entity=OuterRef("entity"))
        return on_turn.filter(Q(surface="") | self._same_words())

    def _decisions_on_words(self):
        return self._decisions_on_turn().filter(self._same_words())

    def _decisions_on_turn(self):
        from .models import Decision  # noqa: PLC0415 - the models import this module

        return Decision.objects.filter(turn=OuterRef("turn"))

    def _same_words(self):
        return Q(surface=OuterRef("surface")) & (Q(occurrence=0) | Q(occurrence=OuterRef("occurrence")))


class EntityQuerySet(models.QuerySet):
    def of_kind(self, kind):
        return self.filter(kind=kind)

    def live(self):
        """Entities that were not merged into another."""
        return self.filter(merged_into=None)

    def speaking(self):
        """People who speak in a published interview, asking or answering."""
        from .models import Participation  # noqa: PLC0415 - the models import this module

        voices = Participation.objects.speaking().filter(interview__status="published")
        return self.filter(Exists(voices.filter(person=OuterRef("pk"))))

    def asking(self):
        """Outlets that ask in a published interview, alone or among others."""
        from .models import Interview, Participation  # noqa: PLC0415 - the models import this module

        alone = Interview.objects.published().filter(outlet=OuterRef("pk"))
        among_others = Participation.objects.speaking().filter(outlet=OuterRef("pk"), interview__status="published")
        return self.filter(Exists(alone) | Exists(among_others))

    def spoken_of(self):
        """Entities that a turn of a published interview is tagged with."""
        from .models import Decision, Mention  # noqa: PLC0415 - the models import this module

        published = Q(turn__status="current", turn__interview__status="published")
        marked = Mention.objects.counting().filter(published, entity=OuterRef("pk"))
        decided = Decision.objects.filter(published, Q(entity=OuterRef("pk")) | Q(replacement=OuterRef("pk")))
        return self.filter(Exists(marked) | Exists(decided))

    def show(self, turns):
        """Note of what these turns speak of, and of who speaks in them, that readers can come to its page by now.

        Of the turns, given by their keys, the published ones count; which these are is not left to SQLite, which would
        begin with all published interviews.
        """
        from .models import Decision, Mention, Turn  # noqa: PLC0415 - the models import this module

        statuses = Turn.objects.current().order_by().filter(pk__in=turns).values_list("pk", "interview__status")
        keys = [key for key, status in statuses if status == "published"]
        decided = Decision.objects.filter(turn__in=keys)
        places = [
            (Mention.objects.counting().filter(turn__in=keys), "entity"),
            (decided.filter(verdict="confirm"), "entity"),
            (decided.filter(verdict="replace"), "replacement"),
            *(
                (Turn.objects.filter(pk__in=keys), place)
                for place in ("participation__person", "participation__outlet", "interview__outlet")
            ),
        ]
        named = [
            rows.filter(**{f"{place}__isnull": False, f"{place}__shown_since": None}).order_by().values_list(place)
            for rows, place in places
        ]
        shown = [key for (key,) in named[0].union(*named[1:])] if keys else []
        if shown:
            self.filter(pk__in=shown).update(shown_since=timezone.now())
