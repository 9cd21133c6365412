"""What the search index holds of each turn that stands as a hit of its own."""

from haystack.indexes import CharField, DateField, Indexable, IntegerField, MultiValueField, SearchIndex

from .models import Turn
from .search.analysis import PART_BREAK, WordTokenizer, exact, stem
from .tagging.tags import countries_of


def question_of(turn):
    """Return the text of the question that stands above a turn, or of the turn itself if it is one; else ''."""
    if turn.kind == Turn.Kind.QUESTION:
        return turn.text
    question = turn.reply_to
    return question.text if question and question.status == Turn.Status.CURRENT else ""


def answer_of(turn):
    """Return the text of an answer or a statement, '' for an unanswered question."""
    return "" if turn.kind == Turn.Kind.QUESTION else turn.text


class TurnIndex(SearchIndex, Indexable):
    """One document an answer with its question, a statement, or an unanswered question.

    Facets are slugs and codes, their labels come from the database. A date known by its month or year
    counts as its first day.
    """

    text = CharField(document=True, stored=False, analyzer=WordTokenizer(stem))
    exact = CharField(stored=False, analyzer=WordTokenizer(exact))
    question = CharField(indexed=False)
    answer = CharField(indexed=False)
    title = CharField(model_attr="interview__title", analyzer=WordTokenizer(stem))
    country = MultiValueField()
    speaker = CharField(model_attr="participation__person__slug", null=True)
    outlet = CharField(model_attr="interview__outlet__slug", null=True)
    language = CharField(model_attr="interview__language")
    year = IntegerField(model_attr="interview__date__year")
    date = DateField(model_attr="interview__date")
    interview = IntegerField(model_attr="interview_id")
    position = IntegerField(model_attr="position")

    def get_model(self):
        return Turn

    def index_queryset(self, using=None):
        return Turn.objects.documents().for_reading()

    def get_updated_field(self):
        return "changed_at"

    def prepare_text(self, turn):
        return PART_BREAK.join([question_of(turn), answer_of(turn)])

    def prepare_exact(self, turn):
        return self.prepare_text(turn)

    def prepare_question(self, turn):
        return question_of(turn)

    def prepare_answer(self, turn):
        return answer_of(turn)

    def prepare_country(self, turn):
        return sorted(country.iso_code for country in countries_of(turn) if country.iso_code)
