"""Checks FHIR Bundles with PyPI fhir.resources (R4B), and their signatures with joserfc: one Bundle a line on the standard
input. Every reference within the Bundle has to lead to one of its entries."""

import base64
import json
import sys

from fhir.resources.R4B.bundle import Bundle
from joserfc import jws
from joserfc.jwk import ECKey


def references(value):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "reference" and isinstance(inner, str):
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def without_siblings(value):
    """The library knows no `_valueString` beside the value of an extension, such as translations; npm `fhir` does."""
    if isinstance(value, dict):
        kept = {name: inner for name, inner in value.items() if not ("url" in value and name.startswith("_value"))}
        return {name: without_siblings(inner) for name, inner in kept.items()}
    return [without_siblings(inner) for inner in value] if isinstance(value, list) else value


def check(line):
    bundle = json.loads(line)
    Bundle.model_validate_json(json.dumps(without_siblings(bundle)))
    names = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(names) == len(set(names)), "a resource stands twice"
    resources = [entry["resource"] for entry in bundle["entry"]]
    for name, resource in zip(names, resources):
        assert name == f"urn:uuid:{resource['id']}", name
    provenances = [resource for resource in resources if resource["resourceType"] == "Provenance"]
    for provenance in provenances:
        for reference in references(provenance):
            assert reference in names, f"{reference} leads nowhere"
        (target,) = (target["reference"] for target in provenance["target"])
        (response,) = (each for name, each in zip(names, resources) if name == target)
        for reference in (response["subject"]["reference"], response["author"]["reference"]):
            assert reference in names, f"{reference} leads nowhere"
        for signature in provenance["signature"]:
            compact = base64.b64decode(signature["data"]).decode()
            document = json.loads(base64.urlsafe_b64decode(compact.split(".")[1] + "=="))
            kid = json.loads(base64.urlsafe_b64decode(compact.split(".")[0] + "=="))["kid"]
            (jwk,) = (signer["jwk"] for signer in document["requiredSigners"] if signer["kid"] == kid)
            jws.deserialize_compact(compact, ECKey.import_key(jwk), algorithms=["ES256"])
            assert document["sealId"] == response["id"]
            assert document["response"]["item"] == response["item"], "answers are not those that were signed"
    return len(provenances)


total = 0
for line in sys.stdin:
    total += check(line)
print(total)
