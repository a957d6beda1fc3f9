// SPDX-License-Identifier: Apache-2.0
import type { Job } from "../api/types.ts";

const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether every word is somewhere in what is known of the job. */
export function matches(job: Job, words: string, names: (digest: string) => string): boolean {
  const inputs = Object.values(job.request.inputs ?? {}).flat().map(names);
  const options = Object.entries(job.request.options ?? {}).map(([name, value]) => `${name} ${String(value)}`);
  const all = fold([job.label, job.command, job.id, job.text ?? "", ...inputs, ...options].join("\n"));
  return fold(words)
    .split(/\s+/)
    .every((word) => all.includes(word));
}
