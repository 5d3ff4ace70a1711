"""Decrypts a package with PyPI joserfc, or encrypts a file to a public key: decrypt KEY FILE, encrypt KEY FILE."""

import json
import sys

from joserfc import jwe
from joserfc.jwk import ECKey

_, what, key_file, path = sys.argv
with open(key_file, encoding="utf-8") as source:
    jwk = json.load(source)
key = ECKey.import_key(jwk)
with open(path, "rb") as source:
    content = source.read()
registry = jwe.JWERegistry(algorithms=["ECDH-ES", "A256GCM"])
# The library reads 64 kB unless it is told otherwise; a package may be larger.
registry.max_ciphertext_length = 96 * 1024 * 1024
if what == "decrypt":
    opened = jwe.decrypt_compact(content, key, registry=registry)
    assert opened.headers()["kid"] == jwk["kid"], "another kid"
    sys.stdout.buffer.write(opened.plaintext)
else:
    header = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": jwk["kid"]}
    sys.stdout.write(jwe.encrypt_compact(header, content, key, registry=registry))
