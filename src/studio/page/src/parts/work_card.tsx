// SPDX-License-Identifier: Apache-2.0
import type { Job } from "../api/types.ts";
import { hrefOf } from "../state/route.ts";
import { commandName, t } from "../text/index.ts";
import { jobName } from "./job_progress.tsx";
import { MusicThumb, TextThumb } from "./paper_thumb.tsx";
import { Thumb } from "./thumb.tsx";

export function WorkCard({ job }: { job: Job }) {
  const shown = job.outputs.find((output) => output.kind === "picture") ?? job.outputs[0];
  const midi = job.outputs.find((output) => output.type === "audio/midi");
  const running = job.state === "running" && job.progress && job.progress.total > 0 ? job.progress : null;
  return (
    <a class={`work-card ${job.state}`} href={hrefOf("work", job.id)}>
      {midi && shown?.kind !== "picture" ? (
        <MusicThumb digest={midi.digest} />
      ) : shown?.kind === "text" && shown.type.startsWith("text/plain") ? (
        <TextThumb digest={shown.digest} />
      ) : shown?.kind === "page" || shown?.kind === "model" ? (
        <span class="thumb paper">
          <b>{commandName(job.command)}</b>
          {t().choose.kinds[shown.kind]}
        </span>
      ) : shown ? (
        <Thumb file={{ digest: shown.digest, kind: shown.kind, name: shown.file_name }} edge={512} alt="" />
      ) : job.preview ? (
        <img class="thumb" src={job.preview.href} alt={t().paint.paintedAlt} />
      ) : (
        <span class="thumb paper">
          <b>{commandName(job.command)}</b>
          {job.state === "done" ? "" : t().job.state[job.state]}
        </span>
      )}
      {running && <progress max={running.total} value={running.done} aria-label={jobName(job)} />}
      <span class="work-name">
        {jobName(job)} {job.shared && <span class="tag">{t().sharing.badge}</span>}
      </span>
    </a>
  );
}
