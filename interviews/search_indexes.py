"""What the search index holds of each turn that stands as a hit of its own, as Haystack knows it."""

from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.indexes import CharField, DateField, Indexable, IntegerField, MultiValueField, SearchIndex
from haystack.utils import get_identifier, get_model_ct

from .models import Turn
from .search.index.documents import document_of


class TurnIndex(SearchIndex, Indexable):
    """One document an answer with its question, a statement, or an unanswered question.

    Facets are slugs and codes, their labels come from the database. What each holds says `documents.document_of`;
    the index takes it from there.
    """

    text = CharField(document=True, stored=False)
    question = CharField(indexed=False)
    answer = CharField(indexed=False)
    title = CharField()
    about = MultiValueField()
    country = MultiValueField()
    document = MultiValueField()
    event = MultiValueField()
    interview = CharField()
    interview_country = CharField(null=True)
    kind = CharField()
    language = CharField()
    month = CharField()
    organisation = MultiValueField()
    outlet = CharField(null=True)
    outlet_country = CharField(null=True)
    person = MultiValueField()
    place = MultiValueField()
    speaker = CharField(null=True)
    speaker_country = CharField(null=True)
    year = IntegerField()
    date = DateField()
    position = IntegerField()

    def get_model(self):
        return Turn

    def index_queryset(self, using=None):
        return Turn.objects.documents().for_indexing()

    def get_updated_field(self):
        return "changed_at"

    def prepare(self, turn):
        return document_of(turn).stored | {ID: get_identifier(turn), DJANGO_CT: get_model_ct(Turn), DJANGO_ID: turn.pk}
