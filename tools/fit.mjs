// Fits the joined scripts and the module to each other. wasm-bindgen exports what every linked crate offers, and gives
// each name a hash; the app uses a part of that, and names travel twice.
//
//   fit.mjs graph SCRIPT              prints, for wasm-metadce, which exports of the module the script reaches
//   fit.mjs rename SCRIPT NAMES WASM  gives imports and exports in the script the short names that wasm-opt printed
//                                     when it made the module, and drops imports that the module does without
import { readFileSync, writeFileSync } from "node:fs";

const MODULE = '"./asesmen_bg.js"';
const [task, script, names, wasm] = process.argv.slice(2);
const source = readFileSync(script, "utf8");

// Whatever is not as wasm-bindgen and esbuild write it today must stop the build, not break the app.
const must = (holds, what) => {
  if (!holds) throw new Error(`fit: ${what} in ${script}; has the shape of the glue changed?`);
};

function graph() {
  const used = [...new Set([...source.matchAll(/\bwasm\d*\.(\w+)/g)].map((match) => match[1]))];
  must(used.includes("memory") && used.includes("connect"), "no use of the exports");
  const exported = used.map((name) => ({ name, export: name }));
  return JSON.stringify([{ name: "script", root: true, reaches: used }, ...exported]);
}

function rename() {
  const map = JSON.parse(readFileSync(names, "utf8"));
  const imports = new Map(map.imports.map(([, long, short]) => [long, short]));
  const exports = new Map(map.exports);
  const renamed = new Set();
  let text = source.replace(/^ {4}(\w+): (function\([^]*?^ {4}\},?\n)/gm, (_, long, rest) => {
    if (!imports.has(long)) return "";
    must(!renamed.has(long), `${long} twice`);
    renamed.add(long);
    return `    ${imports.get(long)}: ${rest}`;
  });
  must(renamed.size === imports.size, `${imports.size - renamed.size} imports missing`);
  text = text.replace(/\b(wasm\d*)\.(\w+)/g, (_, object, long) => {
    must(exports.has(long), `${long}, which the module does not export,`);
    return `${object}.${exports.get(long)}`;
  });
  must(text.split(MODULE).length === 2, "not one table of imports");
  const module = new WebAssembly.Module(readFileSync(wasm));
  const [table, ...others] = new Set(WebAssembly.Module.imports(module).map((one) => one.module));
  must(table && others.length === 0, "not one table of imports");
  return text.replace(MODULE, JSON.stringify(table));
}

if (task === "graph") process.stdout.write(graph());
else writeFileSync(script, rename());
