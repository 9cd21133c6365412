"""The roles of those who work at the archive, as groups of Django: what each may do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

OUR_APP = "interviews"
LOOK_AT = (
    *("interview", "participation", "turn", "question", "answer", "revision", "source", "reading", "readingproblem"),
    *("conflict", "entity", "alias", "mention", "decision", "rule", "merge", "curation", "formeraddress"),
)
CURATORS = {
    **{f"view_{model}": OUR_APP for model in LOOK_AT},
    **{f"{act}_{model}": OUR_APP for model in ("decision", "entity", "alias") for act in ("add", "change", "delete")},
    **{f"{act}_rule": OUR_APP for act in ("add", "change", "delete")},
}
EDITED = ("interview", "participation", "turn", "question", "answer", "readingproblem", "conflict")
EDITORS = CURATORS | {f"change_{model}": OUR_APP for model in EDITED} | {"add_source": OUR_APP}
MANAGED = {f"{act}_user": "auth" for act in ("view", "add", "change", "delete")} | {"view_group": "auth"}
# What each role may do: {permission: application}. Who has a role has it beside others.
ROLES = {"Curators": CURATORS, "Editors": EDITORS, "Administrators": EDITORS | MANAGED}


@transaction.atomic
def make_roles() -> list[tuple[Group, bool]]:
    """Make the roles, or bring them back to what they may do; return each with whether it is new."""
    made = []
    for name, rights in ROLES.items():
        group, is_new = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions_of(rights))
        made.append((group, is_new))
    return made


def permissions_of(rights: dict[str, str]) -> list[Permission]:
    """Return these permissions. Raises LookupError where the archive knows one of them not."""
    known = Permission.objects.filter(codename__in=rights).select_related("content_type")
    found = {each.codename: each for each in known if rights[each.codename] == each.content_type.app_label}
    if unknown := sorted(rights.keys() - found.keys()):
        raise LookupError(f"There is no right to {', '.join(unknown)}. Run `manage.py migrate` first.")
    return list(found.values())
