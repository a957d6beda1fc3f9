// SPDX-License-Identifier: Apache-2.0
// The studio's pictures, among which something is looked for, and which of them an answer means.
import { listFiles } from "../../api/files.ts";
import type { StudioFile } from "../../api/types.ts";
import { isDigest, remember } from "../../state/file_names.ts";

const most = 200;

/** Digests of the newest pictures. */
export async function studioPictures(): Promise<string[]> {
  const found: StudioFile[] = [];
  let before: string | null = null;
  do {
    const page = await listFiles("", before, most);
    found.push(...page.items.filter((file) => file.kind === "picture"));
    before = page.next;
  } while (before && found.length < most);
  remember(found);
  return found.slice(0, most).map((file) => file.digest);
}

/** Reports name files by digest, or by their number among the job's inputs: 0007.jpg. */
export function workOf(path: string, works: readonly string[]): string {
  const name = path.replace(/^.*\//, "").replace(/\.[^.]*$/, "");
  const number = name.match(/(?:^|-)(\d+)$/)?.[1];
  return isDigest(name) ? name : (works[Number(number ?? 1) - 1] ?? "");
}
