"""Sources as received, and what one version of the parser read in them."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Source(models.Model):
    """One text file as received. Its bytes lie in ARCHIVE_DATA/sources/, named by their SHA-256."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=1000, help_text="Path below the folder that was ingested.")
    size = models.PositiveIntegerField(help_text="Bytes")
    origin_url = models.URLField(max_length=1000, blank=True)
    licence = models.CharField(max_length=500, blank=True)
    redistribute = models.BooleanField(
        default=True, help_text="Off: the text can be read here, but the file and bulk export are withheld."
    )
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "-received_at"]
        indexes = [models.Index(fields=["name"], name="source_name")]

    def __str__(self):
        return self.name

    @property
    def path(self):
        """Where the bytes lie."""
        return Path(settings.ARCHIVE_DATA) / "sources" / self.sha256[:2] / self.sha256


class SourceName(models.Model):
    """A path under which the bytes of a source came, the last one or one before: a corrected file may have any."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="names")
    name = models.CharField(max_length=1000)
    last_part = models.CharField(max_length=1000, help_text="Of the path: the name of the file alone.")
    place = models.TextField(blank=True, help_text="Where the file lay when it was read; empty if it was uploaded.")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["source", "name"], name="source_name_once")]
        indexes = [
            models.Index(fields=["name"], name="source_name_known"),
            models.Index(fields=["last_part"], name="source_name_last_part"),
        ]

    def __str__(self):
        return self.name


class Reading(models.Model):
    """What one version of our parser made of a source.

    `spans` tile the decoded text: [start, end, kind, detail], characters counted from 0; the number of a turn
    is the one it has in this interview.
    `part` is 2 for the translation that stands in the same file as the text.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="readings")
    interview = models.ForeignKey("Interview", models.CASCADE, related_name="readings")
    layout = models.CharField(max_length=40)
    encoding = models.CharField(max_length=40)
    parser_version = models.CharField(max_length=20)
    part = models.PositiveSmallIntegerField(default=1, help_text="1 the text, 2 its translation in the same file.")
    spans = models.JSONField(default=list)
    facts = models.JSONField(default=dict, help_text="What the text says of itself: header, speakers, turns.")
    changes = models.JSONField(
        default=list, blank=True, help_text="What this version changed: outcome, number and place of each turn."
    )
    sketch = models.JSONField(
        default=list, editable=False, help_text="A sample of its runs of words, by which a second copy is found."
    )
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-read_at", "-pk"]
        get_latest_by = "read_at"
        constraints = [
            models.UniqueConstraint(fields=["source", "parser_version", "part"], name="reading_once_per_parser"),
            models.CheckConstraint(condition=~Q(parser_version=""), name="reading_names_its_parser"),
        ]

    def __str__(self):
        return f"{self.source} as {self.layout}"


class ReadingProblem(models.Model):
    """What a curator should know about a reading, with the mend in the message; settled once somebody has looked.

    A later version of the file settles the problems of the earlier ones: those it still has are its own.
    """

    class Severity(models.TextChoices):
        DRAFT = "draft", "Hidden until settled"
        NOTE = "note", "Worth a look"

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="problems")
    code = models.CharField(max_length=40)
    line = models.PositiveIntegerField(null=True, blank=True, help_text="Of the source, from 1; empty for the whole.")
    message = models.TextField()
    severity = models.CharField(max_length=6, choices=Severity)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty where a later version of the file settled it.",
    )

    class Meta:
        ordering = ["reading", F("line").asc(nulls_first=True), "pk"]
        verbose_name = "problem"

    def __str__(self):
        return self.message


class Conflict(models.Model):
    """A new version of a file and a curator both changed one fact: the curator's stands until somebody chooses.

    `curated` and `received` are the fact as people read it; `value` holds the file's as its reading does, e.g.
    {"date": "2019-03-05", "date_precision": "day"}, {"name": "Runa Solberg"}, {"text": "..."}.
    """

    class Choice(models.TextChoices):
        CURATED = "curated", "The curator's"
        RECEIVED = "received", "The file's"
        AGREED = "agreed", "A later version of the file agrees"

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="conflicts")
    interview = models.ForeignKey("Interview", models.CASCADE, related_name="conflicts")
    turn = models.ForeignKey("Turn", models.CASCADE, null=True, blank=True, related_name="conflicts")
    participation = models.ForeignKey("Participation", models.CASCADE, null=True, blank=True, related_name="conflicts")
    field = models.CharField(max_length=40)
    curated = models.TextField(blank=True)
    received = models.TextField(blank=True)
    value = models.JSONField(null=True)
    choice = models.CharField(max_length=8, choices=Choice, blank=True, help_text="Empty until somebody chooses.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-reading", "pk"]

    def __str__(self):
        return f"{self.field} of {self.turn or self.participation or self.interview}"

    @property
    def keeps_whole(self):
        """Whether somebody chose that a turn stays one which the file splits."""
        return self.choice == self.Choice.CURATED and "parts" in (self.value or {})
