// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import { signal } from "@preact/signals";
import { History } from "../../../src/studio/page/src/state/history.ts";

function setup() {
  const value = signal(0);
  const clock = { now: 0 };
  return { value, clock, history: new History(value, () => clock.now) };
}

test("undo and redo go back and forth", () => {
  const { value, history } = setup();
  assert.equal(history.canUndo.value, false);
  history.change(1);
  history.change(2);
  history.undo();
  assert.equal(value.value, 1);
  history.undo();
  assert.equal(value.value, 0);
  history.undo();
  assert.equal(value.value, 0);
  history.redo();
  history.redo();
  assert.equal(value.value, 2);
  assert.equal(history.canRedo.value, false);
});

test("a new change forgets what could be redone", () => {
  const { value, history } = setup();
  history.change(1);
  history.undo();
  history.change(5);
  history.redo();
  assert.equal(value.value, 5);
});

test("a slider that is dragged is one change; after a rest, or of another kind, it is another", () => {
  const { value, clock, history } = setup();
  for (let i = 1; i <= 5; ++i) {
    clock.now += 100;
    history.change(i, "slider");
  }
  history.undo();
  assert.equal(value.value, 0);
  history.redo();
  clock.now += 5000;
  history.change(6, "slider");
  history.change(7, "other");
  history.undo();
  assert.equal(value.value, 6);
  history.undo();
  assert.equal(value.value, 5);
});

test("it forgets the oldest beyond its limit", () => {
  const { value, history } = setup();
  for (let i = 1; i <= History.most + 10; ++i) history.change(i);
  while (history.canUndo.value) history.undo();
  assert.equal(value.value, 10);
});
