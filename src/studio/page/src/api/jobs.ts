// SPDX-License-Identifier: Apache-2.0
import { get, getText, send } from "./client.ts";
import type { Job, JobRequest, Page, ProgressPoint } from "./types.ts";

/** A fresh key, so that a request that is sent twice becomes one job. */
export function idempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const submit = (request: JobRequest, key = idempotencyKey()): Promise<Job> =>
  send("POST", "/jobs", request, { "Idempotency-Key": key });

export async function listJobs(
  filter: { state?: string; command?: string },
  before: string | null,
  limit = 60,
): Promise<Page<Job>> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (filter.state) query.set("state", filter.state);
  if (filter.command) query.set("command", filter.command);
  if (before) query.set("before", before);
  const answer = await get<{ jobs: Job[]; next: string | null }>(`/jobs?${query}`);
  return { items: answer.jobs, next: answer.next };
}

export const oneJob = (id: string): Promise<Job> => get(`/jobs/${id}`);
export const cancel = (id: string): Promise<Job> => send("POST", `/jobs/${id}/cancel`);
/** Ends it with what there is. */
export const finish = (id: string): Promise<Job> => send("POST", `/jobs/${id}/finish`);
export const retry = (id: string): Promise<Job> => send("POST", `/jobs/${id}/retry`);
export const share = (id: string, shared: boolean): Promise<Job> => send("POST", `/jobs/${id}/${shared ? "share" : "unshare"}`);
export const remove = (id: string): Promise<void> => send("DELETE", `/jobs/${id}`);
export const log = (id: string): Promise<string> => getText(`/jobs/${id}/log`);

export async function points(id: string): Promise<ProgressPoint[]> {
  return (await get<{ points: ProgressPoint[] }>(`/jobs/${id}/points`)).points;
}
