// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { brush, drawAll, drawStroke, emptyRaster, pixelsOf } from "../../../src/studio/page/src/state/mask_raster.ts";
import type { Stroke } from "../../../src/studio/page/src/state/paint.ts";

const dab = (part: Partial<Stroke> = {}): Stroke => ({ erase: false, size: 0.5, soft: 0, points: [[0.5, 0.5]], ...part });

test("a hard brush is one within its radius and nothing beyond", () => {
  assert.equal(brush(9.9, 10, 0), 1);
  assert.equal(brush(10.1, 10, 0), 0);
});

test("a soft edge falls from one to nothing, half way at half way, never rising", () => {
  assert.equal(brush(5, 10, 0.5), 1);
  assert.equal(brush(7.5, 10, 0.5), 0.5);
  assert.equal(brush(10, 10, 0.5), 0);
  for (let distance = 0; distance < 10; distance += 0.1) assert.ok(brush(distance, 10, 1) >= brush(distance + 0.1, 10, 1));
});

test("a dab covers its disc", () => {
  const { data } = drawAll(100, 100, [dab()]);
  const covered = data.filter((value) => value === 255).length;
  assert.ok(Math.abs(covered - Math.PI * 25 ** 2) < 30, `${covered} pixels`);
});

test("what is drawn in pieces equals what is drawn at once", () => {
  const points: [number, number][] = [[0.1, 0.1], [0.5, 0.2], [0.7, 0.8], [0.2, 0.9]];
  const stroke = dab({ size: 0.2, soft: 0.7, points });
  const whole = drawAll(64, 64, [stroke]);
  const pieces = emptyRaster(64, 64);
  points.forEach((_, index) => drawStroke(pieces, { ...stroke, points: points.slice(0, index + 1) }, index));
  assert.deepEqual(pieces.data, whole.data);
});

test("a stroke over itself does not grow harder", () => {
  const once = drawAll(32, 32, [dab({ soft: 1 })]);
  const thrice = drawAll(32, 32, [dab({ soft: 1 }), dab({ soft: 1 }), dab({ soft: 1, points: [[0.5, 0.5], [0.5, 0.5]] })]);
  assert.deepEqual(thrice.data, once.data);
});

test("erasing takes away what was drawn; turning over twice changes nothing", () => {
  assert.ok(drawAll(32, 32, [dab(), dab({ erase: true, size: 1 })]).data.every((value) => value === 0));
  const turn = dab({ points: [] });
  assert.deepEqual(drawAll(32, 32, [dab({ soft: 1 }), turn, turn]).data, drawAll(32, 32, [dab({ soft: 1 })]).data);
  assert.ok(drawAll(8, 8, [turn]).data.every((value) => value === 255));
});

test("strokes beyond the border do no harm", () => {
  const outside = drawAll(16, 8, [dab({ points: [[-3, -3]] }), dab({ points: [[5, 5]] })]);
  assert.ok(outside.data.every((value) => value === 0));
});

test("a mask is grey and opaque", () => {
  const raster = emptyRaster(1, 1);
  raster.data[0] = 128;
  assert.deepEqual([...pixelsOf(raster, null)], [128, 128, 128, 255]);
  assert.deepEqual([...pixelsOf(raster, [1, 2, 3])].slice(0, 3), [1, 2, 3]);
});
