// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { readMidi } from "../../../src/studio/page/src/state/midi.ts";

const text = (word: string): number[] => [...word].map((letter) => letter.charCodeAt(0));
const four = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** A file of 96 ticks a quarter. */
function midi(...tracks: number[][]): ArrayBuffer {
  const bytes = [...text("MThd"), ...four(6), 0, 1, 0, tracks.length, 0, 96];
  for (const track of tracks) bytes.push(...text("MTrk"), ...four(track.length), ...track);
  return new Uint8Array(bytes).buffer;
}

const end = [0, 0xff, 0x2f, 0];

test("a quarter at the usual tempo takes half a second", () => {
  assert.deepEqual(readMidi(midi([0, 0x90, 60, 64, 96, 0x80, 60, 0, ...end])), [{ start: 0, end: 0.5, pitch: 60, voice: 0 }]);
});

test("running status, and a note that is struck with no force ends", () => {
  const notes = readMidi(midi([0, 0x90, 60, 64, 0, 64, 64, 96, 60, 0, 96, 64, 0, ...end]));
  assert.deepEqual(notes.map((note) => [note.pitch, note.end]), [[60, 0.5], [64, 1]]);
});

test("tempo changes within a note, and lengths of two bytes", () => {
  // 96 ticks at 0.5 s a quarter, then 192 ticks (0x81 0x40) at 1 s.
  const notes = readMidi(midi([0, 0x90, 60, 64, 96, 0xff, 0x51, 3, 0x0f, 0x42, 0x40, 0x81, 0x40, 0x80, 60, 0, ...end]));
  assert.equal(notes[0]?.end, 2.5);
});

test("voices are told apart by track and channel", () => {
  const notes = readMidi(midi([0, 0x90, 60, 64, 96, 0x80, 60, 0, ...end], [0, 0x91, 50, 64, 0, 0x92, 40, 64, ...end]));
  assert.equal(new Set(notes.map((note) => note.voice)).size, 3);
});

test("system messages and other events are passed over", () => {
  const notes = readMidi(midi([0, 0xf0, 2, 1, 0xf7, 0, 0xc0, 5, 0, 0xff, 3, 2, 65, 66, 0, 0x90, 60, 64, 96, 0x80, 60, 0, ...end]));
  assert.equal(notes.length, 1);
});

test("what is no MIDI file, or is cut short, is refused", () => {
  assert.throws(() => readMidi(new Uint8Array(text("OggS")).buffer), RangeError);
  const whole = new Uint8Array(midi([0, 0x90, 60, 64, 96, 0x80, 60, 0, ...end]));
  for (const length of [0, 3, 13]) assert.throws(() => readMidi(whole.slice(0, length).buffer), RangeError);
  for (let length = 22; length < whole.length; ++length) {
    try {
      readMidi(whole.slice(0, length).buffer);
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
  }
});
