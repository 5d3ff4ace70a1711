// Reads WebAssembly modules as far as the tools beside this file need it: sections, numbers, texts, imports.
// The format: https://webassembly.github.io/spec/core/binary/

export const CUSTOM = 0;
export const IMPORT = 2;
export const FUNCTION = 3;
export const EXPORT = 7;
export const CODE = 10;
export const DATA = 11;

export class Bytes {
  constructor(bytes, at = 0, end = bytes.length) {
    Object.assign(this, { bytes, at, end });
  }
  byte() {
    return this.bytes[this.at++];
  }
  unsigned() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  // Signed numbers are read for their length alone, except small ones.
  signed() {
    let value = 0;
    let shift = 0;
    let byte;
    do {
      byte = this.byte();
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte >= 0x80);
    return shift < 32 && byte & 0x40 ? value | (-1 << shift) : value;
  }
  text() {
    const length = this.unsigned();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString();
  }
  part(length) {
    const part = new Bytes(this.bytes, this.at, this.at + length);
    this.at += length;
    return part;
  }
  list(read) {
    return Array.from({ length: this.unsigned() }, () => read(this));
  }
}

// The sections of a module, each with where it stands in the file.
export function sections(bytes) {
  const all = new Bytes(bytes, 8);
  const found = [];
  while (all.at < all.end) {
    const whole = all.at;
    const kind = all.byte();
    const body = all.part(all.unsigned());
    const start = body.at;
    found.push({ kind, whole, start, end: body.end, name: kind === CUSTOM ? body.text() : undefined, body });
  }
  return found;
}


function limits(from) {
  const flags = from.byte();
  from.unsigned();
  if (flags & 1) from.unsigned();
}

// A number and a text as modules write them.
export function number(value) {
  const written = [];
  for (; value > 0x7f; value >>>= 7) written.push((value & 0x7f) | 0x80);
  return Buffer.from([...written, value]);
}
export const text = (words) => Buffer.concat([number(Buffer.byteLength(words)), Buffer.from(words)]);

// The imports of a module: from where, by which name, of which kind, and the bytes that say the rest.
export function imports(body) {
  return body.list((from) => {
    const [lender, name, kind, start] = [from.text(), from.text(), from.byte(), from.at];
    if (kind === 0) from.unsigned();
    else if (kind === 1) (from.byte(), limits(from));
    else if (kind === 2) limits(from);
    else if (kind === 3) (from.byte(), from.byte());
    else throw new Error(`split: an import of kind ${kind}`);
    return { lender, name, kind, rest: from.bytes.subarray(start - 1, from.at) };
  });
}
