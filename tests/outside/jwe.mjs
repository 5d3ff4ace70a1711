// Decrypts a package with npm `jose`, or encrypts a file to a public key: decrypt KEY FILE, encrypt KEY FILE.
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";

// Node.js 18 has WebCrypto, but not under the name that libraries look for.
globalThis.crypto ??= webcrypto;

const [, , library, what, keyFile, file] = process.argv;
const { CompactEncrypt, compactDecrypt, importJWK } = await import(library);

const jwk = JSON.parse(readFileSync(keyFile, "utf8"));
const key = await importJWK(jwk, "ECDH-ES");
if (what === "decrypt") {
  const only = { keyManagementAlgorithms: ["ECDH-ES"], contentEncryptionAlgorithms: ["A256GCM"] };
  const { plaintext, protectedHeader } = await compactDecrypt(readFileSync(file, "utf8"), key, only);
  if (protectedHeader.kid !== jwk.kid) throw new Error(`another kid: ${protectedHeader.kid}`);
  process.stdout.write(plaintext);
} else {
  const header = { alg: "ECDH-ES", enc: "A256GCM", kid: jwk.kid };
  process.stdout.write(await new CompactEncrypt(readFileSync(file)).setProtectedHeader(header).encrypt(key));
}
