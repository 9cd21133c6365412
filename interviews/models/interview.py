"""Interviews and who takes part in them."""

import uuid
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from interviews.querysets import InterviewQuerySet, ParticipationQuerySet

# Beyond these a year is a slip of the pen (0202 for 2020).
EARLIEST, LATEST = date(1500, 1, 1), date(2199, 12, 31)


class Interview(models.Model):
    """Any event with a transcript of questions and answers.

    A date travels with its precision: of a month or a year the first day is stored.
    """

    class Kind(models.TextChoices):
        INTERVIEW = "interview", "Interview"
        PRESS_CONFERENCE = "press-conference", "Press conference"
        BRIEFING = "briefing", "Briefing"
        JOINT_PRESS = "joint-press", "Joint press availability"

    class Precision(models.TextChoices):
        DAY = "day", "day"
        MONTH = "month", "month"
        YEAR = "year", "year"

    class Status(models.TextChoices):
        PUBLISHED = "published", "Published"
        DRAFT = "draft", "Draft"
        WITHDRAWN = "withdrawn", "Withdrawn"

    identifier = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Its name for programs: addresses may change, this not.",
    )
    slug = models.SlugField(max_length=120, help_text="The last part of the address. Never digits alone.")
    title = models.TextField()
    date = models.DateField(
        null=True,
        blank=True,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        help_text="Of a month or a year: its first day.",
    )
    date_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    time = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.INTERVIEW)
    language = models.CharField(max_length=12, blank=True, help_text="ISO 639-1 code, e.g. en")
    outlet = models.ForeignKey(
        "Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interviews_of_outlet",
        limit_choices_to={"kind": "outlet"},
        help_text="Who asked: an agency, a paper, a channel.",
    )
    source_url = models.URLField(max_length=1000, blank=True)
    sample = models.BooleanField(default=False, help_text="Invented words, written for this software's demonstration.")
    translation_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="translations")
    status = models.CharField(max_length=9, choices=Status, default=Status.PUBLISHED)
    status_reason = models.TextField(
        blank=True, help_text="Why it is a draft, or why it was withdrawn: readers see it."
    )
    kept_by_curator = models.BooleanField(
        default=False, editable=False, help_text="A curator was at work on it: no ingest publishes it."
    )
    before_withdrawal = models.JSONField(
        null=True, editable=False, help_text="The status and reason that it had when its text left the file."
    )
    published_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When readers could first see it."
    )
    changed_at = models.DateTimeField(auto_now=True)
    people = models.ManyToManyField(
        "Entity", through="Participation", through_fields=("interview", "person"), related_name="interviews_with"
    )

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = [F("date").desc(nulls_last=True), "slug"]
        constraints = [
            models.UniqueConstraint(fields=["date", "date_precision", "slug"], name="interview_address_unique"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(date__isnull=False), name="published_interview_is_dated"
            ),
            models.CheckConstraint(condition=~Q(slug__regex=r"^[0-9]*$"), name="interview_slug_is_not_a_number"),
        ]
        indexes = [models.Index(fields=["status", "date"], name="interview_status_date")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The permanent address: its date as far as it is known, then the slug. Drafts without a date have none."""
        return reverse("interviews:interview", kwargs={"dated": self.dated, "slug": self.slug})

    @property
    def dated(self):
        """The date as the address writes it, as far as it is known: 2019/12/05, 2019/12 or 2019; '' for none."""
        if self.date is None:
            return ""
        parts = {"day": 3, "month": 2, "year": 1}[self.date_precision]
        return "/".join(self.date.isoformat().split("-")[:parts])

    def voices(self, part):
        """Return the participations in one part, each person once: of several labels one that states an office."""
        found = {}
        for voice in self.participations.all():
            known = found.get(voice.person or voice.label)
            if voice.part == part and (known is None or (voice.office and not known.office)):
                found[voice.person or voice.label] = voice
        return list(found.values())

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED


class Participation(models.Model):
    """One person (or an unnamed voice) in one interview, under the label the transcript uses."""

    class Part(models.TextChoices):
        INTERVIEWEE = "interviewee", "Interviewee"
        INTERVIEWER = "interviewer", "Interviewer"
        MODERATOR = "moderator", "Moderator"
        INTERPRETER = "interpreter", "Interpreter"

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="participations")
    person = models.ForeignKey(
        "Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        limit_choices_to={"kind": "person"},
        help_text="Empty where the transcript names nobody.",
    )
    outlet = models.ForeignKey(
        "Entity",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="participations_of_outlet",
        limit_choices_to={"kind": "outlet"},
        help_text="Whom this journalist asks for, where the label says so.",
    )
    part = models.CharField(max_length=11, choices=Part)
    label = models.CharField(max_length=200, blank=True, help_text="As the transcript writes it, e.g. MR DOWNER")
    office = models.CharField(max_length=200, blank=True, help_text="The office held at the time.")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "part", "label"], name="participation_label_unique")
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        """The person's name, else the outlet's, else the label as written."""
        return str(self.person or self.outlet or self.label)

    @property
    def standing(self):
        """In which capacity somebody named speaks: the office held at the time, else whom a journalist asks for."""
        outlet = str(self.outlet) if self.person and self.outlet else ""
        return self.office or outlet
