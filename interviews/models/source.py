"""Sources as received, and what one version of the parser read in them."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
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

    def __str__(self):
        return self.name

    @property
    def path(self):
        """Where the bytes lie."""
        return Path(settings.ARCHIVE_DATA) / "sources" / self.sha256[:2] / self.sha256


class Reading(models.Model):
    """What one version of our parser made of a source.

    `spans` tile the decoded text: [start, end, kind, detail], characters counted from 0; the number of a turn
    is the one it has in this interview.
    `problems`: {"code", "line", "message"} each; line is null where the whole file is meant.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="readings")
    interview = models.ForeignKey("Interview", models.CASCADE, related_name="readings")
    layout = models.CharField(max_length=40)
    encoding = models.CharField(max_length=40)
    parser_version = models.CharField(max_length=20)
    spans = models.JSONField(default=list)
    problems = models.JSONField(default=list, blank=True)
    facts = models.JSONField(default=dict, help_text="What the text says of itself: header, speakers, turns.")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-read_at", "-pk"]
        get_latest_by = "read_at"
        constraints = [
            models.UniqueConstraint(fields=["source", "parser_version"], name="reading_once_per_parser"),
            models.CheckConstraint(condition=~Q(parser_version=""), name="reading_names_its_parser"),
        ]

    def __str__(self):
        return f"{self.source} as {self.layout}"
