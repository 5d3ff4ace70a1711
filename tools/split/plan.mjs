// Plans which functions and data go into which part of the module. A part is given by its entries, in tools/parts.json:
// it holds all that is reached through them and in no other way. So what the rest of the app can call of a part is its
// entries alone, however the compiler arranges the code, and what parts share stays in the module.
//
//   plan.mjs PARTS LINKED BARE PLAN   reads the linked module with its relocations, writes it without them, and the plan
import { readFileSync, writeFileSync } from "node:fs";
import { linked, withoutRelocations } from "./linked.mjs";

const [partsFile, linkedFile, bareFile, planFile] = process.argv.slice(2);
const parts = JSON.parse(readFileSync(partsFile, "utf8"));
const bytes = readFileSync(linkedFile);
const { names, edges, roots, pieces, functions } = linked(bytes);
const name = (node) => names.get(Number(node.slice(1))) ?? node;

// The function that an entry names: `room::file::function`, or `room::file::Type::function` for one of a type's own; of
// another crate of the house by its name before that.
function entry(path) {
  const words = path.split("::");
  if (!words[0].startsWith("asesmen")) words.unshift("asesmen");
  const type = words.findIndex((word) => /^[A-Z]/.test(word));
  const mangled = (words) => words.map((word) => `${word.length}${word}`).join("");
  const pattern =
    type < 0
      ? new RegExp(`${mangled(words)}$`)
      : new RegExp(`${mangled(words.slice(0, type))}(?!\\d+[a-z]).*${mangled(words.slice(type))}$`);
  const found = functions.filter((node) => pattern.test(name(node)));
  if (found.length !== 1) {
    const what = found.length ? `${found.length} functions` : "no function (an entry has to be #[inline(never)])";
    throw new Error(`split: “${path}” in ${partsFile} names ${what}`);
  }
  return found[0];
}

// All that is reached from some nodes without going through an entry.
function reached(from, entries) {
  const seen = new Set(from);
  const open = [...seen];
  while (open.length > 0) {
    for (const { node, called } of edges.get(open.pop()) ?? []) {
      if (entries.has(node)) {
        // A pointer to an entry could be called without anybody asking whether its part is there.
        if (!called) throw new Error(`split: the address of “${name(node)}” is taken`);
      } else if (!seen.has(node)) {
        seen.add(node);
        open.push(node);
      }
    }
  }
  return seen;
}

const entries = new Map(Object.entries(parts).map(([part, paths]) => [part, paths.map(entry)]));
const all = new Set([...entries.values()].flat());
// What calls a closure for JavaScript is exported only when the glue is made, from the module.
const called = functions.filter((node) => /12wasm_bindgen7convert8closures.*6invoke/.test(name(node)));
const kept = reached([...roots, ...called], all);
const behind = new Map([...entries].map(([part, own]) => [part, reached(own, new Set([...all].filter((node) => !own.includes(node))))]));
const owners = (node) => [...behind.keys()].filter((part) => behind.get(part).has(node));
const belongs = (node, part) => !kept.has(node) && owners(node).length === 1 && behind.get(part).has(node);

// Stretches of data may overlap, where the linker found that one text is the end of another. Only what no other part and
// not the module itself reads moves.
const isApart = (piece, part) =>
  pieces.every(
    (other) =>
      other.address + other.size <= piece.address ||
      piece.address + piece.size <= other.address ||
      belongs(other.node, part),
  );

const plan = [...entries].map(([part, own]) => ({
  part,
  entries: own.map(name),
  functions: functions.filter((node) => belongs(node, part)).map(name),
  data: pieces
    .filter((piece) => piece.size > 0 && belongs(piece.node, part) && isApart(piece, part))
    .map(({ address, size }) => [address, size]),
}));
writeFileSync(planFile, JSON.stringify(plan));
writeFileSync(bareFile, withoutRelocations(bytes));
