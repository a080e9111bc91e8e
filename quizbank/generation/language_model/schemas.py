"""The few JSON schemas that replies must follow: builders for them, and whether a value fits one."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def record(**fields: Schema) -> Schema:
    """Return the schema of an object with exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def rows(items: Schema, least: int, most: int) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def words() -> Schema:
    """Return the schema of a text; its length is judged where it is used, since not every endpoint takes a bound."""
    return {"type": "string"}


def one_of(*values: str) -> Schema:
    """Return the schema of one of a few words."""
    return {"type": "string", "enum": list(values)}


def fits(value: object, schema: Schema) -> bool:
    """Return whether a value read from JSON follows a schema built here."""
    if schema["type"] == "object":
        fields = schema["properties"]
        return (
            isinstance(value, dict)
            and value.keys() == fields.keys()
            and all(fits(value[name], field) for name, field in fields.items())
        )
    if schema["type"] == "array":
        return (
            isinstance(value, list)
            and schema["minItems"] <= len(value) <= schema["maxItems"]
            and all(fits(one, schema["items"]) for one in value)
        )
    return isinstance(value, str) and value in schema.get("enum", (value,))
