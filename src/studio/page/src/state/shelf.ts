// SPDX-License-Identifier: Apache-2.0
// Pictures that come with the program; one is sent to the studio when it is first used.
import { signal } from "@preact/signals";
import { upload } from "../api/files.ts";
import type { StudioFile } from "../api/types.ts";


export interface ShelfPicture {
  file: string;
  thumbnail: string;
  role: "photograph" | "painting";
  width: number;
  height: number;
  title: { en: string; zh: string };
  by: string;
  rights: "CC0" | "PD";
}

export const shelf = signal<ShelfPicture[]>([]);

export async function loadShelf(): Promise<void> {
  const response = await fetch("shelf/shelf.json");
  shelf.value = ((await response.json()) as { pictures: ShelfPicture[] }).pictures;
}

/** The picture as a file of the studio. Sending again what the studio has costs nothing there. */
export async function takeFromShelf(picture: ShelfPicture): Promise<StudioFile> {
  const response = await fetch(`shelf/${picture.file}`);
  const file = await upload(await response.blob(), picture.file);
  return file;
}
