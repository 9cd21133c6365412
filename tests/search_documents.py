"""Documents for the index, made without a database."""

from interviews.search.index.documents import Document


def make_document(turn, *, question="", answer="", title="", language="en", **values):
    """Return a document; `values` are lists of a facet's values."""
    texts = {"question": question, "answer": answer, "title": title}
    numbers = {"date": 737_000 + turn, "last_day": 737_000 + turn, "interview": 1, "turn": turn, "position": turn}
    return Document(language, texts, values, numbers, {"turn": turn, **texts})
