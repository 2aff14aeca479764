"""schemathesis attacks the API from its own OpenAPI document: no 500, and each answer as declared.

It runs inside this process, on the WSGI application that `fairground serve` serves. Only the addresses in
`KEPT` may ask the database: a test without the mark fails at the first query, so what passes here without a
database is the same on every one.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from fairground.web.api.calls import CALLS

ALL = list(HealthCheck)
pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]


UNPACKED = {"Accept-Encoding": "identity"}  # the in-process client asks for gzip and does not unpack it
ADDRESSES = [f"/api/{call.address}" for call in CALLS]
KEPT = {"/api/wealth/funding/formula/{id}/"}


def each(addresses):
    return [
        pytest.param(address, marks=[pytest.mark.django_db] if address in KEPT else [])
        for address in addresses
    ]


@pytest.fixture(autouse=True)
def _one_connection():
    """Keep the test's own connection open between requests, as Django's test client does."""
    for sent in (request_started, request_finished):
        sent.disconnect(close_old_connections)
    yield
    for sent in (request_started, request_finished):
        sent.connect(close_old_connections)


@pytest.fixture
def document():
    from fairground.web.wsgi import application

    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


def test_every_address_of_the_document_is_attacked(document):
    assert sorted(document) == sorted(ADDRESSES)


def attack(operation, mode):
    @seed(20260101)
    @settings(
        max_examples=20, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=ALL
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case):
        case.call_and_validate(checks=CHECKS, headers=UNPACKED)

    once()


@pytest.mark.parametrize("address", each(ADDRESSES))
def test_no_sound_request_breaks_the_api_and_each_answer_is_as_declared(document, address):
    attack(document[address]["GET"], GenerationMode.POSITIVE)


@pytest.mark.parametrize("address", each(f"/api/{call.address}" for call in CALLS if call.form))
def test_no_broken_request_breaks_the_api_and_each_refusal_is_as_declared(document, address):
    attack(document[address]["GET"], GenerationMode.NEGATIVE)
