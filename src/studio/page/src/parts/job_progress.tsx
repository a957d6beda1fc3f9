// SPDX-License-Identifier: Apache-2.0
import type { Job } from "../api/types.ts";
import { cancel, finish, hasEnded, retry } from "../state/jobs.ts";
import { tellError } from "../state/say.ts";
import { mayChange } from "../state/session.ts";
import { commandName, t } from "../text/index.ts";
import { Wrong } from "./notes.tsx";

export function jobName(job: Job): string {
  return job.label || commandName(job.command);
}

/** How far a job is, and what can be done about it. */
export function JobProgress({ job }: { job: Job }) {
  const words = t().job;
  const { progress } = job;
  const running = job.state === "running";
  return (
    <div class={`progress ${job.state}`}>
      <div class="progress-line">
        <span class="progress-state">{words.state[job.state]}</span>
        {running && progress && (
          <span class="progress-detail">
            {[
              progress.stage,
              progress.total > 0 ? words.step(progress.done, progress.total) : "",
              progress.remaining != null && progress.remaining > 0
                ? words.remaining(t().common.seconds(progress.remaining))
                : "",
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        )}
        {running && progress?.may_finish && mayChange(job) && (
          <button type="button" class="quiet" onClick={() => void finish(job.id).catch(tellError)}>
            {words.finish}
          </button>
        )}
        {!hasEnded(job) && mayChange(job) && (
          <button type="button" class="quiet" onClick={() => void cancel(job.id).catch(tellError)}>
            {words.stop}
          </button>
        )}
        {(job.state === "failed" || job.state === "cancelled" || job.state === "set_aside") && mayChange(job) && (
          <button type="button" class="quiet" onClick={() => void retry(job.id).catch(tellError)}>
            {words.retry}
          </button>
        )}
      </div>
      {!hasEnded(job) && (
        <progress
          aria-label={jobName(job)}
          {...(running && progress && progress.total > 0
            ? { max: progress.total, value: progress.done }
            : {})}
        />
      )}
      <Wrong text={job.state === "set_aside" ? words.setAside : ""} />
      <Wrong text={job.error?.detail ?? ""} />
      <Wrong text={job.state === "queued" ? (job.obstacle ?? "") : ""} />
    </div>
  );
}
