// SPDX-License-Identifier: Apache-2.0
// Who came of whom among the pictures that were bred, laid out by generation.
import type { Job } from "../api/types.ts";

export interface Member {
  digest: string;
  name: string;
  generation: number;
  place: number;
  parents: string[];
}

export interface Family {
  members: Member[];
  generations: number;
  widest: number;
}

const breeds = ["generate", "breed", "invert"];

const picturesOf = (job: Job) => job.outputs.filter((output) => output.name === "picture" && output.kind === "picture");

/** Whether the job used this generator; null: the one that comes along, which no job names. */
export function isOf(job: Job, model: string | null): boolean {
  const named = [job.request.inputs?.["model"] ?? []].flat();
  return breeds.includes(job.command) && (model ? named.includes(model) : named.length === 0);
}

/** The pictures that generators' jobs made, newest job first. */
export function bredPictures(jobs: Iterable<Job>): { digest: string; name: string; job: Job }[] {
  const seen = new Set<string>();
  const pictures = [];
  for (const job of jobs) {
    if (!breeds.includes(job.command)) continue;
    for (const output of picturesOf(job)) {
      if (seen.has(output.digest)) continue;
      seen.add(output.digest);
      pictures.push({ digest: output.digest, name: output.file_name.replace(/^.*\//, ""), job });
    }
  }
  return pictures;
}

/** Only those who have a child or a parent; parents who are seeds are left out. */
export function familyOf(jobs: Iterable<Job>): Family {
  const parents = new Map<string, string[]>();
  const names = new Map<string, string>();
  for (const job of jobs) {
    for (const output of picturesOf(job)) names.set(output.digest, output.file_name.replace(/^.*\//, ""));
    if (job.command !== "breed") continue;
    const of = [job.request.inputs?.["parents"] ?? []].flat().filter((parent) => !parent.startsWith("seed:"));
    for (const output of picturesOf(job)) if (!of.includes(output.digest)) parents.set(output.digest, of);
  }
  const generations = new Map<string, number>();
  const generation = (digest: string, seen: Set<string>): number => {
    const known = generations.get(digest);
    if (known !== undefined) return known;
    if (seen.has(digest)) return 0; // a picture that is its own forebear: as far as it is known
    seen.add(digest);
    const of = parents.get(digest) ?? [];
    const value = of.length === 0 ? 0 : 1 + Math.max(...of.map((one) => generation(one, seen)));
    generations.set(digest, value);
    return value;
  };
  const all = new Set([...parents].flatMap(([child, of]) => [child, ...of]));
  const counts: number[] = [];
  const members = [...all]
    .map((digest) => ({ digest, generation: generation(digest, new Set()) }))
    .sort((a, b) => a.generation - b.generation)
    .map((one): Member => {
      const place = counts[one.generation] ?? 0;
      counts[one.generation] = place + 1;
      return { ...one, place, name: names.get(one.digest) ?? one.digest.slice(0, 8), parents: parents.get(one.digest) ?? [] };
    });
  return { members, generations: counts.length, widest: Math.max(0, ...counts) };
}
