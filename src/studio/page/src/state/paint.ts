// SPDX-License-Identifier: Apache-2.0
// What is on the easel: the photograph, the paintings and the options, kept on reload, with undo.
import { batch } from "@preact/signals";
import type { JobRequest, OptionValue, StudioFile } from "../api/types.ts";
import { History } from "./history.ts";
import { stored } from "./storage.ts";

/** One stroke of a mask; places and sizes in shares of the picture's width. */
export interface Stroke {
  erase: boolean;
  size: number;
  soft: number;
  points: [number, number][];
}

export interface Mask {
  digest: string;
  strokes: Stroke[];
}

export interface Style {
  file: StudioFile;
  weight: number;
  mask: Mask | null;
}

export interface Easel {
  content: StudioFile | null;
  /** Further photographs, each painted in the same way by itself. */
  more: StudioFile[];
  styles: Style[];
  options: Record<string, OptionValue>;
  protect: Mask | null;
  /** Inputs beside photograph, paintings and masks: where painting starts, a texture, ... */
  inputs: Record<string, string[]>;
}

export const emptyEasel: Easel = {
  content: null,
  more: [],
  styles: [],
  options: { preset: "draft" },
  protect: null,
  inputs: {},
};
export const mostStyles = 16;
/** Inputs that have a place of their own on the easel. */
export const ownInputs = ["content", "styles", "style_mask", "protect"];

export const easel = stored<Easel>("easel", emptyEasel);
easel.value = { ...emptyEasel, ...easel.peek() };
export const easelHistory = new History(easel);
/** The job that the easel shows. */
export const easelJob = stored<string>("easel-job", "");

export function change(part: Partial<Easel>, kind = ""): void {
  easelHistory.change({ ...easel.peek(), ...part }, kind);
}

export function addStyles(files: StudioFile[]): void {
  const styles = easel.peek().styles;
  const fresh = files
    .filter((file) => !styles.some((style) => style.file.digest === file.digest))
    .map((file): Style => ({ file, weight: 1, mask: null }));
  if (fresh.length > 0) change({ styles: [...styles, ...fresh].slice(0, mostStyles) });
}

export function changeStyle(index: number, part: Partial<Style>, kind = ""): void {
  const styles = easel.peek().styles.map((style, i) => (i === index ? { ...style, ...part } : style));
  change({ styles }, kind);
}

export function moveStyle(index: number, by: number): void {
  const styles = [...easel.peek().styles];
  const [style] = styles.splice(index, 1);
  if (style) styles.splice(Math.max(0, Math.min(styles.length, index + by)), 0, style);
  change({ styles });
}

export function setOption(name: string, value: OptionValue | undefined): void {
  const options = { ...easel.peek().options };
  if (value === undefined) delete options[name];
  else options[name] = value;
  change({ options }, `option ${name}`);
}

export function setInput(name: string, digests: string[]): void {
  const inputs = { ...easel.peek().inputs };
  if (digests.length === 0) delete inputs[name];
  else inputs[name] = digests;
  change({ inputs });
}

/** The same again with other chance: the next seed, from noise, since the photograph has none. */
export function varied(from: Easel): Easel {
  const seed = from.options["seed"];
  return {
    ...from,
    options: { ...from.options, seed: (typeof seed === "number" ? seed : 0) + 1 },
    inputs: { init: ["noise"], ...from.inputs },
  };
}

/** The request that paints what is on the easel. */
export function paintRequest(from: Easel): JobRequest {
  if (!from.content || from.styles.length === 0) throw new Error("the easel is not ready");
  const inputs: Record<string, string[]> = {
    ...from.inputs,
    content: [from.content.digest],
    styles: from.styles.map((style) => style.file.digest),
  };
  const options = { ...from.options };
  if (from.styles.some((style) => style.mask))
    inputs["style_mask"] = from.styles.map((style) => style.mask?.digest ?? "-");
  if (from.protect)
    inputs["protect"] = [from.protect.digest, ...(inputs["protect"] ?? []).filter((word) => word === "faces")];
  const unmasked = from.styles.filter((style) => !style.mask);
  if (unmasked.length > 1 && new Set(unmasked.map((style) => style.weight)).size > 1)
    options["blend"] = unmasked.map((style) => style.weight);
  const names = [from.content, ...from.styles.map((style) => style.file)].map((file) =>
    file.name.replace(/\.[^.]*$/, ""),
  );
  return {
    command: "stylize",
    inputs,
    options,
    label: names.join(" + ").slice(0, 200),
  };
}

/** One request a photograph. Masks lie on the first alone: they show its places. */
export function paintRequests(from: Easel): JobRequest[] {
  const unmasked = { ...from, styles: from.styles.map((style) => ({ ...style, mask: null })), protect: null };
  return [paintRequest(from), ...from.more.map((content) => paintRequest({ ...unmasked, content }))];
}

/** Puts what a job painted from back on the easel; `files` are its inputs by digest. */
export function easelFrom(request: JobRequest, files: ReadonlyMap<string, StudioFile>): Easel {
  const digests = (name: string): string[] => [request.inputs?.[name] ?? []].flat();
  const masks = digests("style_mask");
  const options: Record<string, OptionValue> = { ...request.options };
  const blend = options["blend"];
  delete options["blend"];
  let unmasked = 0;
  const styles = digests("styles").flatMap((digest, index): Style[] => {
    const file = files.get(digest);
    const mask = masks[index];
    const masked = mask !== undefined && mask !== "-";
    const weight = masked || !Array.isArray(blend) ? 1 : Number(blend[unmasked] ?? 1);
    if (!masked) unmasked += 1;
    return file ? [{ file, weight, mask: masked ? { digest: mask, strokes: [] } : null }] : [];
  });
  const protect = digests("protect").find((digest) => digest !== "faces");
  const inputs: Record<string, string[]> = {};
  for (const name of Object.keys(request.inputs ?? {}))
    if (!ownInputs.includes(name)) inputs[name] = digests(name);
  if (digests("protect").includes("faces")) inputs["protect"] = ["faces"];
  return {
    inputs,
    more: [],
    content: files.get(digests("content")[0] ?? "") ?? null,
    styles,
    options,
    protect: protect ? { digest: protect, strokes: [] } : null,
  };
}

export function layOnEasel(next: Easel): void {
  batch(() => {
    easelHistory.change(next);
    easelJob.value = "";
  });
}
