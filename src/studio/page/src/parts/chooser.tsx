// SPDX-License-Identifier: Apache-2.0
// The dialog in which files are chosen: from the device, from the shelf, or among the studio's own.
import { useEffect, useState } from "preact/hooks";
import { listFiles } from "../api/files.ts";
import type { FileKind, StudioFile } from "../api/types.ts";
import { tellError } from "../state/say.ts";
import { t } from "../text/index.ts";
import { Dialog } from "./dialog.tsx";
import { Browse, DropZone } from "./drop_zone.tsx";
import { SendingList } from "./sending.tsx";
import { ShelfRow } from "./shelf_row.tsx";
import { Thumb } from "./thumb.tsx";

interface Props {
  title: string;
  accepts: readonly FileKind[];
  many?: boolean;
  role?: "photograph" | "painting";
  onFiles: (files: StudioFile[]) => void;
  onClose: () => void;
}

function StudioFiles({ accepts, onFile }: { accepts: readonly FileKind[]; onFile: (file: StudioFile) => void }) {
  const [files, setFiles] = useState<StudioFile[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const load = async (before: string | null) => {
    setLoading(true);
    try {
      const page = await listFiles("", before);
      setFiles((now) => [...(before ? now : []), ...page.items]);
      setNext(page.next);
    } catch (error) {
      tellError(error);
    } finally {
      setLoading(false);
    }
  };
  useEffect(() => void load(null), []);
  const fitting = files.filter((file) => accepts.includes(file.kind));
  return (
    <section>
      <h3>{t().choose.mine}</h3>
      {fitting.length === 0 && <p class="help">{loading ? t().common.loading : t().choose.nothing}</p>}
      <ul class="tiles">
        {fitting.map((file) => (
          <li key={file.digest}>
            <button type="button" class="picture-button" title={file.name} onClick={() => onFile(file)}>
              <Thumb file={file} />
            </button>
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="quiet" disabled={loading} onClick={() => void load(next)}>
          {t().common.loadMore}
        </button>
      )}
    </section>
  );
}

export function Chooser({ title, accepts, many = false, role, onFiles, onClose }: Props) {
  const take = (files: StudioFile[]) => {
    onFiles(files);
    onClose();
  };
  return (
    <Dialog title={title} wide onClose={onClose}>
      <DropZone accepts={accepts} many={many} class="drop-wide" onFiles={take}>
        <p>{many ? t().choose.dropMany : t().choose.drop}</p>
        <div class="row">
          <Browse accepts={accepts} many={many} label={t().choose.browse} onFiles={take} />
          {many && <Browse accepts={accepts} many folder label={t().choose.folder} onFiles={take} />}
        </div>
        <SendingList />
      </DropZone>
      {accepts.includes("picture") && (
        <section>
          <h3>{t().choose.shelf}</h3>
          <ShelfRow {...(role ? { role } : {})} onFile={(file) => take([file])} />
        </section>
      )}
      <StudioFiles accepts={accepts} onFile={(file) => take([file])} />
    </Dialog>
  );
}
