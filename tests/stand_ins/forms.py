"""A JSON schema filled in, as a model that writes would."""

from typing import Any

Schema = dict[str, Any]


def filled_in(schema: Schema) -> dict[str, Any]:
    """An object that the schema allows: as few items as it asks for, and words that tell the field and the item."""
    value = _value(schema, schema.get("$defs", {}), "", 0)
    assert isinstance(value, dict)
    return value


def _value(schema: Schema, defs: dict[str, Schema], name: str, number: int) -> Any:
    if "$ref" in schema:
        return _value(defs[schema["$ref"].rsplit("/", 1)[-1]], defs, name, number)
    if schema["type"] == "object":
        return {key: _value(one, defs, key, number) for key, one in schema["properties"].items()}
    if schema["type"] == "array":
        return [_value(schema["items"], defs, name, place + 1) for place in range(schema.get("minItems", 1))]
    assert schema["type"] == "string", f"{name} is no string"
    return _words(name, number)


def _words(name: str, number: int) -> str:
    words = name.replace("_", " ").capitalize()
    return f"{words} {number}" if number else words
