// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { test } from "node:test";
import type { StudioFile } from "../../../src/studio/page/src/api/types.ts";
import { easelFrom, emptyEasel, paintRequest, paintRequests, varied, type Easel } from "../../../src/studio/page/src/state/paint.ts";

const file = (digest: string): StudioFile => ({ digest, name: `${digest}.jpg`, kind: "picture", type: "image/jpeg", bytes: 1 });
const style = (digest: string, weight = 1, mask = "") => ({
  file: file(digest),
  weight,
  mask: mask ? { digest: mask, strokes: [] } : null,
});
const easel = (part: Partial<Easel>): Easel => ({ ...emptyEasel, content: file("c"), styles: [style("s")], ...part });

test("the smallest request names photograph, painting and preset", () => {
  assert.deepEqual(paintRequest(easel({})), {
    command: "stylize",
    inputs: { content: ["c"], styles: ["s"] },
    options: { preset: "draft" },
    label: "c + s",
  });
});

test("further photographs are painted in the same way, without the first one's masks", () => {
  const requests = paintRequests(easel({ more: [file("d")], styles: [style("s", 1, "m")], options: { size: 256 } }));
  assert.deepEqual(requests.map((request) => request.inputs?.["content"]), [["c"], ["d"]]);
  assert.deepEqual(requests[0]?.inputs?.["style_mask"], ["m"]);
  assert.equal(requests[1]?.inputs?.["style_mask"], undefined);
  assert.deepEqual(requests[1]?.options, { size: 256 });
});

test("nothing on the easel is no request", () => {
  assert.throws(() => paintRequest(emptyEasel));
});

test("shares are said only where they differ, and only of paintings without a mask", () => {
  assert.equal(paintRequest(easel({ styles: [style("a"), style("b")] })).options?.["blend"], undefined);
  assert.deepEqual(paintRequest(easel({ styles: [style("a", 2), style("b", 1)] })).options?.["blend"], [2, 1]);
  const masked = paintRequest(easel({ styles: [style("a", 2), style("b", 3, "m"), style("d", 1)] }));
  assert.deepEqual(masked.options?.["blend"], [2, 1]);
  assert.deepEqual(masked.inputs?.["style_mask"], ["-", "m", "-"]);
});

test("what was painted comes back onto the easel as it was", () => {
  const before = easel({
    styles: [style("a", 2), style("b", 1, "m"), style("d", 0.5)],
    options: { preset: "best", size: 768 },
    protect: { digest: "p", strokes: [] },
    inputs: { init: ["noise"], protect: ["faces"] },
  });
  const request = paintRequest(before);
  const files = new Map(["c", "a", "b", "d"].map((digest) => [digest, file(digest)]));
  assert.deepEqual(easelFrom(request, files), before);
  assert.deepEqual(paintRequest(easelFrom(request, files)), request);
});

test("a painting that was deleted since is left out", () => {
  const request = paintRequest(easel({ styles: [style("a"), style("b")] }));
  const back = easelFrom(request, new Map([["c", file("c")], ["b", file("b")]]));
  assert.deepEqual(back.styles.map((one) => one.file.digest), ["b"]);
});

test("a variant has another seed each time and begins with noise, unless it is said where", () => {
  const once = varied(easel({}));
  assert.equal(once.options["seed"], 1);
  assert.equal(varied(once).options["seed"], 2);
  assert.deepEqual(once.inputs["init"], ["noise"]);
  assert.deepEqual(varied(easel({ inputs: { init: ["fast"] } })).inputs["init"], ["fast"]);
});
