"""What the search index holds of each turn that stands as a hit of its own."""

from haystack.indexes import CharField, DateField, Indexable, IntegerField, MultiValueField, SearchIndex

from .models import Turn
from .search.analysis import PART_BREAK, WordTokenizer, exact, stem
from .search.documents import answer_of, last_day_of, question_of
from .tagging.tags import countries_of


class TurnIndex(SearchIndex, Indexable):
    """One document an answer with its question, a statement, or an unanswered question.

    Facets are slugs and codes, their labels come from the database. A date known by its month or year lies
    somewhere from `date` to `last_day`.
    """

    text = CharField(document=True, stored=False, analyzer=WordTokenizer(stem))
    exact = CharField(stored=False, analyzer=WordTokenizer(exact))
    question = CharField(indexed=False)
    answer = CharField(indexed=False)
    title = CharField(model_attr="interview__title", analyzer=WordTokenizer(stem))
    country = MultiValueField()
    speaker = CharField(model_attr="participation__person__slug", null=True)
    outlet = CharField(null=True)
    language = CharField(model_attr="interview__language")
    year = IntegerField(model_attr="interview__date__year")
    date = DateField(model_attr="interview__date")
    last_day = DateField()
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

    def prepare_outlet(self, turn):
        outlet = turn.outlet
        return outlet and outlet.slug

    def prepare_last_day(self, turn):
        return last_day_of(turn.interview)
