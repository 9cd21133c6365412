"""The review queue: names that the tagger was not sure of, each decided with one key, or with buttons."""

from django import forms
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from interviews.evidence import marked_sentence
from interviews.models import Entity, Interview, Mention
from interviews.models.curation import Curation, Verdict
from interviews.tagging import curate, queue

from .acts import acts_html, answer
from .keys import is_key
from .naming import EntityField, described
from .telling import quoted, told

RIGHTS = ["interviews.add_decision", "interviews.change_decision"]
QUICKER = (
    "<bdi>{}</bdi> was quicker and decided about {}: {}{}.{} Both of you are told. Decide once more to overrule that."
)
GONE = "The text or the tagger has changed: this name is no longer marked there. Load the page anew."


class FilterForm(forms.Form):
    """What of the queue is shown. An interview is given by words of its title, or by its number."""

    kind = forms.ChoiceField(required=False, choices=[("", "Every kind"), *Entity.Kind.choices])
    surface = forms.CharField(required=False, max_length=300, label="Words")
    speaker = forms.CharField(required=False, max_length=300)
    interview = forms.CharField(required=False, max_length=300)
    sure = forms.BooleanField(required=False, label="Also sure ones, of one interview")

    def chosen(self):
        """Return what was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    def waiting(self):
        """Return the mentions that the filters let through; those that are sure only of one interview."""
        chosen = self.chosen()
        is_of_one = is_key(chosen.get("interview", ""))
        mentions = queue.undecided() if chosen.pop("sure", False) and is_of_one else queue.pending()
        return mentions.filter(*(getattr(self, f"by_{name}")(value) for name, value in chosen.items()))

    def by_kind(self, kind):
        return Q(entity__kind=kind)

    def by_surface(self, words):
        return Q(surface__iexact=words)

    def by_speaker(self, name):
        return Q(turn__participation__person__name__icontains=name)

    def by_interview(self, words):
        return Q(turn__interview=words) if is_key(words) else Q(turn__interview__title__icontains=words)


class VerdictForm(forms.Form):
    """A curator's word. `other` comes of a button, `another` is typed; who names one of these means a replacement."""

    verdict = forms.ChoiceField(choices=Verdict.choices, required=False)
    other = forms.ModelChoiceField(Entity.objects.live(), required=False)
    another = EntityField(required=False, label="It is")
    reason = forms.CharField(required=False, max_length=1000, label="Reason, if you like")

    def clean(self):
        cleaned = super().clean()
        verdict = Verdict.REPLACE if cleaned.get("other") else cleaned.get("verdict")
        meant = (cleaned.get("other") or cleaned.get("another")) if verdict == Verdict.REPLACE else None
        if not verdict and not self.errors:
            raise forms.ValidationError("Confirm it, reject it, or say which other it is.")
        if verdict == Verdict.REPLACE and not meant and not self.errors:
            raise forms.ValidationError("Say which entity it is.")
        return cleaned | {"verdict": verdict, "replacement": meant}


class DecisionForm(VerdictForm):
    """A word on one mention; `seen` is the decision that the curator saw to hold, if any."""

    mention = forms.ModelChoiceField(
        Mention.objects.select_related("entity", "turn__interview"), error_messages={"invalid_choice": GONE}
    )
    seen = forms.IntegerField(required=False)

    def clean(self):
        cleaned = super().clean()
        meant, mention = cleaned["replacement"], cleaned.get("mention")
        is_the_same = bool(meant and mention) and meant == mention.entity
        return cleaned | ({"verdict": Verdict.CONFIRM, "replacement": None} if is_the_same else {})


def check_curator(request):
    """Raise PermissionDenied unless the user may decide."""
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied


def review_view(request):
    """Show a page of what waits, filtered as asked for."""
    check_curator(request)
    filters = FilterForm(request.GET)
    asked = request.GET.get("page", "")
    number = int(asked) if is_key(asked) else 1
    waiting = queue.page_of(filters.waiting(), number)
    chosen = filters.chosen()
    context = {
        **site.each_context(request),
        "title": "Review names",
        "opts": Mention._meta,
        "filters": filters,
        "chosen": chosen,
        "interview": named_interview(chosen.get("interview", "")),
        "waiting": waiting,
        "items": [item_of(mention, waiting, request.get_full_path()) for mention in waiting.mentions],
        "acts": acts_html(request),
        "back": request.get_full_path(),
        "next_page": urlencode(chosen | {"page": waiting.number + 1}) if waiting.number < waiting.pages else "",
        "former_page": urlencode(chosen | {"page": waiting.number - 1}) if waiting.number > 1 else "",
    }
    return TemplateResponse(request, "admin/interviews/mention/review.html", context)


def named_interview(key):
    """Return the interview that a filter means by its number, to be named to the curator; None where there is none."""
    return Interview.objects.filter(pk=key).first() if is_key(key) else None


def item_of(mention, waiting, back):
    """Return all that is shown of one mention. `back`: where the pages about it lead when they are done."""
    speaker = mention.turn.participation and mention.turn.participation.person
    query = {"surface": mention.surface, "entity": mention.entity_id, "next": back}
    others = waiting.candidates[mention.pk]
    return {
        "mention": mention,
        "sentence": marked_sentence(mention.turn.text, mention),
        "described": described(mention.entity),
        "speaker": speaker,
        "candidates": [(number, other, described(other)) for number, other in enumerate(others, 1)],
        "alike": waiting.sizes.get((mention.surface, mention.entity_id), 1),
        "words_query": urlencode(query),
        "rule": f"{reverse('admin:interviews_rule_add')}?{urlencode({'mention': mention.pk, 'next': back})}",
        "place": "-".join(map(str, queue.place_of(mention))),
    }


@require_POST
def decide_view(request):
    """Take one decision; to a script the answer is JSON, to a browser the page again with a message."""
    check_curator(request)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        problems = [problem for problems in form.errors.values() for problem in problems]
        return answer(request, problem=" ".join(problems))
    said = {name: form.cleaned_data[name] for name in ("mention", "verdict", "replacement", "seen", "reason")}
    try:
        curate.decide(**said, by=request.user)
    except curate.DecidedMeanwhileError as meanwhile:
        latest = meanwhile.decision and meanwhile.decision.pk
        return answer(request, problem=in_words(meanwhile.decision), seen=latest)
    act = Curation.objects.filter(act=Curation.Act.DECIDE, by=request.user).order_by("-pk").first()
    return answer(request, done=format_html("{}.", told(act)), act=act.pk)


def in_words(decision):
    """Return what another curator decided meanwhile, and what can be done."""
    if decision is None:
        return "The decision that you saw was taken back meanwhile. Look again; you can still decide."
    word = decision.get_verdict_display().lower()
    meant = format_html(" {}", quoted(decision.replacement)) if decision.replacement else ""
    why = format_html(" Reason: <bdi>{}</bdi>", decision.reason) if decision.reason else ""
    return format_html(QUICKER, decision.by or "Somebody", quoted(decision.entity), word, meant, why)
