"""What the first page of the admin says."""

from django import template
from django.contrib.admin import site
from django.urls import reverse

from interviews.admin.review import RIGHTS
from interviews.admin.waiting import open_conflicts, open_problems
from interviews.models import Interview
from interviews.tagging.curate import messages_for
from interviews.tagging.queue import pending
from interviews.wording import counted

register = template.Library()


@register.inclusion_tag("admin/interviews/includes/waiting.html")
def waiting_for(request):
    """What waits for a curator, as far as they may see it, each with a link to its list."""
    drafts = Interview.objects.filter(status=Interview.Status.DRAFT)
    reviewing = names_to_review(request.user)
    lists = [("", open_problems(), "open problem"), ("", open_conflicts(), "open conflict")]
    lists += [("?status__exact=draft", drafts, "draft")]
    return {
        "lists": reviewing
        + [
            (reverse(f"admin:interviews_{rows.model._meta.model_name}_changelist") + query, counted(rows.count(), noun))
            for query, rows, noun in lists
            if site.get_model_admin(rows.model).has_view_permission(request)
        ],
        "may_add": request.user.has_perm("interviews.add_source"),
        "may_look_back": request.user.has_perm("interviews.view_curation"),
    }


def names_to_review(user):
    """Return the way to the review of names, for those who may decide; and what others said of their decisions."""
    if not user.has_perms(RIGHTS):
        return []
    news = len(messages_for(user))
    words = f"{counted(pending().count(), 'name')} to review"
    return [
        (reverse("admin:interviews_mention_review"), f"{words}, {counted(news, 'message')} for you" if news else words)
    ]
