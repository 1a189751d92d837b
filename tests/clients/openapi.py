#!/usr/bin/env python3
"""Holds every OpenAPI 3.0 document of a server against an independent validator.

usage: openapi.py BASE_URL

Defaults are set aside for the second look: as upstream publishes them they are zero values, which need not satisfy the
schema they stand in (`""` is no value of an enumeration, `{}` has no required members).
"""
import json
import sys
import urllib.request

from openapi_spec_validator import OpenAPIV30SpecValidator
from openapi_spec_validator.schemas import openapi_v30_schema_validator


def get(url):
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


def without_defaults(node, names=False):
    """A copy without `default`; where keys are names that somebody chose, all of them stay."""
    if isinstance(node, dict):
        kept = node.items() if names else ((key, value) for key, value in node.items() if key != "default")
        return {key: without_defaults(value, not names and key in ("properties", "schemas", "responses", "paths")) for key, value in kept}
    return [without_defaults(item) for item in node] if isinstance(node, list) else node


def faults(document):
    for error in openapi_v30_schema_validator.iter_errors(document):
        yield "shape", error
    for error in OpenAPIV30SpecValidator(without_defaults(document)).iter_errors():
        yield "meaning", error


def main():
    base = sys.argv[1]
    keys = get(base + "/openapi/v3")["paths"]
    bad = 0
    for key, entry in keys.items():
        found = list(faults(get(base + entry["serverRelativeURL"])))
        bad += bool(found)
        for kind, error in found[:5]:
            print(f"{key}: {kind}: {error.message[:300]} at {'/'.join(map(str, error.absolute_path))}")
    print(f"{len(keys) - bad} of {len(keys)} documents are valid")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
