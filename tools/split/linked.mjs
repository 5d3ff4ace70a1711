// Reads what the linker wrote with `--emit-relocs`: the functions and data of the module, and which of them speaks of
// which. The table of symbols and the relocations say so exactly; nothing is guessed from numbers in the code.
// The format: https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md

import { Bytes, CODE, CUSTOM, DATA, EXPORT, IMPORT, imports, sections } from "./bytes.mjs";

function functionNames(body) {
  while (body.at < body.end) {
    const kind = body.byte();
    const part = body.part(body.unsigned());
    if (kind === 1) return new Map(part.list((from) => [from.unsigned(), from.text()]));
  }
  throw new Error("split: the module has no names");
}

const UNDEFINED = 0x10;
const EXPLICIT_NAME = 0x40;

// The table of symbols: `{ function }`, `{ segment, offset, size }`, or neither.
function symbols(body) {
  if (body.unsigned() !== 2) throw new Error("split: another version of the linking section");
  while (body.at < body.end) {
    const kind = body.byte();
    const part = body.part(body.unsigned());
    if (kind === 8) return part.list(symbol);
  }
  throw new Error("split: no table of symbols");
}

function symbol(from) {
  const kind = from.byte();
  const flags = from.unsigned();
  const isUndefined = (flags & UNDEFINED) !== 0;
  if (kind === 1) {
    const name = from.text();
    return isUndefined ? { name } : { name, segment: from.unsigned(), offset: from.unsigned(), size: from.unsigned() };
  }
  const index = from.unsigned();
  if (kind === 3) return {};
  if (!isUndefined || flags & EXPLICIT_NAME) from.text();
  return kind === 0 ? { function: index } : {};
}

// What a relocation points at, by its type.
const CALLS = new Set([0]);
const TAKES_ADDRESS = new Set([1, 2, 12]);
const POINTS_AT_DATA = new Set([3, 4, 5, 11]);
const POINTS_AT_NEITHER = new Set([6, 7, 13, 20]);
const IN_DEBUG_SECTIONS = new Set([8, 9]);

function relocations(body) {
  const section = body.unsigned();
  const list = body.list((from) => {
    const type = from.byte();
    const at = from.unsigned();
    const symbol = from.unsigned();
    if (POINTS_AT_DATA.has(type) || IN_DEBUG_SECTIONS.has(type)) from.signed();
    else if (!CALLS.has(type) && !TAKES_ADDRESS.has(type) && !POINTS_AT_NEITHER.has(type)) {
      throw new Error(`split: a relocation of type ${type}`);
    }
    return { type, at, symbol };
  });
  return { section, list };
}

function segments(section) {
  const { body } = section;
  return body.list((from) => {
    if (from.byte() !== 0) throw new Error("split: a segment that is not active");
    if (from.byte() !== 0x41) throw new Error("split: a segment at no constant address");
    const address = from.signed();
    if (from.byte() !== 0x0b) throw new Error("split: a segment at no constant address");
    const size = from.unsigned();
    const { at } = from.part(size);
    return { address, size, at: at - section.start };
  });
}

// The last element of a sorted list that begins at or before a place.
function covering(sorted, at) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].at <= at) low = middle + 1;
    else high = middle;
  }
  const found = sorted[low - 1];
  return found && at < found.at + found.size ? found : undefined;
}

// The module as a graph. Nodes are functions (`f<index>`) and stretches of data (`d<address>`).
export function linked(bytes) {
  const all = sections(bytes);
  const one = (kind, name) => {
    const found = all.find((section) => section.kind === kind && section.name === name);
    if (!found) throw new Error(`split: the module has no section ${name ?? kind}`);
    return found;
  };
  // Imported functions come first in all numbering.
  const imported = imports(one(IMPORT).body).filter(({ kind }) => kind === 0).length;
  const names = functionNames(one(CUSTOM, "name").body);
  const known = symbols(one(CUSTOM, "linking").body);

  const code = one(CODE);
  let index = imported;
  const bodies = code.body.list((from) => {
    const size = from.unsigned();
    const { at } = from.part(size);
    return { node: `f${index++}`, at: at - code.start, size };
  });

  const data = one(DATA);
  const stretches = segments(data);
  const pieces = new Map();
  for (const { segment, offset, size } of known) {
    if (segment === undefined) continue;
    const { address, at } = stretches[segment];
    const node = `d${address + offset}`;
    const piece = pieces.get(node);
    if (!piece) pieces.set(node, { node, address: address + offset, at: at + offset, size });
    else piece.size = Math.max(piece.size, size);
  }
  const sorted = [...pieces.values()].sort((a, b) => a.at - b.at);

  const edges = new Map();
  const from = (node, to) => {
    if (!edges.has(node)) edges.set(node, []);
    edges.get(node).push(to);
  };
  const unowned = [];
  const target = ({ type, symbol }) => {
    const { function: callee, segment, offset } = known[symbol] ?? {};
    if (POINTS_AT_NEITHER.has(type)) return undefined;
    if (callee !== undefined) return { node: `f${callee}`, called: CALLS.has(type) };
    return segment === undefined ? undefined : { node: `d${stretches[segment].address + offset}`, called: false };
  };
  const follow = (section, owners) => {
    const position = all.indexOf(section);
    for (const { name, body } of all) {
      if (!name?.startsWith("reloc.")) continue;
      const { section: about, list } = relocations(new Bytes(body.bytes, body.at, body.end));
      if (about !== position) continue;
      for (const one of list) {
        const to = target(one);
        if (!to) continue;
        const owner = covering(owners, one.at);
        if (owner) from(owner.node, to);
        else unowned.push(to.node);
      }
    }
  };
  follow(code, bodies);
  follow(data, sorted);

  const exported = one(EXPORT).body.list((from) => ({ name: from.text(), kind: from.byte(), index: from.unsigned() }));
  const roots = exported.filter(({ kind }) => kind === 0).map(({ index }) => `f${index}`);
  return { names, edges, roots: [...roots, ...unowned], functions: bodies.map(({ node }) => node), pieces: sorted };
}

// The module without what only a linker needs, which the tools after this one would take for their own business.
export function withoutRelocations(bytes) {
  const kept = sections(bytes).filter(({ name }) => name !== "linking" && !name?.startsWith("reloc."));
  return Buffer.concat([bytes.subarray(0, 8), ...kept.map(({ whole, end }) => bytes.subarray(whole, end))]);
}
