"""Turns: the labelled stretches of speech of an interview, in one running order."""

import hashlib
import uuid
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from interviews.querysets import AnswerManager, QuestionManager, TurnQuerySet


@lru_cache(maxsize=100)  # of a long interview it is asked a thousand times
def turns_of(dated, slug, prefix):
    """Return what stands before the number in the addresses of the turns of an interview, on a site at `prefix`."""
    any_number = "q1"
    address = reverse("interviews:turn", kwargs={"dated": dated, "slug": slug, "number": any_number})
    return address.removesuffix(f"{any_number}/")


class Turn(models.Model):
    """One labelled stretch of speech. Its number is its name for ever; its position may change.

    `text` holds the paragraphs, separated by one empty line; mentions count its characters from 0.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "Question"
        ANSWER = "answer", "Answer"
        STATEMENT = "statement", "Statement"
        MODERATOR = "moderator", "Moderator"
        DIRECTION = "direction", "Stage direction"

    class Status(models.TextChoices):
        CURRENT = "current", "Current"
        MOVED = "moved", "Moved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    interview = models.ForeignKey("Interview", models.CASCADE, related_name="turns")
    number = models.CharField(max_length=12, help_text="q3, a3, a3b, s1, m1, d1: assigned once, never reused.")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=Kind)
    courtesy = models.BooleanField(default=False, help_text="Without substance: thanks, “Can you hear me?”")
    continues = models.BooleanField(default=False, help_text="Takes up a turn that was interrupted.")
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies", help_text="The question it answers."
    )
    participation = models.ForeignKey("Participation", models.RESTRICT, null=True, blank=True, related_name="turns")
    text = models.TextField()
    source_text = models.TextField(
        "text as in the source", blank=True, help_text="Where a curator corrected the text: what the source says."
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.CURRENT)
    moved_to = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="moved_from")
    status_reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = TurnQuerySet.as_manager()

    passage = None  # (start, end) of the words that the reader's link names, in characters of the text

    class Meta:
        ordering = ["interview", "position"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "number"], name="turn_number_unique"),
            models.CheckConstraint(condition=Q(number__regex=r"^[qasmd][0-9]+[b-z]*$"), name="turn_number_form"),
            models.CheckConstraint(condition=~Q(text=""), name="turn_text_not_empty"),
            models.CheckConstraint(
                condition=~Q(status="moved") | Q(moved_to__isnull=False), name="moved_turn_says_where_to"
            ),
        ]
        indexes = [models.Index(fields=["interview", "position"], name="turn_running_order")]

    def __str__(self):
        return f"{self.number} of {self.interview}"

    def get_absolute_url(self):
        """The permalink of this one turn."""
        interview = self.interview
        return f"{turns_of(interview.dated, interview.slug, get_script_prefix())}{self.number}/"

    @property
    def identifier(self):
        """Its name for programs, a UUID made of that of its interview and its number (RFC 9562, version 5)."""
        return uuid.uuid5(self.interview.identifier, self.number)

    @property
    def as_read(self):
        """The text as it was read in the source, whatever a curator has made of it."""
        return self.source_text or self.text

    @property
    def paragraphs(self):
        """The text's paragraphs, in order."""
        return self.text.split("\n\n")

    @property
    def outlet(self):
        """The outlet that asked: the one the question's label names, else that of the interview; or None."""
        question = self if self.kind == self.Kind.QUESTION else self.reply_to
        asking = question and question.participation
        return (asking and asking.outlet) or self.interview.outlet

    @property
    def speaker_name(self):
        return self.participation.name if self.participation else ""

    @property
    def voice(self):
        """Who speaks, by name. A question whose label names nobody (“Question”, “Journalist”) has no voice: ''."""
        participation = self.participation
        if participation and self.kind == self.Kind.QUESTION:
            return str(participation.person or participation.outlet or "")
        return self.speaker_name


class Question(Turn):
    objects = QuestionManager()

    class Meta:
        proxy = True


class Answer(Turn):
    objects = AnswerManager()

    class Meta:
        proxy = True


class Revision(models.Model):
    """A former version of a turn's text, stored when it was replaced, with whence the words came that replaced it.

    What one reading or one act of a curator replaced has one moment: an old answer is shown with its old question.
    """

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="revisions")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, editable=False)
    reading = models.ForeignKey(
        "Reading",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="revisions",
        help_text="The reading that replaced it; empty where a curator did.",
    )
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The curator who wrote other words, or chose those of the file.",
    )
    reason = models.TextField(blank=True, help_text="Why a curator did: readers see it.")
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-replaced_at", "-pk"]

    def __str__(self):
        return f"{self.turn.number}, until {self.replaced_at:%Y-%m-%d}"

    @classmethod
    def of(cls, turn, **origin):
        """Return the present words of a turn as a revision, not yet written; `origin` says what replaces them."""
        return cls(turn_id=turn.pk, text=turn.text, sha256=cls.digest(turn.text), **origin)

    @staticmethod
    def digest(text):
        """SHA-256 of a turn's text in UTF-8, as 64 hexadecimal digits."""
        return hashlib.sha256(text.encode()).hexdigest()
