"""Who may do what with one row, in the pages that are not Django's own."""

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from interviews.models import Interview


def interview_for(request, pk, right):
    """Return an interview that the user may “view” or “change”; else raises Http404 or PermissionDenied."""
    interview = get_object_or_404(Interview.objects.select_related("outlet__country").with_speakers(), pk=pk)
    if not getattr(site.get_model_admin(Interview), f"has_{right}_permission")(request, interview):
        raise PermissionDenied
    return interview
