"""The acts of curators in sentences, as HTML: each name by itself, so that its direction disturbs nothing around it."""

from django.utils.html import format_html, format_html_join

from interviews.models import Curation, Entity, Interview, Rule
from interviews.models.curation import Verdict
from interviews.wording import counted

NO_MORE = "an entry that is no more"
SHOWN = 8
SURFACES = 3
ABOUT = ("entity", "other", "turn__interview", "rule__entity", "rule__interview", "rule__speaker", "by", "undone_by")
OF_RULES = {
    Verdict.CONFIRM: "{}, {} is {} wherever it stands as a name by itself",
    Verdict.REPLACE: "{}, what was found under {} is {}",
    Verdict.REJECT: "{}, {} is not {}",
}


def quoted(name):
    """Return a name, or other words of a text, as a part of a sentence; None is an entry that was removed."""
    return NO_MORE if name is None else format_html("“<bdi>{}</bdi>”", name)


def meant(entity):
    """Return an entity as a part of a sentence that may hold others of its name: “Georgia” (country)."""
    return format_html("{} ({})", quoted(entity), entity.get_kind_display().lower()) if entity else NO_MORE


def told(act):
    """Return an act in words: “Rejected: “Jordan” is not “Jordan””."""
    teller = TELLERS.get(act.act, other_told)
    return teller(act)


def other_told(act):
    about = act.detail.get("surface") or act.entity or act.turn or act.detail.get("removed") or act.detail.get("name")
    changed = shortened(act.detail.get("changed", ()))
    verb = act.get_act_display()
    verb = format_html("{}: {}", verb, quoted(about)) if about else verb
    return format_html("{} ({})", verb, changed) if changed else format_html("{}", verb)


def shortened(words):
    """Return the first of some words, and how many more there are."""
    first = format_html_join(", ", "<bdi>{}</bdi>", ([each] for each in words[:SHOWN]))
    return format_html("{}, and {} more", first, len(words) - SHOWN) if len(words) > SHOWN else first


def decision_told(act):
    entries = act.detail.get("decisions", [])
    surfaces = sorted({entry["surface"] for entry in entries if entry["surface"]})[:SURFACES]
    words = format_html_join(" and ", "{}", ([quoted(each)] for each in surfaces)) or "the turn"
    sentence = {
        Verdict.CONFIRM: "Confirmed: {words} is {entity}",
        Verdict.REJECT: "Rejected: {words} is not {entity}",
        Verdict.REPLACE: "{words} is {other}, not {entity}",
    }[act.detail["verdict"]]
    verb = format_html(sentence, words=words, entity=quoted(act.entity), other=quoted(act.other))
    often = counted(len(entries), "time") if len(entries) > 1 else ""
    vouched = "vouched for from now on" if act.detail.get("vouched") else ""
    asides = ", ".join(filter(None, [often, vouched]))
    return format_html("{} ({})", verb, asides) if asides else verb


def contest_told(act):
    verdict = Verdict(act.detail["verdict"]).label.lower()
    return format_html("Saw {} otherwise than you: {}", quoted(act.detail["surface"] or act.entity), verdict)


def rule_act_told(act):
    """Tell what a rule says, or said; of one that is no more by what the history keeps of it."""
    return format_html("{}: {}", act.get_act_display(), rule_told(act.rule or kept_rule(act)))


def kept_rule(act):
    """Return the rule of an act as the history keeps it, without what is no more."""
    said = act.detail
    speaker = Entity.objects.filter(pk=said.get("speaker_id")).first()
    interview = Interview.objects.filter(pk=said.get("interview_id")).first()
    about = {"entity": act.entity, "speaker": speaker, "interview": interview}
    return Rule(surface=said.get("surface", ""), verdict=said.get("verdict", Verdict.REJECT), **about)


def rule_told(rule):
    """Return what a rule says, in words: in all interviews, “Porto” is not “Porto” (place)."""
    means_nothing = rule.verdict == Verdict.REJECT and rule.entity is None
    sentence = "{}, {} means nothing that the archive lists" if means_nothing else OF_RULES[rule.verdict]
    return format_html(sentence, scope_of(rule), quoted(rule.surface), meant(rule.entity))


def scope_of(rule):
    """Return where a rule holds, in words."""
    places = [format_html("where {} speaks", quoted(rule.speaker))] if rule.speaker else []
    places += [format_html("in the interview {}", quoted(rule.interview))] if rule.interview else []
    return format_html_join(" ", "{}", ([place] for place in places)) or "in all interviews"


def merge_told(act):
    return format_html("Merged {} into {}", quoted(act.other), meant(act.entity))


def parting_told(act):
    return format_html("Parted {} from {} again", quoted(act.other), meant(act.entity))


def difference_told(act):
    return format_html("Told {} apart from {}: they are two", quoted(act.other), meant(act.entity))


def undoing_told(act):
    """Tell what was undone, where the act says which it was."""
    undone = Curation.objects.select_related(*ABOUT).filter(pk=act.detail.get("of")).first()
    if undone is None or undone.act == Curation.Act.UNDO:
        return other_told(act)
    left = shortened(act.detail.get("changed", ()))
    words = format_html("{}: {}", act.get_act_display(), told(undone))
    return format_html("{}. Left as it is: {}", words, left) if left else words


TELLERS = {
    Curation.Act.DECIDE: decision_told,
    Curation.Act.CONTEST: contest_told,
    Curation.Act.UNDO: undoing_told,
    Curation.Act.RULE: rule_act_told,
    Curation.Act.UNRULE: rule_act_told,
    Curation.Act.MERGE: merge_told,
    Curation.Act.UNMERGE: parting_told,
    Curation.Act.DIFFER: difference_told,
}
