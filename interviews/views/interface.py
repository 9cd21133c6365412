"""The page about the interface for programs, made from its OpenAPI document."""

from dataclasses import dataclass
from functools import cache

from django.shortcuts import render
from django.urls import reverse

from interviews.api import schemas
from interviews.api.interface import api

FORMATS = {"uuid": "id", "date": "date", "date-time": "moment"}
EVERYWHERE = ("fields", "limit", "cursor")  # what the page tells once for all endpoints


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter of an endpoint, or a field of a record; `form` says in words what it holds."""

    name: str
    form: str
    about: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What can be asked for at a path."""

    path: str
    heading: str
    about: str
    parameters: list[Field]


@dataclass(frozen=True, slots=True)
class Record:
    """What an answer holds."""

    name: str
    about: str
    fields: list[Field]


def interface(request):
    """What can be asked for, and what comes."""
    document, root = reverse("api:openapi-json"), reverse("api:page")
    return render(request, "interface.html", {"document": document, "root": root} | described())


@cache
def described():
    """The endpoints and records of the OpenAPI document."""
    told = api.get_openapi_schema(path_prefix=reverse("api:page"))
    return {
        "endpoints": [endpoint_of(path, methods["get"]) for path, methods in told["paths"].items()],
        "records": [
            Record(name, schema.get("description", ""), fields_of(schema))
            for name, schema in told["components"]["schemas"].items()
            if hasattr(schemas, name)
        ],
    }


def endpoint_of(path, operation):
    parameters = [
        Field(each["name"], form_of(each["schema"]).removesuffix(" or nothing"), each["schema"].get("description", ""))
        for each in operation.get("parameters", ())
        if each["name"] not in EVERYWHERE
    ]
    return Endpoint(path, operation["summary"], operation.get("description", ""), parameters)


def fields_of(schema):
    return [
        Field(name, form_of(each), each.get("description") or described_in(each))
        for name, each in schema.get("properties", {}).items()
    ]


def described_in(schema):
    """The description of the one form that a value has where it is there at all."""
    return next((each["description"] for each in schema.get("anyOf", ()) if "description" in each), "")


def form_of(schema):
    """What a value is, in words: “number”, “list of EntityStub”, “text or nothing”."""
    if "anyOf" in schema:
        return " or ".join(form_of(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema:
        return " · ".join(map(str, filter(None, schema["enum"])))
    if schema.get("type") == "array":
        return f"list of {form_of(schema['items'])}"
    plain = {"null": "nothing", "integer": "number", "boolean": "true or false", "string": "text"}
    return FORMATS.get(schema.get("format")) or plain.get(schema.get("type"), "anything")
