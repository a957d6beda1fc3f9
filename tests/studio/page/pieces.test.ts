// SPDX-License-Identifier: Apache-2.0
// Small pure parts: charts, options as they are typed, poems, searches, families, routes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { problemFrom } from "../../../src/studio/page/src/api/client.ts";
import type { CommandOption, Job } from "../../../src/studio/page/src/api/types.ts";
import { chartOf, comparable } from "../../../src/studio/page/src/state/chart.ts";
import { bredPictures, familyOf, isOf } from "../../../src/studio/page/src/state/family.ts";
import { parseOption, showOption } from "../../../src/studio/page/src/state/option_text.ts";
import { linesOf, marksOf, partsOf, rhymingLines } from "../../../src/studio/page/src/state/poem.ts";
import { matches } from "../../../src/studio/page/src/state/search.ts";

const option = (part: Partial<CommandOption>): CommandOption => ({
  name: "size", group: "", help: "", type: "integer", unit: "", words: [], choices: [], default: 512, required: false, ...part,
});

test("an empty field and the default are as usual", () => {
  assert.equal(parseOption(option({}), " "), undefined);
  assert.equal(parseOption(option({}), "512"), undefined);
});

test("numbers, words and lists", () => {
  assert.equal(parseOption(option({}), "768"), 768);
  assert.equal(parseOption(option({ words: ["native"] }), "native"), "native");
  assert.deepEqual(parseOption(option({ type: "array of number", default: [] }), "2, 1"), [2, 1]);
  assert.deepEqual(parseOption(option({ type: "array of string", default: [] }), "4:5，9:16"), ["4:5", "9:16"]);
  assert.equal(showOption([2, 1]), "2, 1");
});

test("what is no number is passed on, for the studio to refuse in its own words", () => {
  assert.equal(parseOption(option({}), "large"), "large");
});

test("a chart runs from its first point to its last, high above low", () => {
  const points = [100, 10, 1].map((total, done) => ({ done, seconds: done, values: { total } }));
  const chart = chartOf(points, ["total"]);
  assert.equal(chart?.lines[0]?.path, "M0.00 0.00L50.00 50.00L100.00 100.00");
  assert.equal(chartOf(points.slice(0, 1), ["total"]), null);
});

test("a start near zero does not flatten what follows", () => {
  const points = [0.0001, 0.5, 0.4].map((a, done) => ({ done, seconds: done, values: { a } }));
  const chart = chartOf(points, ["a"]);
  assert.equal(chart?.low, 0.1);
  assert.match(chart?.lines[0]?.path ?? "", /^M0.00 100.00L50.00 0.00L100.00 13.86$/);
});

test("values without a logarithm leave a gap, and small ones do not flatten the others", () => {
  const points = [1, 0, 1, 2].map((a, done) => ({ done, seconds: done, values: { a, tv: 0.001 } }));
  assert.equal(chartOf(points, ["a"])?.lines[0]?.path.match(/M/g)?.length, 2);
  assert.deepEqual(comparable(points, ["a", "tv"]), ["a"]);
});

test("rhymes are marked without what punctuation follows", () => {
  assert.deepEqual(marksOf("竹裏題詩詩幾尋。", true), [
    { text: "竹裏題詩詩幾", rhyme: false },
    { text: "尋", rhyme: true },
    { text: "。", rhyme: false },
  ]);
  assert.deepEqual(marksOf("the silver night,", true).map((mark) => mark.text), ["the silver ", "night", ","]);
  assert.deepEqual(marksOf("...", true), [{ text: "...", rhyme: false }]);
  assert.deepEqual(marksOf("春", false), [{ text: "春", rhyme: false }]);
});

test("couplets are two lines, of which the even ones rhyme, and the first where its type says so", () => {
  assert.deepEqual(linesOf("春深，紅樹。\n一片，相思。"), ["春深，", "紅樹。", "一片，", "相思。"]);
  const tones = { kept: true };
  assert.deepEqual([...rhymingLines(4, { form: "qijue", kept: true, tones })], [1, 3]);
  assert.ok(rhymingLines(4, { form: "qijue", kept: true, tones, type: "平起首句入韵" }).has(0));
  assert.deepEqual([...rhymingLines(5, { form: "limerick", kept: true, scheme: "AABBC" })], [0, 1, 2, 3]);
  assert.deepEqual(partsOf({ form: "x", kept: true, tones, type: "t" }), [["tones", tones]]);
});

const job = (part: Partial<Job>): Job => ({
  id: "j", version: 1, command: "stylize", label: "", state: "done", owner: "", priority: 0, attempts: 1, reused: false, shared: false,
  created: "", started: null, ended: null, request: { command: "stylize" }, progress: null, preview: null, outputs: [],
  error: null, ...part,
});

test("a search wants every word, without regard to accents and case", () => {
  const work = job({ label: "Orangerie, Été", request: { command: "stylize", options: { size: 768 }, inputs: { content: ["d"] } } });
  const nameOf = () => "harbour.jpg";
  assert.ok(matches(work, "ete ORANG", nameOf));
  assert.ok(matches(work, "harbour 768", nameOf));
  assert.ok(!matches(work, "ete lake", nameOf));
  assert.ok(matches(work, "", nameOf));
});

const picture = (digest: string) => ({ name: "picture", file_name: `${digest}.png`, digest, kind: "picture" as const, type: "image/png", bytes: 1 });
const bred = (parents: string[], children: string[], model?: string) =>
  job({ command: "breed", request: { command: "breed", inputs: { parents, ...(model ? { model } : {}) } }, outputs: children.map(picture) });

test("children stand a generation below the youngest of their parents", () => {
  const family = familyOf([bred(["b", "a"], ["c"]), bred(["a", "seed:4"], ["b"])]);
  const generation = Object.fromEntries(family.members.map((member) => [member.digest, member.generation]));
  assert.deepEqual(generation, { a: 0, b: 1, c: 2 });
  assert.equal(family.generations, 3);
});

test("a family that runs in a circle is still drawn, and a picture that is its own parent has none", () => {
  assert.equal(familyOf([bred(["a"], ["b"]), bred(["b"], ["a"])]).members.length, 2);
  assert.equal(familyOf([bred(["a"], ["a"])]).members.length, 0);
});

test("pictures of a generator are found once, and only its own", () => {
  const jobs = [bred(["a"], ["b"], "m"), bred(["a"], ["b"], "m"), bred(["a"], ["c"]), job({ outputs: [picture("x")] })];
  const of = (model: string | null) => bredPictures(jobs.filter((one) => isOf(one, model))).map((one) => one.digest);
  assert.deepEqual(of("m"), ["b"]);
  assert.deepEqual(of("other"), []);
  assert.deepEqual(of(null), ["c"]); // the one that comes along is not named
});

test("a refusal that is no problem document still says its status", () => {
  assert.equal(problemFrom(502, "<html>").detail, "HTTP 502");
  assert.equal(problemFrom(400, '{"detail":"size must be 16..65536 px.","name":"size"}').name, "size");
  assert.equal(problemFrom(400, "null").status, 400);
});
