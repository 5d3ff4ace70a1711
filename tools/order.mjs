// Names the functions of a module by the order that compresses best, for wasm-opt to sort them by: those of one type
// together, and among them those that begin alike.
//
//   order.mjs MODULE OUT
import { readFileSync, writeFileSync } from "node:fs";
import { Bytes, CODE, FUNCTION, IMPORT, imports, number, sections, text } from "./split/bytes.mjs";

const [moduleFile, outFile] = process.argv.slice(2);
const bytes = readFileSync(moduleFile);
const all = sections(bytes);
const bodyOf = (kind) => all.find((section) => section.kind === kind).body;

const imported = imports(bodyOf(IMPORT)).filter(({ kind }) => kind === 0).length;
const types = bodyOf(FUNCTION).list((from) => from.unsigned());
const bodies = bodyOf(CODE).list((from) => {
  const { at, end } = from.part(from.unsigned());
  return bytes.subarray(at, end);
});
const order = bodies.map((_, index) => index);
order.sort((one, other) => types[one] - types[other] || Buffer.compare(bodies[one], bodies[other]));

const width = String(order.length).length;
const named = order.map((index, place) => [imported + index, String(place).padStart(width, "0")]);
named.sort(([one], [other]) => one - other);
const list = Buffer.concat([number(named.length), ...named.flatMap(([index, name]) => [number(index), text(name)])]);
const names = Buffer.concat([text("name"), Buffer.from([1]), number(list.length), list]);
writeFileSync(
  outFile,
  Buffer.concat([
    bytes.subarray(0, 8),
    ...all.filter(({ name }) => name !== "name").map(({ whole, end }) => bytes.subarray(whole, end)),
    Buffer.from([0]),
    number(names.length),
    names,
  ]),
);
