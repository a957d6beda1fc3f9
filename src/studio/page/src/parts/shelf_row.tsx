// SPDX-License-Identifier: Apache-2.0
// Pictures that come with the program, to be chosen by a click.
import { useState } from "preact/hooks";
import type { StudioFile } from "../api/types.ts";
import { tellError } from "../state/say.ts";
import { language } from "../state/settings.ts";
import { shelf, takeFromShelf, type ShelfPicture } from "../state/shelf.ts";
import { t } from "../text/index.ts";

interface Props {
  role?: ShelfPicture["role"];
  onFile: (file: StudioFile) => void;
}

export function ShelfRow({ role, onFile }: Props) {
  const [busy, setBusy] = useState("");
  const take = async (picture: ShelfPicture) => {
    setBusy(picture.file);
    try {
      onFile(await takeFromShelf(picture));
    } catch (error) {
      tellError(error);
    } finally {
      setBusy("");
    }
  };
  return (
    <ul class="shelf" aria-label={t().choose.shelf}>
      {shelf.value
        .filter((picture) => !role || picture.role === role)
        .map((picture) => {
          const title = picture.title[language.value];
          return (
            <li key={picture.file}>
              <button
                type="button"
                class="picture-button"
                disabled={busy !== ""}
                aria-busy={busy === picture.file}
                title={`${title}, ${t().choose.by(picture.by)}`}
                onClick={() => void take(picture)}
              >
                <img src={`shelf/${picture.thumbnail}`} alt={title} width={picture.width} height={picture.height} />
              </button>
            </li>
          );
        })}
    </ul>
  );
}
