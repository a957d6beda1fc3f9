// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, zip } from "../../../src/studio/page/src/state/zip.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const whole = (pieces: Uint8Array[]) => Buffer.concat(pieces);

test("the check value of CRC-32 is that of its definition", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
  assert.equal(crc32(bytes("")), 0);
});

test("a zip's directory leads to each file", () => {
  const file = whole(zip([{ name: "a.txt", bytes: bytes("first") }, { name: "画.txt", bytes: bytes("second") }]));
  const end = file.length - 22;
  assert.equal(file.readUInt32LE(end), 0x06054b50);
  assert.equal(file.readUInt16LE(end + 10), 2);
  let at = file.readUInt32LE(end + 16);
  for (const [name, content] of [["a.txt", "first"], ["画.txt", "second"]]) {
    assert.equal(file.readUInt32LE(at), 0x02014b50);
    const nameLength = file.readUInt16LE(at + 28);
    assert.equal(file.toString("utf8", at + 46, at + 46 + nameLength), name);
    const local = file.readUInt32LE(at + 42);
    assert.equal(file.readUInt32LE(local), 0x04034b50);
    const size = file.readUInt32LE(local + 18);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    assert.equal(file.toString("utf8", start, start + size), content);
    at += 46 + nameLength;
  }
  assert.equal(at, end);
});

test("names lead nowhere, and none is there twice", () => {
  const file = whole(zip([{ name: "../x.png", bytes: bytes("1") }, { name: "..\\x.png", bytes: bytes("2") }])).toString("latin1");
  assert.ok(!file.includes("/x.png") && !file.includes("\\x.png"));
  assert.equal(file.split("..-x.png").length - 1, 2); // once in front of the file, once in the directory
  assert.ok(file.includes("..-x 2.png"));
});
