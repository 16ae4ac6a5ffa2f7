"""As much of JSON Schema as schema.json uses."""
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
KEYWORDS = {"$schema", "$id", "$defs", "title", "description", "$ref", "type", "const", "enum", "pattern", "minLength",
            "minimum", "required", "properties", "additionalProperties", "items", "minItems", "oneOf"}


def check_schema(value, schema, root, place):
    unknown = schema.keys() - KEYWORDS
    assert not unknown, f"{place}: schema has {unknown}, which this script does not know"
    if "$ref" in schema:
        check_schema(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, place)
    if "type" in schema:
        right = isinstance(value, TYPES[schema["type"]]) and (schema["type"] == "boolean") == isinstance(value, bool)
        assert right, f"{place} is no {schema['type']}"
    assert value == schema.get("const", value), f"{place} is {value!r}, want {schema.get('const')!r}"
    assert value in schema.get("enum", [value]), f"{place} is {value!r}, want one of {schema.get('enum')}"
    if isinstance(value, str):
        assert re.search(schema.get("pattern", ""), value), f"{place} is {value!r}, want {schema.get('pattern')}"
        assert len(value) >= schema.get("minLength", 0), f"{place} is too short"
    if isinstance(value, dict):
        missing = set(schema.get("required", [])) - value.keys()
        assert not missing, f"{place} has no {missing}"
        for name, member in value.items():
            known = name in schema.get("properties", {})
            assert known or schema.get("additionalProperties", True), f"{place} has {name!r}, which is unknown"
            if known:
                check_schema(member, schema["properties"][name], root, f"{place}.{name}")
    if isinstance(value, list):
        assert len(value) >= schema.get("minItems", 0), f"{place} has too few items"
        for i, item in enumerate(value):
            check_schema(item, schema.get("items", {}), root, f"{place}[{i}]")
    if "oneOf" in schema:
        check_one(value, schema["oneOf"], root, place)


def check_one(value, choices, root, place):
    failures = []
    for choice in choices:
        try:
            check_schema(value, choice, root, place)
        except AssertionError as failure:
            failures.append(str(failure))
    assert len(failures) == len(choices) - 1, f"{place} is not exactly one of {len(choices)}: {failures}"
