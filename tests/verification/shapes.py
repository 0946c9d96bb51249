"""The shape of a JSON value: which fields there are and of which types, whatever stands in them."""

from typing import Any

Shape = dict[str, str]


def shape_of(value: Any, path: str = "") -> Shape:
    """Path -> type: {"data[].b64_json": "string"}. Of a list all entries count as one."""
    if isinstance(value, dict):
        parts = [shape_of(one, f"{path}.{name}".lstrip(".")) for name, one in value.items()]
    elif isinstance(value, list):
        parts = [shape_of(one, f"{path}[]") for one in value]
    else:
        return {path: KINDS[type(value)]}
    return {name: kind for part in parts for name, kind in part.items()}


KINDS: dict[type, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def differences(stand_in: Any, service: Any) -> list[str]:
    """What the stand-in says and the service does not: a field that is not there, or of another type.

    Fields that only the service has are no difference: nobody of ours reads them. A null fits every type.
    """
    ours, theirs = shape_of(stand_in), shape_of(service)
    missing = [f"{path} is not there" for path in ours if path not in theirs]
    other = [
        f"{path} is {theirs[path]} and not {kind}"
        for path, kind in ours.items()
        if path in theirs and "null" not in (kind, theirs[path]) and kind != theirs[path]
    ]
    return missing + other
