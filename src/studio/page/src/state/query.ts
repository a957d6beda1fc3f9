// SPDX-License-Identifier: Apache-2.0
// A question to the studio: a job whose report is the answer, and which is forgotten then.
import { effect } from "@preact/signals";
import { ProblemError } from "../api/client.ts";
import type { JobRequest } from "../api/types.ts";
import { fetchWhole, hasEnded, known, remove, start } from "./jobs.ts";

const asked = new Set<string>();

export const isQuery = (id: string): boolean => asked.has(id);

function ended(id: string): Promise<void> {
  return new Promise((resolve) => {
    let stop = () => {};
    let over = false;
    stop = effect(() => {
      const job = known.value.get(id);
      if (job && !hasEnded(job)) return;
      over = true;
      resolve();
      stop();
    });
    if (over) stop();
  });
}

/** The report of the job; throws ProblemError with the command's own sentence where it fails. */
export async function query<T>(request: JobRequest): Promise<T> {
  const { id } = await start(request);
  asked.add(id);
  await ended(id);
  const job = await fetchWhole(id);
  // What it made stays; a question that made nothing leaves nothing.
  if (job.outputs.length === 0) await remove(id).catch(() => {});
  if (job.state === "done") return job.report as T;
  throw new ProblemError(job.error ?? { type: "about:blank", title: "", status: 0, detail: job.state });
}
