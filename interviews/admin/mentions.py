"""What the tagger marked, with the sentence around it, to be confirmed or rejected; and the decisions themselves."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef
from django.urls import path
from django.utils.text import capfirst

from interviews.models import Decision, Entity, Mention
from interviews.tagging.curate import decide_all, withdraw
from interviews.tagging.tags import decided_on, deciding
from interviews.wording import counted

from .display import ReadOnly, change_link, sentence_around, turn_link
from .review import decide_view, review_view
from .words import words_view


class DecidedFilter(admin.SimpleListFilter):
    title = "decision"
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("none", "Not decided yet"), *Decision.Verdict.choices]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.undecided()
        return queryset.decided(self.value()) if self.value() in Decision.Verdict.values else queryset


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
    list_display = ["surface", "sentence", "entity_link", "level", "confidence", "verdict", "turn_link"]
    list_filter = [DecidedFilter, "level", "entity__kind", CountryFilter]
    search_fields = ["surface", "entity__name", "turn__interview__title"]
    list_select_related = ["entity", "turn__interview"]
    list_per_page = 50
    ordering = ["-turn__interview__date", "turn__interview", "turn__position", "start"]
    actions = ["confirm_tags", "reject_tags"]
    fields = ["surface", "entity_link", "level", "verdict", "sentence", "turn_link", "start", "end", "tagger_version"]

    def get_urls(self):
        pages = {"review": review_view, "decide": decide_view, "words": words_view}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"interviews_mention_{name}")
            for name, view in pages.items()
        ]
        return own + super().get_urls()

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
        decision = deciding(mention, decided_on(mention.turn.decisions.all()))
        return decision and decision.get_verdict_display()

    def has_decide_permission(self, request):
        return request.user.has_perms(["interviews.add_decision", "interviews.change_decision"])

    @admin.action(description="Confirm: these words speak of it", permissions=["decide"])
    def confirm_tags(self, request, queryset):
        self.decide(request, queryset, Decision.Verdict.CONFIRM)

    @admin.action(description="Reject: these words do not speak of it", permissions=["decide"])
    def reject_tags(self, request, queryset):
        self.decide(request, queryset, Decision.Verdict.REJECT)

    def decide(self, request, queryset, verdict):
        count = decide_all(queryset, verdict, by=request.user)
        self.message_user(
            request, f"{capfirst(verdict.label)}: {counted(count, 'mention')}. No later run of the tagger changes that."
        )


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
        withdraw(decisions, by=request.user)
        self.message_user(request, f"Undone: {len(decisions)}.", messages.SUCCESS)
