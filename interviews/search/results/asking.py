"""What the database is asked for a page, and what it said."""

from django.db import connection
from django.db.models import QuerySet

ROW_BYTES = 350


class Asking:
    """Asks the database, and remembers what it said, so that the same can be asked again without being worded again."""

    def __init__(self):
        self._said: list[tuple[tuple[str, tuple], list[tuple]]] = []

    def rows(self, values: QuerySet) -> list[tuple]:
        """Return the rows of a `values_list` of texts and whole numbers."""
        question = values.query.sql_with_params()
        said = _answer(question)
        self._said.append((question, said))
        return said

    def hears_the_same(self) -> bool:
        """Whether the database says now what it said then."""
        return all(_answer(question) == said for question, said in self._said)

    @property
    def nbytes(self) -> int:
        return ROW_BYTES * sum(len(said) for _, said in self._said)


def _answer(question):
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return cursor.fetchall()
