"""What curators did: told in words, and undone."""

from django.contrib import admin, messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.http import url_has_allowed_host_and_scheme

from interviews.models import Curation
from interviews.tagging import curate

from .display import CuratorFilter, ReadOnly, change_link, moment, table
from .telling import ABOUT, SHOWN, shortened, told

LISTED = 50
UNDONE_WITH = {
    Curation.Act.DECIDE: "interviews.add_decision",
    Curation.Act.RULE: "interviews.delete_rule",
    Curation.Act.UNRULE: "interviews.add_rule",
    Curation.Act.MERGE: "interviews.change_entity",
    Curation.Act.CREATE: "interviews.add_entity",
    Curation.Act.EDIT: "interviews.change_entity",
    Curation.Act.ALIAS: "interviews.change_entity",
    Curation.Act.IMPORT: "interviews.add_entity",
    Curation.Act.DIFFER: "interviews.change_entity",
}


def has_right(user, act):
    """Whether a user may undo an act of this sort: an import of rules is undone by those who may remove rules."""
    rights = [UNDONE_WITH.get(act.act), "interviews.delete_rule" if act.detail.get("rules") else None]
    return act.act in UNDONE_WITH and user.has_perms(filter(None, rights))


def can_undo(user, act):
    return act.undone_at is None and has_right(user, act)


def last_acts(user):
    """Return what a user did last and can undo, the newest first; of an import of many rows the whole."""
    acts = Curation.objects.filter(by=user, undone_at=None, act__in=UNDONE_WITH).select_related(*ABOUT)
    last = acts.exclude(detail__has_key="whole").order_by("-pk")[:SHOWN]
    return [(act, told(act)) for act in last if can_undo(user, act)]


def news_for(user):
    """Return what others did to decisions of a user, in words, and note that the user knows."""
    messages_now = curate.messages_for(user)
    curate.told(messages_now)
    return [(act.by or "Somebody", told(act), act) for act in messages_now]


def acts_html(request):
    """Return the list of what the user did last and what others did to it, as HTML."""
    context = {"acts": last_acts(request.user), "news": news_for(request.user), "back": back_of(request)}
    return render_to_string("admin/interviews/includes/acts.html", context, request)


def back_of(request):
    """Return where a form leads back to: what it says itself, if that is a page of this archive."""
    is_page = request.method == "GET"
    return asked_back(request) or (request.get_full_path() if is_page else reverse("admin:interviews_mention_review"))


def asked_back(request):
    """Return the page of this archive that a form or a link wants to lead back to; '' where it names none."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


def wants_data(request):
    """Whether a script asks, which shows the answer itself, and not a browser, which wants a page."""
    return request.accepts("application/json") and not request.accepts("text/html")


def answer(request, *, done="", problem="", **data):
    """Answer what was sent: as JSON with HTML to a script, else with a message on the page that it came from."""
    if wants_data(request):
        content = {"done": conditional_escape(done), "problem": conditional_escape(problem), **data}
        content["acts"] = acts_html(request)
        return JsonResponse(content, status=409 if problem else 200)
    messages.add_message(request, messages.ERROR if problem else messages.SUCCESS, problem or done)
    return redirect(back_of(request))


def undo_view(request, pk):
    """Say what an act was, and undo it when that is confirmed."""
    act = get_object_or_404(Curation.objects.select_related(*ABOUT), pk=pk)
    if not has_right(request.user, act):
        raise PermissionDenied
    if request.method == "POST":
        return undone(request, act)
    parts = parts_of(act)
    context = {
        **site.each_context(request),
        "title": "Undo",
        "act": act,
        "told": told(act),
        "parts": history_table(parts),
        "part_count": parts.count(),
        "listed": LISTED,
        "back": back_of(request) if "next" in request.GET else reverse("admin:interviews_curation_changelist"),
    }
    return TemplateResponse(request, "admin/interviews/curation/undo.html", context)


def parts_of(act):
    """Return what an import did to each entry, and the rules that it made; nothing of another act."""
    parts = Curation.objects.filter(pk__gt=act.pk, detail__whole=act.pk).select_related(*ABOUT).order_by("pk")
    return parts if "rules" in act.detail else parts.none()


def reason_given(request):
    """Return the reason that a form gives, without what no database keeps."""
    return request.POST.get("reason", "").replace("\0", "")[:1000]


def undone(request, act):
    try:
        left = curate.undo(act, by=request.user, reason=reason_given(request))
    except ValueError as problem:
        return answer(request, problem=str(problem))
    but = format_html(" Left as it is: {}.", shortened(left)) if left else ""
    return answer(request, done=format_html("Undone. {}.{}", told(act), but), undone=act.pk)


def history_table(acts):
    """Return who did what, when and why, as a table; each act that can be undone with the way there."""
    return table(["When", "Who", "What", "Why", "State"], (history_row(act) for act in acts[:LISTED]))


def history_row(act):
    return [moment(act.at), act.by or "The archive", told(act), act.reason or "-", state_of(act)]


def state_of(act):
    if act.undone_at:
        return f"Undone by {act.undone_by or 'somebody'}, {moment(act.undone_at)}"
    if act.act not in UNDONE_WITH:
        return "-"
    address = reverse("admin:interviews_curation_undo", args=[act.pk])
    return format_html('<a href="{}">Undo<span class="visually-hidden">: {}</span></a>', address, told(act))


class UndoneFilter(admin.SimpleListFilter):
    """Shows what holds, or what was undone."""

    title = "state"
    parameter_name = "undone"

    def lookups(self, request, model_admin):
        return [("no", "It holds"), ("yes", "Undone")]

    def queryset(self, request, queryset):
        is_holding = {"no": True, "yes": False}.get(self.value())
        return queryset if is_holding is None else queryset.filter(undone_at__isnull=is_holding)


@admin.register(Curation)
class CurationAdmin(ReadOnly, admin.ModelAdmin):
    """The history of all that curators did."""

    list_display = ["what", "by", "at", "reason", "state"]
    list_display_links = None
    list_filter = ["act", ("by", CuratorFilter), UndoneFilter]
    search_fields = ["entity__name", "reason"]
    list_select_related = ABOUT
    list_per_page = 50
    ordering = ["-pk"]
    fields = ["what", "entity_link", "by", "at", "reason", "state"]

    def get_urls(self):
        undo = path("<int:pk>/undo/", self.admin_site.admin_view(undo_view), name="interviews_curation_undo")
        return [undo, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "What curators did"} | (extra_context or {}))

    def get_search_results(self, request, queryset, search_term):
        """An import of many rows is one line, unless somebody looks for one of its entries."""
        shown = queryset if search_term else queryset.exclude(detail__has_key="whole")
        return super().get_search_results(request, shown, search_term)

    @admin.display(description="What", ordering="act")
    def what(self, act):
        return told(act)

    @admin.display(description="Entity")
    def entity_link(self, act):
        return change_link(act.entity) if act.entity else "-"

    @admin.display(description="State", ordering="undone_at")
    def state(self, act):
        return state_of(act)
