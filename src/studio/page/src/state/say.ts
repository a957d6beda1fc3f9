// SPDX-License-Identifier: Apache-2.0
// What the page tells in passing: read out by screen readers, and shown for a moment.
import { signal } from "@preact/signals";
import { ProblemError } from "../api/client.ts";

export interface Note {
  id: number;
  text: string;
  kind: "done" | "wrong";
  href?: string;
}

export const spoken = signal("");
export const notes = signal<Note[]>([]);
let next = 1;

/** Tells screen readers alone. */
export function speak(text: string): void {
  spoken.value = text;
}

export function dismiss(id: number): void {
  notes.value = notes.value.filter((note) => note.id !== id);
}

/** Shows a note; what went wrong stays until it is dismissed. */
export function tell(text: string, kind: Note["kind"] = "done", href?: string): void {
  const id = next++;
  const note: Note = href === undefined ? { id, text, kind } : { id, text, kind, href };
  notes.value = [...notes.value.slice(-3), note];
  if (kind === "done") setTimeout(() => dismiss(id), 8000);
}

/** The one sentence of an error. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The option or input that a refusal means, or "". */
export function meant(error: unknown): string {
  return error instanceof ProblemError ? (error.problem.name ?? "") : "";
}

export function tellError(error: unknown): void {
  tell(sentence(error), "wrong");
}
