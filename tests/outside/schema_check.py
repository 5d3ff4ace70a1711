"""Checks values against a JSON Schema with PyPI jsonschema: a list of {name, valid, value} on the standard input."""

import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
wrong = []
for case in json.load(sys.stdin):
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(case["value"])]
    if (not errors) != case["valid"]:
        wrong.append(f"{case['name']}: {errors or 'taken'}")
print("\n".join(wrong))
sys.exit(bool(wrong))
