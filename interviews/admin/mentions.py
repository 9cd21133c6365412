"""What the tagger marked, with the sentence around it, to be confirmed or rejected; and the decisions themselves."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.utils.text import capfirst

from interviews.models import Decision, Entity, Mention
from interviews.tagging.curate import decide_all, undo

from .display import ReadOnly, change_link, sentence_around, turn_link


def of_same_tag(verdicts=Decision.Verdict.values):
    """Decisions on the entity of a mention in its turn, for use in a query on mentions."""
    same = Decision.objects.filter(turn=OuterRef("turn"), entity=OuterRef("entity"), surface="")
    return Exists(same.filter(verdict__in=verdicts))


class DecidedFilter(admin.SimpleListFilter):
    title = "decision"
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("none", "Not decided yet"), *Decision.Verdict.choices]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.filter(~of_same_tag())
        if self.value() in Decision.Verdict.values:
            return queryset.filter(of_same_tag([self.value()]))
        return queryset


class CountryFilter(admin.SimpleListFilter):
    title = "country"
    parameter_name = "country"

    def lookups(self, request, model_admin):
        mentioned = Exists(Mention.objects.filter(entity=OuterRef("pk")))
        return Entity.objects.of_kind("country").filter(mentioned).order_by("name").values_list("iso_code", "name")

    def queryset(self, request, queryset):
        known = {code for code, _ in self.lookup_choices}
        return queryset.filter(entity__iso_code=self.value()) if self.value() in known else queryset


@admin.register(Mention)
class MentionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["surface", "sentence", "entity_link", "level", "verdict", "turn_link"]
    list_filter = [DecidedFilter, "level", "entity__kind", CountryFilter]
    search_fields = ["surface", "entity__name", "turn__interview__title"]
    list_select_related = ["entity", "turn__interview"]
    list_per_page = 50
    ordering = ["-turn__interview__date", "turn__interview", "turn__position", "start"]
    actions = ["confirm_tags", "reject_tags"]
    fields = ["surface", "entity_link", "level", "verdict", "sentence", "turn_link", "start", "end", "tagger_version"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("turn__decisions")

    @admin.display(description="Speaks of", ordering="entity__name")
    def entity_link(self, mention):
        return change_link(mention.entity)

    @admin.display(description="In its sentence")
    def sentence(self, mention):
        return sentence_around(mention)

    @admin.display(description="Turn", ordering="turn")
    def turn_link(self, mention):
        return turn_link(mention.turn)

    @admin.display(description="Decision", empty_value="-")
    def verdict(self, mention):
        decisions = mention.turn.decisions.all()
        decided = [d for d in decisions if d.entity_id == mention.entity_id and not d.surface]
        return decided[0].get_verdict_display() if decided else None

    def has_decide_permission(self, request):
        return request.user.has_perms(["interviews.add_decision", "interviews.change_decision"])

    @admin.action(description="Confirm: the turn speaks of it", permissions=["decide"])
    def confirm_tags(self, request, queryset):
        self.decide(request, queryset, Decision.Verdict.CONFIRM)

    @admin.action(description="Reject: the turn does not speak of it", permissions=["decide"])
    def reject_tags(self, request, queryset):
        self.decide(request, queryset, Decision.Verdict.REJECT)

    def decide(self, request, queryset, verdict):
        count = decide_all(queryset, verdict, by=request.user)
        tags = "1 tag" if count == 1 else f"{count} tags"
        self.message_user(request, f"{capfirst(verdict.label)}: {tags}. No later run of the tagger changes that.")


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    """Decisions are made at the mentions and the turns; here they are seen, and undone."""

    list_display = ["entity", "verdict", "replacement", "turn_link", "by", "at", "reason"]
    list_filter = ["verdict", "entity__kind", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["entity__name", "reason", "turn__interview__title"]
    list_select_related = ["entity", "replacement", "turn__interview", "by"]
    date_hierarchy = "at"
    actions = ["undo_decisions"]
    fields = ["entity", "verdict", "replacement", "turn_link", "by", "at", "reason"]

    @admin.display(description="Turn", ordering="turn")
    def turn_link(self, decision):
        return turn_link(decision.turn)

    def has_undo_permission(self, request):
        return request.user.has_perm("interviews.delete_decision")

    @admin.action(description="Undo: what the tagger found counts again", permissions=["undo"])
    def undo_decisions(self, request, queryset):
        decisions = list(queryset)
        undo(decisions)
        self.message_user(request, f"Undone: {len(decisions)}.", messages.SUCCESS)
