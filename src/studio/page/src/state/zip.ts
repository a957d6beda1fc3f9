// SPDX-License-Identifier: Apache-2.0
// A zip of files as they are, without compression: pictures, films and sound have theirs already.
// Source: APPNOTE.TXT 6.3 (PKWARE); names in UTF-8 (flag bit 11), sizes below 4 GiB.

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff]!;
  return (crc ^ 0xffffffff) >>> 0;
}

export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
}

const utf8Names = 0x0800;

/** `signature`, then numbers of two or four bytes, little-endian. */
function record(signature: number, fields: [2 | 4, number][]): Uint8Array {
  const bytes = new Uint8Array(4 + fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let at = 4;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** The pieces of the zip, in their order. Equal names get numbers. */
export function zip(entries: readonly ZipEntry[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  const taken = new Set<string>();
  let offset = 0;
  for (const { name: given, bytes } of entries) {
    const wanted = given.replaceAll(/[/\\]/g, "-");
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = wanted.replace(/(\.[^.]*)?$/, ` ${number}$1`);
    taken.add(name);
    const encoded = new TextEncoder().encode(name);
    const common: [2 | 4, number][] = [
      [2, 20],
      [2, utf8Names],
      [2, 0],
      [2, 0],
      [2, 0x21], // 1980-01-01: the time is the recipe's, not the archive's
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, encoded.length],
      [2, 0],
    ];
    const head = record(0x04034b50, common);
    pieces.push(head, encoded, bytes);
    directory.push(record(0x02014b50, [[2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), encoded);
    offset += head.length + encoded.length + bytes.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  const end = record(0x06054b50, [[2, 0], [2, 0], [2, entries.length], [2, entries.length], [4, size], [4, offset], [2, 0]]);
  return [...pieces, ...directory, end];
}
