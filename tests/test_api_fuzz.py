"""Requests to the interface that schemathesis makes up from its OpenAPI document: none is a mistake of ours."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from archive.wsgi import application
from interviews.api.interface import api
from interviews.models import Entity, Interview
from interviews.search.index.upkeep import reindex

from archive_factory import make_corridor

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PATHS = list(api.get_openapi_schema(path_prefix="/api/")["paths"])


@pytest.fixture
def one_connection():
    """The database stays open between requests: what a test wrote into it is not yet committed."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def document(nothing_known, one_connection):
    make_corridor()
    reindex()
    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_asked_for_the_answer_is_one_that_the_document_declares(document, path, mode):
    rows = Entity if "entities" in path else Interview
    there = {"id": str(rows.objects.first().identifier), "number": "a1"}

    @settings(
        max_examples=15,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(document[path]["GET"].as_strategy(generation_mode=mode))
    def answered(case):
        if mode == GenerationMode.POSITIVE:
            case.path_parameters |= {name: there[name] for name in case.path_parameters}
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    answered()
