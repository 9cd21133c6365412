"""What every template knows."""

from django.conf import settings

from .models import Interview


def archive(request):
    """The archive's name and root, and whether it holds invented samples (each page then says so).

    `sample_archive` is a callable: a template that does not ask, such as the admin's, costs no query.
    """
    return {
        "archive_name": settings.ARCHIVE_NAME,
        "site_url": f"{request.scheme}://{request.get_host()}",
        "sample_archive": Interview.objects.filter(sample=True).exists,
    }
