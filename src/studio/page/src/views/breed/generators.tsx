// SPDX-License-Identifier: Apache-2.0
// The dialog in which a generator is chosen: the one that comes along, what was learned here, what was brought.
import { useEffect, useState } from "preact/hooks";
import { listFiles } from "../../api/files.ts";
import { listJobs } from "../../api/jobs.ts";
import type { StudioFile } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Browse, DropZone } from "../../parts/drop_zone.tsx";
import { jobName } from "../../parts/job_progress.tsx";
import { SendingList } from "../../parts/sending.tsx";
import { hrefOf } from "../../state/route.ts";
import { tellError } from "../../state/say.ts";
import { t } from "../../text/index.ts";
import { modelOf } from "../train/models.ts";

/** Models that may be generators: what was learned here as one, and what was brought. */
async function generators(): Promise<StudioFile[]> {
  const [runs, files] = await Promise.all([listJobs({ command: "train-gan", state: "done" }, null, 200), listFiles("upload", null, 200)]);
  const learned = runs.items.flatMap((job) => {
    const model = modelOf(job);
    return model ? [{ ...model, name: jobName(job) }] : [];
  });
  const brought = files.items.filter((file) => file.kind === "model" && !learned.some((model) => model.digest === file.digest));
  return [...learned, ...brought];
}

interface Props {
  chosen: StudioFile | null;
  /** null: the generator that comes along. */
  onModel: (model: StudioFile | null) => void;
  onClose: () => void;
}

export function Generators({ chosen, onModel, onClose }: Props) {
  const [models, setModels] = useState<StudioFile[]>([]);
  const words = t().breed;
  useEffect(() => void generators().then(setModels, tellError), []);
  const take = (model: StudioFile | null) => {
    onModel(model);
    onClose();
  };
  const takeFirst = ([model]: StudioFile[]) => model && take(model);
  return (
    <Dialog title={words.model} wide onClose={onClose}>
      <ul class="row models" aria-label={words.model}>
        {[null, ...models].map((model) => (
          <li key={model?.digest ?? ""}>
            <button type="button" aria-pressed={model?.digest === chosen?.digest} onClick={() => take(model)}>
              {model?.name ?? words.own}
            </button>
          </li>
        ))}
      </ul>
      <DropZone accepts={["model"]} many={false} class="drop-wide" onFiles={takeFirst}>
        <p>{words.modelHelp}</p>
        <div class="row">
          <Browse accepts={["model"]} many={false} label={t().choose.browse} onFiles={takeFirst} />
          <a class="button quiet" href={hrefOf("train")}>
            {words.trainOne}
          </a>
        </div>
        <SendingList />
      </DropZone>
    </Dialog>
  );
}
