// Finishes a built folder: stamps the build's name into the module and the service worker, writes the list of files the
// service worker keeps (each with its hash), compresses, and prints what is loaded against the budget.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// What a build may weigh until a form can be filled: program, style, page, lists, and the largest of the forms. The other
// forms are fetched behind the first screen, for offline use. The aim is 200,000.
const BUDGET = 430_000;
// With the ready-made standard library the module is larger than what is published, so the budget does not judge it.
const [kind, folder, std] = process.argv.slice(2);
const read = (path) => readFileSync(join(folder, path));
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();

const whole = createHash("sha256");
for (const path of files) whole.update(path).update("\0").update(read(path));
const build = whole.digest("hex").slice(0, 16);

const stamp = (path, changes) => {
  let text = read(path).toString();
  for (const [mark, value] of changes) text = text.replace(mark, () => value);
  writeFileSync(join(folder, path), text);
};
stamp("asesmen.js", [["%BUILD%", build]]);

// The icons for home screens are fetched by the system, once, when somebody installs the app; the app never loads them.
const isForInstallation = (path) => path.endsWith(".png");
const kept = files.filter((path) => path !== "sw.js" && !isForInstallation(path));
const entry = (path) => ({
  path: path.replaceAll("\\", "/"),
  integrity: `sha256-${createHash("sha256").update(read(path)).digest("base64")}`,
});
stamp("sw.js", [
  ["%BUILD%", build],
  ["/*%FILES%*/", kept.map((path) => `\n  ${JSON.stringify(entry(path))},`).join("") + "\n"],
]);

const quality = kind === "release" ? constants.BROTLI_MAX_QUALITY : 4;
let [total, forms, largest] = [0, 0, 0];
const isForm = (path) => /^instruments[\\/]/.test(path) && !/(index|rules)\.json$/.test(path);
for (const path of files) {
  const bytes = read(path);
  let loaded = bytes.length;
  if (/\.(js|css|html|json|wasm|svg|webmanifest)$/.test(path)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const small = brotliCompressSync(bytes, { params });
    writeFileSync(join(folder, `${path}.br`), small);
    writeFileSync(join(folder, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    loaded = small.length;
  }
  if (isForm(path)) {
    forms += loaded;
    largest = Math.max(largest, loaded);
  } else if (!isForInstallation(path)) total += loaded;
  console.log(`bundle: ${String(loaded).padStart(8)} bytes  ${path}${isForInstallation(path) ? " (only when installed)" : ""}`);
}
total += largest;
console.log(`bundle: ${String(total + forms - largest).padStart(8)} bytes  kept for offline use (brotli)`);
console.log(`bundle: ${String(total).padStart(8)} bytes  loaded before a form is filled (brotli), build ${build}`);
if (kind === "release" && total > BUDGET) {
  console.error(`bundle: over the budget of ${BUDGET} bytes`);
  if (std === "compiled") process.exit(1);
  console.error("bundle: not held against it, because the standard library is the ready-made one");
}
