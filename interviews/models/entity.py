"""Entities: one authority file for what is spoken of and who speaks, and the automatic marks that link turns to it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from interviews.querysets import EntityQuerySet, MentionQuerySet


class Entity(models.Model):
    """A country, person, outlet, organisation, place, document or event, under one name."""

    class Kind(models.TextChoices):
        COUNTRY = "country", "Country"
        PERSON = "person", "Person"
        OUTLET = "outlet", "Outlet"
        ORGANISATION = "organisation", "Organisation"
        PLACE = "place", "Place"
        DOCUMENT = "document", "Document or format"
        EVENT = "event", "Event"

    identifier = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Its name for programs: addresses may change, this not.",
    )
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120)
    iso_code = models.CharField(
        "ISO 3166 code", max_length=2, blank=True, help_text="Countries: two letters; SU, YU, CS, DD, XK as reserved."
    )
    key = models.CharField(
        max_length=120,
        blank=True,
        editable=False,
        help_text="Its name in the data files, for ever.",
    )
    wikidata = models.CharField(max_length=12, blank=True, help_text="e.g. Q38")
    country = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entities_of_country",
        limit_choices_to={"kind": "country"},
        help_text="The country a person represents, an outlet is at home in, a place lies in.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="What it is, in one line.")
    verified = models.BooleanField(
        default=False, help_text="A person vouches for it. Not so where only a label or a pattern named it."
    )
    said = models.JSONField(default=dict, editable=False, help_text="What the data files last said of it.")
    shown_since = models.DateTimeField(
        null=True, editable=False, help_text="When readers could first come to its page; empty where they never could."
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entities"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entity_slug_unique"),
            models.UniqueConstraint(fields=["iso_code"], condition=~Q(iso_code=""), name="entity_iso_code_unique"),
            models.UniqueConstraint(fields=["kind", "key"], condition=~Q(key=""), name="entity_key_unique"),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="entity_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="entity_is_named"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The entity's page, e.g. /countries/italy/."""
        return reverse(f"interviews:{self.kind}", kwargs={"slug": self.slug})

    @cached_property
    def address(self):
        """That address, found once for all links of a page: a long transcript names the same few a thousand times."""
        return self.get_absolute_url()


class Authority(models.Model):
    """Which data files the archive last took entities and names from: one row."""

    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the files.")

    class Meta:
        verbose_name_plural = "authority"

    def __str__(self):
        return self.fingerprint


class Alias(models.Model):
    """Another name of an entity."""

    class Kind(models.TextChoices):
        NAME = "name", "Name"
        SHORT = "short", "Short name"
        DEMONYM = "demonym", "Demonym"
        ACRONYM = "acronym", "Acronym"
        FORMER = "former", "Former name"

    class Origin(models.TextChoices):
        DATA = "data", "Data files"
        CURATOR = "curator", "Curator"

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.NAME)
    origin = models.CharField(max_length=7, choices=Origin, default=Origin.CURATOR, editable=False)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["entity", "text", "language"], name="alias_unique")]

    def __str__(self):
        return self.text


class Mention(models.Model):
    """An automatic mark: these characters of this turn's text speak of this entity.

    One whose confidence is below `COUNTS_FROM` of the tagger is a proposal, which only curators see.
    """

    class Level(models.TextChoices):
        NAMED = "named", "Named"
        METONYM = "metonym", "By its capital or seat"
        HISTORICAL = "historical", "Historical state"

    turn = models.ForeignKey("Turn", models.CASCADE, related_name="mentions")
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField(help_text="Characters from the start of the turn's text, counted from 0.")
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300)
    occurrence = models.PositiveIntegerField(default=1, help_text="Which of the same words in the turn: 1, 2 ...")
    level = models.CharField(max_length=10, choices=Level, default=Level.NAMED)
    confidence = models.PositiveSmallIntegerField(default=100, help_text="0 to 100.")
    found_with = models.PositiveSmallIntegerField(
        null=True, help_text="The confidence of the tagger, before any rule; empty where only a rule gave the mention."
    )
    rule = models.ForeignKey("Rule", models.SET_NULL, null=True, blank=True, related_name="mentions")
    tagger_version = models.CharField(max_length=20)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["turn", "start"]
        constraints = [
            models.UniqueConstraint(fields=["turn", "entity", "start", "end"], name="mention_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_has_length"),
        ]

    def __str__(self):
        return f"{self.surface} ({self.entity})"
