// Cuts parts out of the module as planned. The module keeps its memory, table and stack, and lends them to the parts;
// a part brings its functions, its places in the table and its data. Where the module calls an entry, it calls through a
// place in the table that is empty until the part stands there, and an empty place is a trap.
//
//   cut.mjs BINARYEN MODULE PLAN FOLDER   writes FOLDER/main.wasm and FOLDER/<part>.wasm
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [library, moduleFile, planFile, folder] = process.argv.slice(2);
const { default: binaryen } = await import(pathToFileURL(library).href);
const bytes = readFileSync(moduleFile);
binaryen.setDebugInfo(true);

const { BulkMemory, BulkMemoryOpt, NontrappingFPToInt, SignExt, MutableGlobals, ReferenceTypes, Multivalue } =
  binaryen.Features;
function opened() {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(
    BulkMemory | BulkMemoryOpt | NontrappingFPToInt | SignExt | MutableGlobals | ReferenceTypes | Multivalue,
  );
  return module;
}

const count = (length, read) => Array.from({ length }, (_, index) => read(index));
const functionsOf = (module) =>
  count(module.getNumFunctions(), (index) => binaryen.getFunctionInfo(module.getFunctionByIndex(index)));
const globalsOf = (module) =>
  count(module.getNumGlobals(), (index) => binaryen.getGlobalInfo(module.getGlobalByIndex(index)));
const tablesOf = (module) =>
  count(module.getNumTables(), (index) => binaryen.getTableInfo(module.getTableByIndex(index)));
const exportsOf = (module) =>
  count(module.getNumExports(), (index) => binaryen.getExportInfo(module.getExportByIndex(index)));
const elementsOf = (module) =>
  count(module.getNumElementSegments(), (index) =>
    binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(index)),
  );
const dataOf = (module) =>
  count(module.getNumDataSegments(), (index) => module.getDataSegmentInfo(module.getDataSegmentByIndex(index))).map(
    ({ offset, data }) => ({ address: offset, bytes: new Uint8Array(data) }),
  );

const whole = opened();
const functions = new Map(functionsOf(whole).map((one) => [one.name, one]));
// What nobody calls is gone by now.
const plan = JSON.parse(readFileSync(planFile, "utf8")).map(({ part, entries, functions: planned, data }) => ({
  part,
  entries: entries.filter((name) => functions.has(name)),
  own: new Set(planned.filter((name) => functions.has(name))),
  data,
}));
const isMain = (name) => !plan.some(({ own }) => own.has(name));

const MEMORY = "0";
const [table] = elementsOf(whole).map((segment) => segment.table);
const { initial: size } = binaryen.getTableInfo(whole.getTable(table));
const places = new Map();
for (const segment of elementsOf(whole)) {
  if (segment.table !== table) throw new Error("split: a second table of functions");
  const { value: first } = binaryen.getExpressionInfo(segment.offset);
  segment.data.forEach((name, index) => places.set(first + index, name));
}
const entries = plan.flatMap(({ entries }) => entries);
const placeOf = new Map(entries.map((name, index) => [name, size + index]));

// Fills the table with those of all functions that a module owns.
function setElements(module, owns) {
  for (const { name } of elementsOf(module)) module.removeElementSegment(name);
  const filled = [...places, ...[...placeOf].map(([name, place]) => [place, name])].filter(([, name]) => owns(name));
  const runs = [];
  for (const [place, name] of filled) {
    const last = runs.at(-1);
    if (last && last.first + last.names.length === place) last.names.push(name);
    else runs.push({ first: place, names: [name] });
  }
  runs.forEach(({ first, names }) =>
    module.addActiveElementSegment(table, `places ${first}`, names, module.i32.const(first)),
  );
}

// Makes room in the table for the entries.
function setPlaces(module) {
  module.removeTable(table);
  module.addTable(table, size + placeOf.size, size + placeOf.size);
}

function setData(module, segments) {
  const { initial, max } = module.getMemoryInfo();
  const data = segments.map(({ address, bytes }) => ({ offset: module.i32.const(address), data: bytes }));
  module.setMemory(initial, max ?? -1, null, data, false, false, MEMORY);
}

// A piece of the data as it stands in a segment.
function found(segments, [address, length]) {
  const segment = segments.find((one) => address >= one.address && address + length <= one.address + one.bytes.length);
  if (!segment) throw new Error(`split: no data at ${address}`);
  return segment.bytes.subarray(address - segment.address, address - segment.address + length);
}

const LENDER = "main";
const lent = { functions: new Set(), globals: new Set(), tables: new Set() };

function cutPart({ part, own, data }) {
  const module = opened();
  for (const { name } of exportsOf(module)) module.removeExport(name);
  setElements(module, (name) => own.has(name));
  for (const { name, params, results } of functions.values()) {
    if (own.has(name)) continue;
    module.removeFunction(name);
    module.addFunctionImport(name, LENDER, name, params, results);
  }
  for (const { name, type, mutable } of globalsOf(module)) {
    module.removeGlobal(name);
    module.addGlobalImport(name, LENDER, name, type, mutable);
  }
  setPlaces(module);
  for (const { name } of tablesOf(module)) module.addTableImport(name, LENDER, name);
  const segments = dataOf(module);
  setData(
    module,
    data.map((piece) => ({ address: piece[0], bytes: found(segments, piece) })),
  );
  module.addMemoryImport(MEMORY, LENDER, "memory");
  module.runPasses(["remove-unused-module-elements"]);
  if (!module.validate()) throw new Error(`split: the part “${part}” is not valid`);
  for (const one of functionsOf(module)) if (one.module) lent.functions.add(one.name);
  for (const { name } of globalsOf(module)) lent.globals.add(name);
  for (const { name } of tablesOf(module)) lent.tables.add(name);
  writeFileSync(join(folder, `${part}.wasm`), module.emitBinary());
  // So many open modules would not have room side by side.
  module.dispose();
  return `${part}: ${own.size} functions, ${data.reduce((sum, [, length]) => sum + length, 0)} bytes of data`;
}

function cutMain() {
  const module = opened();
  setElements(module, isMain);
  for (const { own } of plan) for (const name of own) module.removeFunction(name);
  for (const [name, place] of placeOf) {
    const { params, results } = functions.get(name);
    const handed = binaryen.expandType(params).map((type, index) => module.local.get(index, type));
    const call = module.call_indirect(table, module.i32.const(place), handed, params, results);
    module.addFunction(name, params, results, [], call);
  }
  setPlaces(module);
  const segments = dataOf(module);
  for (const { data } of plan) for (const piece of data) found(segments, piece).fill(0);
  setData(module, segments);
  module.removeExport("memory");
  module.addMemoryExport(MEMORY, "memory");
  // Some of what parts borrow the glue calls by the same name already.
  const known = new Set(exportsOf(module).map((one) => one.name));
  for (const name of lent.functions) if (!known.has(name)) module.addFunctionExport(name, name);
  for (const name of lent.globals) module.addGlobalExport(name, name);
  for (const name of lent.tables) module.addTableExport(name, name);
  if (!module.validate()) throw new Error("split: what is left of the module is not valid");
  writeFileSync(join(folder, "main.wasm"), module.emitBinary());
}

const told = plan.map(cutPart);
cutMain();
for (const line of told) console.log(`bundle: part ${line}`);
