"""The read API: the same answers as the pages, as JSON, with an OpenAPI document at /api/openapi.json.

Errors follow RFC 9457 (problem details): 404 for what does not exist, 422 for what cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError

from fairground.errors import FairgroundError, NotFound
from fairground.web import answers
from fairground.web.api.calls import CALLS, Call, parameters

PROBLEM = "application/problem+json"


class Whole(Schema):
    """A whole answer: its value, its method, the steps of its working, and its sources."""

    value: Any
    method: dict[str, Any]
    steps: list[dict[str, Any]]
    sources: list[dict[str, Any]]


class Problem(Schema):
    """What is wrong, as problem details: a short title, the status, and what to do about it."""

    title: str
    status: int
    detail: str


KINDS: Any = {200: Whole, 404: Problem, 422: Problem}


class Api(NinjaAPI):
    """An API whose document says that problems have a media type of their own."""

    def get_openapi_schema(self, **how: Any) -> Any:
        """Return the OpenAPI document."""
        schema = super().get_openapi_schema(**how)
        for operations in schema["paths"].values():
            for status in (404, 422):
                content = operations["get"]["responses"][status]["content"]
                content[PROBLEM] = content.pop("application/json")
        return schema


api = Api(
    title="Fairground",
    version="1",
    description="Answers about how England's places share wealth, each with its working and its sources.",
    docs_url=None,
)


@api.exception_handler(FairgroundError)
def problem(request: HttpRequest, fault: Any) -> HttpResponse:
    """Say what is wrong as problem details."""
    return answers.problem(
        type(fault).__name__, str(fault), status=404 if isinstance(fault, NotFound) else 422
    )


@api.exception_handler(Http404)
def missing(request: HttpRequest, fault: Any) -> HttpResponse:
    """Say that there is nothing at this address."""
    return answers.problem("NotFound", "There is nothing at this address.", status=404)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    """Say which part of the address could not be read."""
    told = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in fault.errors)
    return answers.problem("BadInput", told, status=422)


def docs(request: HttpRequest) -> HttpResponse:
    """Show which addresses the API has; plain HTML, because a strict content security policy forbids more."""
    schema = api.get_openapi_schema(path_prefix="/api/")
    calls = [
        (path, how["get"]["summary"], how["get"].get("parameters", []))
        for path, how in schema["paths"].items()
    ]
    return render(request, "api/docs.html", {"calls": calls})


def of_page(request: HttpRequest, address: str, *, id: str = "") -> HttpResponse:
    """Return the answer of the page at `address`, asked with the same words, as JSON.

    An `id` that is the word of another page, such as `register`, is the id of nothing.
    """
    found = resolve(address)
    if id and id not in found.kwargs.values():
        raise Http404
    asked = request.GET.copy()
    asked["format"] = "json"
    request.GET = asked  # type: ignore[assignment]
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    del answer.headers["Content-Disposition"]
    return answer


def _operation(call: Call) -> Callable[..., HttpResponse]:
    asked = Annotated[parameters(call.form, needed=call.needed), Query(...)] if call.form else None
    if "{id}" in call.address:

        def one(request: HttpRequest, id: str, asked: Any = None) -> HttpResponse:
            return of_page(request, "/" + call.address.replace("{id}", id), id=id)

        return _asking(one, asked) if asked else lambda request, id: one(request, id)
    if asked is None:
        return lambda request: of_page(request, "/" + call.address)

    def every(request: HttpRequest, asked: Any) -> HttpResponse:
        return of_page(request, "/" + call.address)

    return _asking(every, asked)


def _asking(operation: Callable[..., HttpResponse], asked: Any) -> Callable[..., HttpResponse]:
    """Give an operation the parameters of its form."""
    operation.__annotations__["asked"] = asked
    return operation


for _call in CALLS:
    api.get("/" + _call.address, response=KINDS, summary=_call.words, operation_id=_call.name)(
        _operation(_call)
    )
