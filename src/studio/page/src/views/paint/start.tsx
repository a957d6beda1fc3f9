// SPDX-License-Identifier: Apache-2.0
// Before anything is chosen: two places, each with its shelf.
import { useState } from "preact/hooks";
import type { FileKind, StudioFile } from "../../api/types.ts";
import { Chooser } from "../../parts/chooser.tsx";
import { DropZone } from "../../parts/drop_zone.tsx";
import { SendingList } from "../../parts/sending.tsx";
import { ShelfRow } from "../../parts/shelf_row.tsx";
import { Thumb } from "../../parts/thumb.tsx";
import { t } from "../../text/index.ts";

interface Props {
  title: string;
  help: string;
  accepts: readonly FileKind[];
  many: boolean;
  role: "photograph" | "painting";
  chosen: StudioFile[];
  onFiles: (files: StudioFile[]) => void;
}

/** As many as can be told apart at a glance. */
const shown = 4;

export function StartPlace({ title, help, accepts, many, role, chosen, onFiles }: Props) {
  const [choosing, setChoosing] = useState(false);
  return (
    <section class="start-place" aria-label={title}>
      <DropZone accepts={accepts} many={many} class={chosen.length > 0 ? "start-drop full" : "start-drop"} onFiles={onFiles}>
        {chosen.length > 0 ? (
          <div class="start-chosen">
            {chosen.slice(0, shown).map((file) => (
              <Thumb key={file.digest} file={file} edge={512} />
            ))}
          </div>
        ) : (
          <>
            <h2>{title}</h2>
            <p class="help">{help}</p>
          </>
        )}
        <button type="button" class={chosen.length > 0 ? "quiet" : "button"} onClick={() => setChoosing(true)}>
          {chosen.length > 0 ? (role === "painting" ? t().paint.add : t().paint.another) : t().choose.title}
        </button>
        <p class="help drop-help">{many ? t().choose.dropMany : t().choose.drop}</p>
      </DropZone>
      <ShelfRow role={role} onFile={(file) => onFiles([file])} />
      <SendingList />
      {choosing && (
        <Chooser title={title} accepts={accepts} many={many} role={role} onFiles={onFiles} onClose={() => setChoosing(false)} />
      )}
    </section>
  );
}
