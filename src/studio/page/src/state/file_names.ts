// SPDX-License-Identifier: Apache-2.0
// Records of files by digest, asked for once.
import { signal } from "@preact/signals";
import { fileRecord } from "../api/files.ts";
import type { StudioFile } from "../api/types.ts";

export const records = signal<ReadonlyMap<string, StudioFile>>(new Map());
const asked = new Map<string, Promise<void>>();

export function remember(files: Iterable<StudioFile>): void {
  const map = new Map(records.peek());
  for (const file of files) map.set(file.digest, file);
  records.value = map;
}

export const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** The records of those of `digests` that the studio has. */
export async function recordsOf(digests: Iterable<string>): Promise<ReadonlyMap<string, StudioFile>> {
  const missing = [...new Set(digests)].filter((digest) => isDigest(digest) && !records.peek().has(digest));
  await Promise.all(
    missing.map((digest) => {
      const known = asked.get(digest);
      if (known) return known;
      const asking = fileRecord(digest).then(
        (file) => remember([file]),
        () => void asked.delete(digest), // deleted since
      );
      asked.set(digest, asking);
      return asking;
    }),
  );
  return records.peek();
}
