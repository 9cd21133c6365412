"""Long lists, one page at a time."""

from django.core.paginator import Paginator


def one_page(request, rows, *, size):
    """Return the context of a list: `page`, whatever number was asked for, and the address of just this page."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    suffix = f"?page={page.number}" if page.number > 1 else ""
    return {"page": page, "canonical_path": request.path + suffix}
