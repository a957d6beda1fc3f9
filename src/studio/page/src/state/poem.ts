// SPDX-License-Identifier: Apache-2.0
// What `write --json` says of a text and its form.

export interface Fault {
  line?: number;
  [more: string]: unknown;
}

/** One thing that a form asks for: rhymes, tones, lines, ... */
export interface Asked {
  asked?: unknown;
  right?: number;
  found?: unknown;
  kept: boolean;
  faults?: Fault[];
}

export interface WrittenText {
  text: string;
  title?: string;
  seed: number;
  complete: boolean;
  copied?: { tokens: number; text: string };
  form?: { form: string; kept: boolean; type?: string; scheme?: string; [part: string]: unknown };
}

export function textsOf(report: unknown): WrittenText[] {
  return (report as { texts?: WrittenText[] } | null | undefined)?.texts ?? [];
}

/** The parts of a form that are kept or not, in the report's order. */
export function partsOf(form: WrittenText["form"]): [string, Asked][] {
  return Object.entries(form ?? {}).filter(
    (entry): entry is [string, Asked] =>
      typeof entry[1] === "object" && entry[1] !== null && typeof (entry[1] as Asked).kept === "boolean",
  );
}

export interface Mark {
  text: string;
  rhyme: boolean;
}

const pause = /[\p{P}\s]+$/u;

/**
 * A line in pieces, its rhyme apart: the last character of a Chinese line, the last word of another,
 * without what punctuation follows.
 */
export function marksOf(line: string, rhymes: boolean): Mark[] {
  const end = line.match(pause)?.[0] ?? "";
  const body = line.slice(0, line.length - end.length);
  if (!rhymes || !body) return [{ text: line, rhyme: false }];
  const last = /\p{Script=Han}$/u.test(body) ? 1 : (body.match(/[^\s]+$/u)?.[0].length ?? 0);
  return [
    { text: body.slice(0, -last), rhyme: false },
    { text: body.slice(-last), rhyme: true },
    { text: end, rhyme: false },
  ].filter((mark) => mark.text !== "");
}

/** Lines of a poem; a Chinese one is printed by couplets, which are two lines each. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line) => (/\p{Script=Han}/u.test(line) ? (line.match(/[^，。！？；、]+[，。！？；、]?/gu) ?? [line]) : [line]))
    .map((line) => line.trimEnd());
}

/** Which lines rhyme, counted from 0: of Chinese the even ones, and the first where it rhymes. */
export function rhymingLines(count: number, form: WrittenText["form"]): Set<number> {
  const rhyming = new Set<number>();
  if (form?.scheme) {
    const letters = [...form.scheme.replace(/\s/g, "")];
    letters.forEach((letter, index) => {
      if (letter !== "-" && letters.filter((other) => other === letter).length > 1) rhyming.add(index);
    });
  } else if (form && "tones" in form) {
    for (let i = 1; i < count; i += 2) rhyming.add(i);
    if (form.type?.includes("入韵") || form.type?.includes("入韻")) rhyming.add(0);
  }
  return rhyming;
}
