// Finishes a built folder: stamps the build's name and the hashes of its parts into the module and the service worker,
// writes the list of files the service worker keeps (each with its hash), compresses, and prints what is loaded against
// the budgets.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// What a browser may load before the first built-in form can be filled, and what all files may weigh together, which the
// service worker keeps for working without a network.
const FIRST = 200_000;
const ALL = 600_000;
// With the ready-made standard library the module is larger than what is published, so the budgets do not judge it.
const [kind, folder, std] = process.argv.slice(2);
const read = (path) => readFileSync(join(folder, path));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();

const whole = createHash("sha256");
for (const path of files) whole.update(path).update("\0").update(read(path));
const build = whole.digest("hex").slice(0, 16);

const integrity = (path) => `sha256-${createHash("sha256").update(read(path)).digest("base64")}`;
const stamp = (path, changes) => {
  let text = read(path).toString();
  for (const [mark, value] of changes) text = text.replace(mark, () => value);
  writeFileSync(join(folder, path), text);
};
const partName = (path) => /^asesmen_(?!bg\.)(\w+)\.wasm$/.exec(path)?.[1];
const parts = files.filter(partName).map((path) => [partName(path), integrity(path)]);
stamp("asesmen.js", [
  ["%BUILD%", build],
  ['"%PARTS%"', JSON.stringify(Object.fromEntries(parts))],
]);

// The icons for home screens are fetched by the system, once, when somebody installs the app; the app never loads them.
const isForInstallation = (path) => path.endsWith(".png");
const kept = files.filter((path) => path !== "sw.js" && !isForInstallation(path));
const entry = (path) => ({ path: path.replaceAll("\\", "/"), integrity: integrity(path) });
stamp("sw.js", [
  ["%BUILD%", build],
  ["/*%FILES%*/", kept.map((path) => `\n  ${JSON.stringify(entry(path))},`).join("") + "\n"],
]);

// Of the forms, the first needs one; the heaviest stands for it. Parts and the service worker come in the background.
const forms = files.filter((path) => /^instruments\/(?!index\.|rules\.)/.test(path));
const EXPRESSIONS = "asesmen_expressions.wasm";
const comesLater = (path) => path === "sw.js" || partName(path) !== undefined;

const quality = kind === "release" ? constants.BROTLI_MAX_QUALITY : 4;
const loaded = new Map();
for (const path of files) {
  const bytes = read(path);
  loaded.set(path, bytes.length);
  if (/\.(js|css|html|json|wasm|svg|webmanifest)$/.test(path)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const small = brotliCompressSync(bytes, { params });
    writeFileSync(join(folder, `${path}.br`), small);
    writeFileSync(join(folder, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    loaded.set(path, small.length);
  }
}
const needs = (form) => loaded.get(form) + (/xpression|\\/regex/.test(read(form)) ? (loaded.get(EXPRESSIONS) ?? 0) : 0);
const heaviest = forms.reduce((one, other) => (needs(other) > needs(one) ? other : one), forms[0]);
const isFirst = (path) => !isForInstallation(path) && !comesLater(path) && !forms.includes(path);
const sum = (holds) => files.filter(holds).reduce((total, path) => total + loaded.get(path), 0);

const say = (bytes, words) => console.log(`bundle: ${String(bytes).padStart(8)} bytes  ${words}`);
for (const path of files) {
  const when = isForInstallation(path) ? " (only when installed)" : isFirst(path) ? "" : " (later)";
  say(loaded.get(path), `${path}${when}`);
}
const first = sum(isFirst) + needs(heaviest);
const all = sum((path) => !isForInstallation(path));
say(sum(isFirst), "before the first screen (brotli)");
say(first, `before the first form can be filled, of ${FIRST}`);
say(all, `all together, kept for working without a network, of ${ALL}; build ${build}`);
if (kind === "release" && (first > FIRST || all > ALL)) {
  console.error("bundle: over the budget");
  if (std === "compiled") process.exit(1);
  console.error("bundle: not held against it, because the standard library is the ready-made one");
}
