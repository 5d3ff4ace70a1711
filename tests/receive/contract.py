"""Checks docs/openapi.yaml as such, and answers of a real receiver against it.

Arguments: the document, and a file with one exchange a line as JSON: method, path (of the document), status, headers, body.
"""

import json
import sys

from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from openapi_spec_validator.readers import read_from_filename

document, _ = read_from_filename(sys.argv[1])
validate(document)


def resolved(node):
    while "$ref" in node:
        target = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def schema_of(node):
    return {**node, "components": document["components"]}


def check(exchange):
    operation = document["paths"][exchange["path"]][exchange["method"].lower()]
    response = resolved(operation["responses"][str(exchange["status"])])
    for name, header in response.get("headers", {}).items():
        header = resolved(header)
        value = exchange["headers"].get(name.lower())
        assert value is not None or not header.get("required"), f"{name} is missing"
        if value is not None and header["schema"].get("type") == "integer":
            OAS31Validator(schema_of(header["schema"])).validate(int(value))
    if exchange["method"] == "HEAD" or "content" not in response:
        assert exchange["body"] == "", "a body that is not described"
        return (exchange["path"], exchange["method"], exchange["status"])
    kind = exchange["headers"]["content-type"].split(";")[0]
    schema = response["content"][kind]["schema"]
    text = kind in ("text/plain", "application/octet-stream")
    body = exchange["body"] if text else json.loads(exchange["body"])
    OAS31Validator(schema_of(schema), format_checker=OAS31Validator.FORMAT_CHECKER).validate(body)
    return (exchange["path"], exchange["method"], exchange["status"])


seen = set()
with open(sys.argv[2], encoding="utf-8") as lines:
    for line in lines:
        exchange = json.loads(line)
        try:
            seen.add(check(exchange))
        except Exception as error:
            sys.exit(f"{exchange['method']} {exchange['path']} {exchange['status']}: {error}\n{exchange['body'][:500]}")

described = {
    (path, method.upper(), int(status))
    for path, item in document["paths"].items()
    for method, operation in item.items()
    if method in ("get", "head", "put")
    for status in operation["responses"]
}
print(json.dumps(sorted(f"{m} {p} {s}" for p, m, s in described - seen)))
