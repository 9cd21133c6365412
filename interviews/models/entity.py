"""Entities: one authority file for what is spoken of and who speaks, and the marks that link turns to it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property

from interviews.querysets import EntityQuerySet


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

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=120)
    iso_code = models.CharField(
        "ISO 3166 code", max_length=2, blank=True, help_text="Countries: two letters; SU, YU, CS, DD, XK as reserved."
    )
    wikidata = models.CharField(max_length=12, blank=True, help_text="e.g. Q38")
    country = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="entities_of_country",
        limit_choices_to={"kind": "country"},
        help_text="The country a person represents, or an outlet is at home in.",
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entities"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="entity_slug_unique"),
            models.UniqueConstraint(fields=["iso_code"], condition=~Q(iso_code=""), name="entity_iso_code_unique"),
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


class Alias(models.Model):
    """Another name of an entity."""

    class Kind(models.TextChoices):
        NAME = "name", "Name"
        SHORT = "short", "Short name"
        DEMONYM = "demonym", "Demonym"
        ACRONYM = "acronym", "Acronym"
        FORMER = "former", "Former name"

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="aliases")
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.NAME)

    class Meta:
        verbose_name_plural = "aliases"
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["entity", "text", "language"], name="alias_unique")]

    def __str__(self):
        return self.text


class Mention(models.Model):
    """An automatic mark: these characters of this turn's text speak of this entity."""

    class Level(models.TextChoices):
        NAMED = "named", "Named"
        METONYM = "metonym", "By its capital or seat"
        HISTORICAL = "historical", "Historical state"

    turn = models.ForeignKey("Turn", models.CASCADE, related_name="mentions")
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="mentions")
    start = models.PositiveIntegerField(help_text="Characters from the start of the turn's text, counted from 0.")
    end = models.PositiveIntegerField()
    surface = models.CharField(max_length=300)
    level = models.CharField(max_length=10, choices=Level, default=Level.NAMED)
    tagger_version = models.CharField(max_length=20)

    class Meta:
        ordering = ["turn", "start"]
        constraints = [
            models.UniqueConstraint(fields=["turn", "entity", "start", "end"], name="mention_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_has_length"),
        ]

    def __str__(self):
        return f"{self.surface} ({self.entity})"


class Decision(models.Model):
    """A curator's word on a tag of a turn. Final: no program changes it.

    Without a surface it speaks of the whole turn: confirm adds the tag even where no program found it.
    """

    class Verdict(models.TextChoices):
        CONFIRM = "confirm", "Confirmed"
        REJECT = "reject", "Rejected"
        REPLACE = "replace", "It is another"

    turn = models.ForeignKey("Turn", models.CASCADE, related_name="decisions")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="decisions")
    surface = models.CharField(max_length=300, blank=True)
    occurrence = models.PositiveIntegerField(default=0, help_text="0: every occurrence in this turn.")
    verdict = models.CharField(max_length=7, choices=Verdict)
    replacement = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="decisions_as_replacement"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["turn", "entity", "surface", "occurrence"], name="decision_unique"),
            models.CheckConstraint(
                condition=Q(verdict="replace", replacement__isnull=False)
                | (~Q(verdict="replace") & Q(replacement__isnull=True)),
                name="decision_replacement_named",
            ),
        ]

    def __str__(self):
        return f"{self.entity}: {self.get_verdict_display().lower()}"


class Rule(models.Model):
    """What a surface form means within a scope: “for this speaker ‘Georgia’ is the US state”."""

    surface = models.CharField(max_length=300)
    interview = models.ForeignKey("Interview", models.CASCADE, null=True, blank=True, related_name="rules")
    speaker = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="rules_for_speaker")
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="rules")
    verdict = models.CharField(max_length=7, choices=Decision.Verdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["surface"]

    def __str__(self):
        return f"“{self.surface}”: {self.get_verdict_display().lower()}"
