// SPDX-License-Identifier: Apache-2.0
// Every job that the page has heard of, kept current by the studio's events.
import { computed, signal } from "@preact/signals";
import { listen } from "../api/events.ts";
import * as api from "../api/jobs.ts";
import type { Job, JobRequest } from "../api/types.ts";

export const connected = signal(true);
export const known = signal<ReadonlyMap<string, Job>>(new Map());

const ended = (job: Job): boolean => job.state !== "queued" && job.state !== "running";
export { ended as hasEnded };

/** The newer of what is known and what is told; events come without report, which is kept. */
export function merge(old: Job | undefined, told: Job): Job {
  if (old && old.version > told.version) return old;
  if (told.report === undefined && old?.report != null && old.version === told.version)
    return { ...told, report: old.report };
  return told;
}

export function learn(jobs: Iterable<Job>): void {
  const map = new Map(known.peek());
  for (const job of jobs) map.set(job.id, merge(map.get(job.id), job));
  known.value = map;
}

function forget(id: string): void {
  const map = new Map(known.peek());
  map.delete(id);
  known.value = map;
}

/** Newest first. */
export const newest = computed(() =>
  [...known.value.values()].sort((a, b) => b.created.localeCompare(a.created) || b.version - a.version),
);

export const atWork = computed(() => newest.value.filter((job) => !ended(job)));

type Watcher = (job: Job) => void;
const watchers = new Set<Watcher>();

/** Calls when a job ends; until the function that it returns is called. */
export function whenEnded(call: Watcher): () => void {
  watchers.add(call);
  return () => watchers.delete(call);
}

let close: (() => void) | undefined;

export function followJobs(): void {
  close?.();
  close = listen({
    onJob(job) {
      const before = known.peek().get(job.id);
      learn([job]);
      if (ended(job) && before && !ended(before)) for (const call of watchers) call(job);
    },
    onDeleted: forget,
    onConnected(now) {
      connected.value = now;
    },
  });
}

export function stopFollowing(): void {
  close?.();
  close = undefined;
}

export async function start(request: JobRequest): Promise<Job> {
  const job = await api.submit(request);
  learn([job]);
  return known.peek().get(job.id) ?? job;
}

export async function cancel(id: string): Promise<void> {
  learn([await api.cancel(id)]);
}

export async function finish(id: string): Promise<void> {
  learn([await api.finish(id)]);
}

export async function retry(id: string): Promise<void> {
  learn([await api.retry(id)]);
}

export async function share(id: string, shared: boolean): Promise<void> {
  learn([await api.share(id, shared)]);
}

export async function remove(id: string): Promise<void> {
  await api.remove(id);
  forget(id);
}

/** The job with its report. */
export async function fetchWhole(id: string): Promise<Job> {
  const job = await api.oneJob(id);
  learn([job]);
  return job;
}
