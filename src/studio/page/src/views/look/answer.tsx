// SPDX-License-Identifier: Apache-2.0
// A question about a picture: asked once, by itself, when its tab is opened; then its answer.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Job, JobRequest } from "../../api/types.ts";
import { JobProgress } from "../../parts/job_progress.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { fetchWhole, known } from "../../state/jobs.ts";
import { ask, forgetAnswer, jobOf } from "../../state/looks.ts";
import { sentence } from "../../state/say.ts";
import { t } from "../../text/index.ts";

interface Props {
  request: JobRequest;
  children: (job: Job) => ComponentChildren;
}

export function Answer({ request, children }: Props) {
  const id = jobOf(request);
  const job = known.value.get(id);
  const [wrong, setWrong] = useState("");
  const key = JSON.stringify(request);
  useEffect(() => {
    setWrong("");
    if (!id) ask(request).catch((error) => setWrong(sentence(error)));
    else if (!job || (job.state === "done" && job.report == null)) fetchWhole(id).catch(() => forgetAnswer(request));
  }, [key, id, job?.state]);
  if (wrong)
    return (
      <div>
        <Wrong text={wrong} />
        <button type="button" onClick={() => ask(request).then(() => setWrong(""), (error) => setWrong(sentence(error)))}>
          {t().job.retry}
        </button>
      </div>
    );
  if (!job || (job.state === "done" && job.report == null)) return <p class="help">{t().common.loading}</p>;
  if (job.state !== "done") return <JobProgress job={job} />;
  return <>{children(job)}</>;
}
