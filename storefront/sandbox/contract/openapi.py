"""The calls of the sandbox as an OpenAPI document."""

from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from storefront.sandbox.contract.calls import CALLS, Error, SandboxCall

TEMPLATE = "#/components/schemas/{model}"
JSON = "application/json"
Part = dict[str, Any]


def document() -> Part:
    """The sandbox's calls as an OpenAPI 3.1 document."""
    named = sorted(_models(), key=lambda model: model.__name__)
    _places, schemas = models_json_schema(
        [(model, "validation") for model in named], ref_template=TEMPLATE
    )
    paths: dict[str, Part] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sandbox of Storefront", "version": version("storefront")},
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _models() -> set[type[BaseModel]]:
    answers: set[type[BaseModel]] = {call.answer for call in CALLS}
    return {Error, *answers, *(call.body for call in CALLS if call.body)}


def _operation(call: SandboxCall) -> Part:
    answers = {
        f"{call.status}": {"description": "Done", "content": _content(call.answer)},
        "4XX": {"description": "Refused", "content": _content(Error)},
    }
    operation: Part = {"summary": call.does, "responses": answers}
    if call.body:
        operation["requestBody"] = {"required": True, "content": _content(call.body)}
    if call.query:
        operation["parameters"] = _parameters(call.query)
    return operation


def _content(model: type[BaseModel]) -> Part:
    return {JSON: {"schema": {"$ref": TEMPLATE.format(model=model.__name__)}}}


def _parameters(query: type[BaseModel]) -> list[Part]:
    schema = query.model_json_schema()
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": one}
        for name, one in schema["properties"].items()
    ]
