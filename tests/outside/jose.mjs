// Checks a sealed document with npm `jose`: every required signer, over the JCS bytes of `document`.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

// Node.js 18 has WebCrypto, but not under the name that libraries look for.
globalThis.crypto ??= webcrypto;

const [, , library, file] = process.argv;
const { generalVerify, importJWK } = await import(library);

// RFC 8785: members sorted by their UTF-16 units; numbers and strings as JavaScript writes them.
const canonical = (value) =>
  Array.isArray(value)
    ? `[${value.map(canonical).join(",")}]`
    : value !== null && typeof value === "object"
      ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`
      : JSON.stringify(value);

const { document, signatures } = JSON.parse(readFileSync(file, "utf8"));
const payload = Buffer.from(canonical(document)).toString("base64url");
for (const signer of document.requiredSigners) {
  const key = await importJWK(signer.jwk, "ES256");
  const kidOf = ({ protected: header }) => JSON.parse(Buffer.from(header, "base64url")).kid;
  const own = signatures.filter((signature) => kidOf(signature) === signer.kid);
  await generalVerify({ payload, signatures: own }, key, { algorithms: ["ES256"] });
}
if (document.requiredSigners.length === 0) throw new Error("nobody had to sign");
