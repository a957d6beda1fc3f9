// SPDX-License-Identifier: Apache-2.0
import { address, get, headersFor, offline, problemFrom, ProblemError, send, whenEntered } from "./client.ts";
import type { Page, StudioFile } from "./types.ts";

export type Edge = 64 | 128 | 256 | 512 | 1024;

export const thumbnail = (digest: string, edge: Edge): string =>
  address(`/files/${digest}/thumbnail?edge=${edge}`);

export const content = (digest: string): string => address(`/files/${digest}/content`);

export const download = (digest: string): string => address(`/files/${digest}/content?download=1`);

export async function listFiles(
  origin: "upload" | "job" | "",
  before: string | null,
  limit = 60,
): Promise<Page<StudioFile>> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (origin) query.set("origin", origin);
  if (before) query.set("before", before);
  const answer = await get<{ files: StudioFile[]; next: string | null }>(`/files?${query}`);
  return { items: answer.files, next: answer.next };
}

export const fileRecord = (digest: string): Promise<StudioFile> => get(`/files/${digest}`);

export const deleteFile = (digest: string): Promise<void> => send("DELETE", `/files/${digest}`);

/** Sends a file and tells how far it is, 0..1; XMLHttpRequest alone can tell. */
export async function upload(
  body: Blob,
  name: string,
  onProgress: (share: number) => void = () => {},
): Promise<StudioFile> {
  await whenEntered();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(`/files?name=${encodeURIComponent(name)}`));
    for (const [header, value] of Object.entries(headersFor("POST")))
      request.setRequestHeader(header, value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as StudioFile);
      else reject(new ProblemError(problemFrom(request.status, request.responseText)));
    };
    request.onerror = () =>
      reject(new ProblemError({ type: "about:blank", status: 0, ...offline }));
    request.send(body);
  });
}
