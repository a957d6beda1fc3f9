// SPDX-License-Identifier: Apache-2.0
// The middle of the room: the photograph, then the painting as it comes, then both side by side.
import { content, thumbnail } from "../../api/files.ts";
import type { Job, StudioFile } from "../../api/types.ts";
import { JobProgress, jobName } from "../../parts/job_progress.tsx";
import { Compare } from "../../parts/compare.tsx";
import { t } from "../../text/index.ts";

function firstInput(job: Job, name: string): string {
  return [job.request.inputs?.[name] ?? []].flat()[0] ?? "";
}

function Picture({ photograph, job }: { photograph: StudioFile | null; job: Job | undefined }) {
  const words = t().paint;
  const made = job?.outputs.find((output) => output.name === "picture");
  if (job && made?.kind === "film") return <video src={content(made.digest)} controls aria-label={jobName(job)} />;
  if (job && made)
    return (
      <Compare
        before={thumbnail(firstInput(job, "content"), 1024)}
        after={content(made.digest)}
        beforeAlt={words.photoAlt(photograph?.name ?? "")}
        afterAlt={words.resultAlt(jobName(job))}
      />
    );
  if (job?.preview && job.state !== "failed") return <img src={job.preview.href} alt={words.paintedAlt} />;
  if (photograph?.kind === "picture")
    return (
      <img
        class={job?.state === "running" || job?.state === "queued" ? "waiting" : ""}
        src={thumbnail(photograph.digest, 1024)}
        alt={words.photoAlt(photograph.name)}
      />
    );
  if (photograph) return <video src={content(photograph.digest)} controls aria-label={photograph.name} />;
  return null;
}

export function Easel({ photograph, job }: { photograph: StudioFile | null; job: Job | undefined }) {
  return (
    <figure class="easel">
      <div class="easel-picture">
        <Picture photograph={photograph} job={job} />
      </div>
      {job && job.state !== "done" && <JobProgress job={job} />}
    </figure>
  );
}
