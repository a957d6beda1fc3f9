// SPDX-License-Identifier: Apache-2.0
// Works that are selected in the gallery, to be had as one zip.
import { useState } from "preact/hooks";
import { getBytes } from "../api/client.ts";
import type { Job } from "../api/types.ts";
import { jobName } from "../parts/job_progress.tsx";
import { tellError } from "../state/say.ts";
import { zip, type ZipEntry } from "../state/zip.ts";
import { t } from "../text/index.ts";

/** Every file of the works, and each work's recipe as JSON. */
async function entriesOf(jobs: readonly Job[]): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for (const job of jobs) {
    const stem = `${jobName(job).slice(0, 60)} ${job.id.slice(0, 6)}`;
    for (const output of job.outputs) {
      const bytes = new Uint8Array(await getBytes(`/files/${output.digest}/content`));
      entries.push({ name: `${stem} ${output.file_name}`, bytes });
    }
    entries.push({ name: `${stem} recipe.json`, bytes: new TextEncoder().encode(JSON.stringify(job.request, null, 2)) });
  }
  return entries;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

interface Props {
  jobs: readonly Job[];
  /** Null: nothing is being selected. */
  selection: ReadonlySet<string> | null;
  onChange: (selection: ReadonlySet<string> | null) => void;
}

export function SelectionBar({ jobs, selection, onChange }: Props) {
  const [busy, setBusy] = useState(false);
  const words = t().gallery;
  if (!selection)
    return jobs.some((job) => job.outputs.length > 0) ? (
      <p class="row">
        <button type="button" class="quiet" onClick={() => onChange(new Set())}>
          {words.select}
        </button>
      </p>
    ) : null;
  const chosen = jobs.filter((job) => selection.has(job.id));
  const download = async () => {
    setBusy(true);
    try {
      save(new Blob(zip(await entriesOf(chosen)) as BlobPart[], { type: "application/zip" }), "atelier.zip");
      onChange(null);
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <p class="row" role="group" aria-label={words.select}>
      <span role="status">{words.selected(chosen.length)}</span>
      <button type="button" class="primary" disabled={busy || chosen.length === 0} onClick={() => void download()}>
        {words.export}
      </button>
      <button type="button" class="quiet" onClick={() => onChange(null)}>
        {t().common.cancel}
      </button>
    </p>
  );
}
