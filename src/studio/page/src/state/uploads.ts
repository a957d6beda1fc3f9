// SPDX-License-Identifier: Apache-2.0
// Files on their way to the studio.
import { signal } from "@preact/signals";
import { upload } from "../api/files.ts";
import type { FileKind, StudioFile } from "../api/types.ts";
import { t } from "../text/index.ts";
import { tell, tellError } from "./say.ts";

export interface Sending {
  id: number;
  name: string;
  share: number;
}

export const sending = signal<Sending[]>([]);
let next = 1;

/** Sends files one after another; those of a kind that is not wanted are told of and left out. */
export async function sendFiles(files: Iterable<File>, accepts: readonly FileKind[]): Promise<StudioFile[]> {
  const sent: StudioFile[] = [];
  for (const file of files) {
    if (file.name.startsWith(".")) continue; // a folder's own housekeeping
    const id = next++;
    sending.value = [...sending.value, { id, name: file.name, share: 0 }];
    try {
      const record = await upload(file, file.name, (share) => {
        sending.value = sending.value.map((one) => (one.id === id ? { ...one, share } : one));
      });
      if (accepts.includes(record.kind)) sent.push(record);
      else tell(t().choose.wrongKind(file.name), "wrong");
    } catch (error) {
      tellError(error);
    } finally {
      sending.value = sending.value.filter((one) => one.id !== id);
    }
  }
  return sent;
}
