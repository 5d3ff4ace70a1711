// Finishes a built folder: stamps the build's name and the hashes of its parts into the module and the service worker,
// writes the list of files the service worker keeps (each with its hash), compresses, and prints what is loaded against
// the budgets.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// What a browser may load before the first screen; before a built-in form can be filled, the heaviest standing for all, with
// the part that runs expressions; before a host's form can be, without expressions and without the form itself; and what
// all files may weigh together, which the service worker keeps for working without a network.
const SCREEN = 286_000;
const FORM = 348_500;
const HOSTED = 247_000;
const ALL = 975_000;
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

// Nobody who sees the first screen waits for other parts than the tablet's, for the rules of casework or for the service worker.
const isForm = (path) => /^instruments[\\/](?!(index|rules)\.)/.test(path);
const isOf = (part) => (path) => partName(path) === part;
const isLaterPart = (path) => partName(path) !== undefined && !isOf("tablet")(path);
const comesLater = (path) => isLaterPart(path) || /^sw\.js$|^instruments[\\/]rules\./.test(path);

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
const isFirst = (path) => !isForInstallation(path) && !comesLater(path) && !isForm(path);
const sum = (holds) => files.filter(holds).reduce((total, path) => total + loaded.get(path), 0);

const say = (bytes, words) => console.log(`bundle: ${String(bytes).padStart(8)} bytes  ${words}`);
for (const path of files) {
  const later = isForm(path) ? " (when begun)" : " (later)";
  say(loaded.get(path), `${path}${isForInstallation(path) ? " (only when installed)" : isFirst(path) ? "" : later}`);
}
const screen = sum(isFirst);
const form = screen + Math.max(...files.filter(isForm).map((path) => loaded.get(path))) + sum(isOf("expressions"));
const isHosted = (path) => isOf("hosted")(path) || /^asesmen(_bg)?\.(css|js|wasm)$/.test(path);
const hosted = sum(isHosted);
const all = sum((path) => !isForInstallation(path));
say(screen, `before the first screen (brotli), of ${SCREEN}`);
say(form, `before a form can be filled, of ${FORM}`);
say(hosted, `before a host's form without expressions can be filled, of ${HOSTED}`);
say(all, `all together, kept for working without a network, of ${ALL}; build ${build}`);
const isOver = screen > SCREEN || form > FORM || hosted > HOSTED || all > ALL;
if (kind === "release" && isOver) {
  console.error("bundle: over the budget");
  if (std === "compiled") process.exit(1);
  console.error("bundle: not held against it, because the standard library is the ready-made one");
}
