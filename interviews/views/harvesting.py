"""The archive for harvesters of libraries."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from interviews.harvesting import answer

from .formats import for_programs, root_of


@csrf_exempt  # it changes nothing; the protocol lets harvesters post their arguments
@require_http_methods(["GET", "HEAD", "POST"])
def harvesting(request):
    """An answer of OAI-PMH. What the protocol does not allow is answered with 200 and its error, as it says."""
    parameters = request.POST if request.method == "POST" else request.GET
    context = answer(parameters, root=root_of(request), today=timezone.localdate())
    context |= {"base": root_of(request) + request.path, "now": timezone.now(), "email": settings.ARCHIVE_EMAIL}
    return for_programs(render(request, "oai.xml", context, content_type="text/xml; charset=utf-8"))
