"""What curators say of entities and of the tags of turns, and the history of all they did."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .entity import Entity


def curator(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", **options
    )


class Verdict(models.TextChoices):
    CONFIRM = "confirm", "Confirmed"
    REJECT = "reject", "Rejected"
    REPLACE = "replace", "It is another"


class Decision(models.Model):
    """A curator's word on a tag of a turn. Final: no program changes it, and a later word is a row of its own.

    Without a surface it speaks of the whole turn: confirm adds the tag even where no program found it. With one it
    speaks of these words in the turn, of all of them or of one. Of several the one about the fewest words counts.
    """

    Verdict = Verdict

    turn = models.ForeignKey("Turn", models.CASCADE, related_name="decisions")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="decisions")
    surface = models.CharField(max_length=300, blank=True)
    occurrence = models.PositiveIntegerField(default=0, help_text="0: every occurrence in this turn.")
    verdict = models.CharField(max_length=7, choices=Verdict)
    replacement = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="decisions_as_replacement"
    )
    by = curator()
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["turn", "entity", "surface", "occurrence"], name="decision_unique"),
            models.CheckConstraint(condition=Q(occurrence=0) | ~Q(surface=""), name="decision_occurrence_of_words"),
            models.CheckConstraint(
                condition=Q(verdict="replace", replacement__isnull=False)
                | (~Q(verdict="replace") & Q(replacement__isnull=True)),
                name="decision_replacement_named",
            ),
        ]

    def __str__(self):
        return f"{self.entity}: {self.get_verdict_display().lower()}"


class Rule(models.Model):
    """What a surface form means within a scope: “for this speaker ‘Georgia’ is the US state”.

    Confirm: these words are the entity, wherever they are a name by themselves. Replace: what the tagger marked under
    these words is the entity. Reject: they are not the entity; without one, none at all. Without interview and
    speaker: everywhere.
    """

    surface = models.CharField(max_length=300)
    interview = models.ForeignKey("Interview", models.CASCADE, null=True, blank=True, related_name="rules")
    speaker = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="rules_for_speaker")
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="rules")
    verdict = models.CharField(max_length=7, choices=Verdict)
    by = curator()
    at = models.DateTimeField(auto_now=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["surface"]
        constraints = [
            models.CheckConstraint(condition=~Q(surface=""), name="rule_has_words"),
            models.CheckConstraint(condition=Q(verdict="reject") | Q(entity__isnull=False), name="rule_names_entity"),
        ]

    def __str__(self):
        return f"“{self.surface}”: {self.get_verdict_display().lower()}"


class Merge(models.Model):
    """Two entries that were one: what was moved from the merged to the survivor, so that it can be moved back."""

    survivor = models.ForeignKey(Entity, models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Entity, models.CASCADE, related_name="merges_into_others")
    by = curator()
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    moved = models.JSONField(default=dict)
    undone_by = curator()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(survivor=F("merged")), name="merge_of_two")]

    def __str__(self):
        return f"{self.merged} into {self.survivor}"


class Curation(models.Model):
    """One act of a curator: who, when, why, on what, and what it takes to undo it. Never changed, but marked as undone.

    `detail` holds what the act needs to be told and undone; of decisions see `interviews.tagging.curate`.
    `overruled`: the curator whose word was changed, or was about to be; `told_at`: when the curator was told.
    """

    class Act(models.TextChoices):
        DECIDE = "decide", "Decided"
        CONTEST = "contest", "Wanted to decide otherwise"
        UNDO = "undo", "Undid"
        RULE = "rule", "Made a rule"
        UNRULE = "unrule", "Removed a rule"
        MERGE = "merge", "Merged"
        UNMERGE = "unmerge", "Parted again"
        CREATE = "create", "Created"
        EDIT = "edit", "Edited"
        ALIAS = "alias", "Changed the names"
        IMPORT = "import", "Imported"
        DIFFER = "differ", "Told apart"

    act = models.CharField(max_length=7, choices=Act)
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, blank=True, related_name="curations")
    other = models.ForeignKey(Entity, models.SET_NULL, null=True, blank=True, related_name="curations_as_other")
    turn = models.ForeignKey("Turn", models.SET_NULL, null=True, blank=True, related_name="curations")
    rule = models.ForeignKey(Rule, models.SET_NULL, null=True, blank=True, related_name="curations")
    merge = models.ForeignKey(Merge, models.SET_NULL, null=True, blank=True, related_name="curations")
    detail = models.JSONField(default=dict)
    by = curator()
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    undone_by = curator()
    undone_at = models.DateTimeField(null=True, blank=True)
    overruled = curator()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "act of a curator"
        verbose_name_plural = "acts of curators"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["overruled", "told_at"], name="curation_to_be_told")]

    def __str__(self):
        return f"{self.get_act_display()}: {self.entity or self.rule or self.merge or self.turn or ''}"
