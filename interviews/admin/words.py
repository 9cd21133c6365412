"""One surface form in all the answers where it stands: one decision for those that are chosen."""

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.db.models import Max
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from interviews.evidence import marked_sentence
from interviews.models import Decision, Entity, Mention
from interviews.models.curation import Verdict
from interviews.tagging import curate, queue
from interviews.tagging.tags import decided_on, deciding
from interviews.wording import counted

from .acts import asked_back
from .keys import is_key
from .naming import described
from .review import VerdictForm, check_curator, in_words

TOLD = 20
SHOWN = 900  # a browser sends no more than a thousand fields


class WordsForm(forms.Form):
    """Which mentions are shown: those of some words, perhaps for one entity, in one interview, by one speaker."""

    surface = forms.CharField(max_length=300, strip=False)
    entity = forms.ModelChoiceField(Entity.objects.all(), required=False)
    interview = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    speaker = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    state = forms.ChoiceField(required=False, choices=[("", "Those that wait"), ("all", "All, decided ones too")])

    def mentions(self):
        """Return the mentions asked for, the newest first."""
        asked = self.cleaned_data
        shown = Mention.objects.filter(turn__status="current").exclude(turn__interview__status="withdrawn")
        shown = shown if asked["state"] else queue.pending()
        conditions = {
            "surface": asked["surface"],
            "entity": asked["entity"],
            "turn__interview": asked["interview"],
            "turn__participation__person": asked["speaker"],
        }
        shown = shown.filter(**{name: value for name, value in conditions.items() if value})
        return shown.order_by("-turn__interview__date", "turn__interview", "turn__position", "start")


class ChoiceForm(VerdictForm):
    """One word on the chosen ones. `opened`: the latest decision of all when the page was opened."""

    opened = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["autofocus"] = True


def words_view(request):
    """Show the sentences of one surface form, and decide those that are chosen."""
    check_curator(request)
    asked = WordsForm(request.GET)
    if not asked.is_valid():
        messages.error(request, "Name the words, and what else is asked for, as a link of the review does.")
        return redirect("admin:interviews_mention_review")
    mentions = asked.mentions()
    form = ChoiceForm(request.POST or None, initial={"opened": latest_decision()})
    if form.is_valid():
        return decided(request, mentions, form.cleaned_data)
    shown = list(queue.with_context(mentions)[:SHOWN])
    total = mentions.count()
    context = {
        **site.each_context(request),
        "title": f"“{asked.cleaned_data['surface']}” in {counted(len({each.turn_id for each in shown}), 'turn')}",
        "opts": Mention._meta,
        "asked": asked,
        "form": form,
        "rows": rows_of(shown),
        "candidates": candidates_of(shown),
        "chosen": set(map(str, request.POST.getlist("chosen"))) if request.POST else None,
        "total": total,
        "back": asked_back(request) or reverse("admin:interviews_mention_review"),
        "left_out": total - len(shown),
    }
    return TemplateResponse(request, "admin/interviews/mention/words.html", context)


def latest_decision():
    return Decision.objects.aggregate(latest=Max("pk"))["latest"] or 0


def rows_of(mentions):
    """Return (mention, its sentence, the decision that holds for it) of each."""
    decisions = {}
    for decision in Decision.objects.filter(turn__in={each.turn_id for each in mentions}).select_related("by"):
        decisions.setdefault(decision.turn_id, []).append(decision)
    return [
        (each, marked_sentence(each.turn.text, each), deciding(each, decided_on(decisions.get(each.turn_id, ()))))
        for each in mentions
    ]


def candidates_of(mentions):
    """Return what else the words may mean, each with what it is; all that they mean now, where that is not one."""
    meant = dict.fromkeys(mention.entity for mention in mentions)
    found = {entity: described(entity) for entity in meant if len(meant) > 1}
    for others in queue.candidates_for(mentions[:1]).values():
        found |= {other: described(other) for other in others}
    return list(found.items())


def decided(request, mentions, said):
    """Write the decision, leave out what others decided meanwhile, and say both."""
    keys = [key for key in request.POST.getlist("chosen") if is_key(key)]
    chosen = mentions.model.objects.filter(pk__in=keys[:SHOWN]).filter(surface=request.GET["surface"])
    rows = rows_of(list(chosen.select_related("turn", "entity")))
    late = [each for each, _, decision in rows if is_late(decision, said["opened"], request.user)]
    mine = [each for each, _, _ in rows if each not in late]
    word = {"by": request.user, "reason": said["reason"], "replacement": said["replacement"]}
    if not rows:
        messages.error(request, "Choose at least one.")
    if mine:
        count = decide_alike(mine, said["verdict"], word)
        meant = said["replacement"]
        done = f"It is {meant}" if meant else Verdict(said["verdict"]).label
        messages.success(request, f"{done}: {counted(count, 'mention')}. Readers see it within some seconds.")
    for each in late[:TOLD]:
        tell(request, each, said["verdict"], word)
    is_done = bool(mine) and not mentions.exists()
    return redirect((is_done and asked_back(request)) or request.get_full_path())


def is_late(decision, opened, user):
    """Whether a decision that holds was taken by another since the page was opened."""
    return bool(decision) and decision.pk > (opened or 0) and decision.by_id != user.pk


def decide_alike(mentions, verdict, word):
    """Decide mentions; those that are the named entity already are confirmed. Returns the number of decisions."""
    same = [each for each in mentions if word["replacement"] and each.entity_id == word["replacement"].pk]
    others = [each for each in mentions if each not in same]
    count = curate.decide_all(others, verdict, **word) if others else 0
    confirmed = word | {"replacement": None}
    return count + (curate.decide_all(same, Verdict.CONFIRM, **confirmed) if same else 0)


def tell(request, mention, verdict, word):
    """Say to both that another curator was quicker with one of the mentions."""
    try:
        curate.decide(mention=mention, verdict=verdict, seen=None, **word)
    except curate.DecidedMeanwhileError as meanwhile:
        messages.warning(request, in_words(meanwhile.decision))
