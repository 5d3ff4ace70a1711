"""Checks a sealed document with PyPI joserfc: every required signer, over the JCS bytes of `document`."""

import base64
import json
import sys

from joserfc import jws
from joserfc.jwk import ECKey


def canonical(value):
    """RFC 8785 for the numbers that documents hold: members sorted by their UTF-16 units."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(inner) for key, inner in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


with open(sys.argv[1], encoding="utf-8") as file:
    sealed = json.load(file)
document = sealed["document"]
payload = base64.urlsafe_b64encode(canonical(document).encode()).rstrip(b"=").decode()
assert document["requiredSigners"], "nobody had to sign"
for signer in document["requiredSigners"]:
    key = ECKey.import_key(signer["jwk"])

    def kid(signature):
        header = signature["protected"]
        return json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["kid"]

    own = [signature for signature in sealed["signatures"] if kid(signature) == signer["kid"]]
    assert len(own) == 1, "one signature for each signer"
    jws.deserialize_json({"payload": payload, "signatures": own}, key, algorithms=["ES256"])
