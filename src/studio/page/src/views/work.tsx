// SPDX-License-Identifier: Apache-2.0
// One work: what was made, from what, and how; and what to do with it next.
import { useEffect, useState } from "preact/hooks";
import { content } from "../api/files.ts";
import { log } from "../api/jobs.ts";
import type { Job } from "../api/types.ts";
import { Compare } from "../parts/compare.tsx";
import { JobOutputs } from "../parts/job_outputs.tsx";
import { jobName, JobProgress } from "../parts/job_progress.tsx";
import { LossChart } from "../parts/loss_chart.tsx";
import { Report } from "../parts/report.tsx";
import { Sharing } from "../parts/sharing.tsx";
import { Thumb } from "../parts/thumb.tsx";
import { isDigest, records, recordsOf } from "../state/file_names.ts";
import { fetchWhole, hasEnded, known, remove } from "../state/jobs.ts";
import { addStyles, change, easelFrom, easelJob, layOnEasel, varied } from "../state/paint.ts";
import { go, hrefOf } from "../state/route.ts";
import { sentence, tellError } from "../state/say.ts";
import { mayChange, role } from "../state/session.ts";
import { layOnBench } from "../state/tools.ts";
import { commandName, nameOf, t, valueOf, when } from "../text/index.ts";
import { Credentials } from "./credentials.tsx";

function inputsOf(job: Job): [string, string[]][] {
  return Object.entries(job.request.inputs ?? {}).map(([name, value]) => [name, [value].flat()]);
}

/** Back to the room that the work was made in, with everything as it was. */
async function again(job: Job, vary: boolean): Promise<void> {
  if (job.command === "stylize") {
    const files = await recordsOf(inputsOf(job).flatMap(([, digests]) => digests));
    const easel = easelFrom(job.request, files);
    layOnEasel(vary ? varied(easel) : easel);
    if (!vary) easelJob.value = job.id;
    go("paint");
  } else {
    const seed = job.request.options?.["seed"];
    const options = vary ? { ...job.request.options, seed: (typeof seed === "number" ? seed : 0) + 1 } : job.request.options;
    layOnBench({ ...job.request, ...(options ? { options } : {}) });
    go("tools", job.command);
  }
}

function Log({ id }: { id: string }) {
  const [text, setText] = useState("");
  return (
    <details
      onToggle={(event) => {
        if (event.currentTarget.open) log(id).then(setText, (error) => setText(sentence(error)));
      }}
    >
      <summary>{t().job.log}</summary>
      <pre class="text-file" tabIndex={0}>
        {text}
      </pre>
    </details>
  );
}

function Recipe({ job }: { job: Job }) {
  const words = t().gallery;
  const options = Object.entries(job.request.options ?? {});
  return (
    <section class="recipe">
      <h2>{words.recipe}</h2>
      <dl>
        <div>
          <dt>{words.command}</dt>
          <dd>{commandName(job.command)}</dd>
        </div>
        {options.map(([name, value]) => (
          <div key={name}>
            <dt>{nameOf(name)}</dt>
            <dd>{Array.isArray(value) ? value.join(", ") : valueOf(String(value))}</dd>
          </div>
        ))}
        <div>
          <dt>{words.made}</dt>
          <dd>
            <time dateTime={job.ended ?? job.created}>{when(job.ended ?? job.created)}</time>
            {job.started && job.ended && (
              <> · {t().job.took(t().common.seconds((Date.parse(job.ended) - Date.parse(job.started)) / 1000))}</>
            )}
          </dd>
        </div>
      </dl>
      {job.reused && <p class="help">{t().job.reused}</p>}
      <h3>{words.from}</h3>
      <ul class="tiles small">
        {inputsOf(job).flatMap(([name, digests]) =>
          digests.map((digest, index) => {
            const file = records.value.get(digest);
            return (
              <li key={name + index} title={`${nameOf(name)}: ${file?.name ?? digest}`}>
                {file ? <Thumb file={file} /> : <span class="thumb paper">{isDigest(digest) ? digest.slice(0, 8) : digest}</span>}
              </li>
            );
          }),
        )}
      </ul>
    </section>
  );
}

function Actions({ job }: { job: Job }) {
  const words = t().gallery;
  const picture = job.outputs.find((output) => output.kind === "picture");
  const run = (task: Promise<unknown>) => void task.catch(tellError);
  const use = async (as: "photograph" | "painting") => {
    if (!picture) return;
    const file = { ...picture, name: picture.file_name };
    if (as === "photograph") change({ content: file, protect: null });
    else addStyles([file]);
    easelJob.value = "";
    go("paint");
  };
  if (role.value === "viewer") return null;
  return (
    <div class="row">
      <button type="button" class="primary" onClick={() => run(again(job, false))}>
        {job.command === "stylize" ? words.again : words.doAgain}
      </button>
      <button type="button" onClick={() => run(again(job, true))}>
        {words.vary}
      </button>
      {picture && (
        <>
          <a class="button quiet" href={hrefOf("look", "", { file: picture.digest })}>
            {words.look}
          </a>
          <button type="button" class="quiet" onClick={() => run(use("photograph"))}>
            {words.useAsPhoto}
          </button>
          <button type="button" class="quiet" onClick={() => run(use("painting"))}>
            {words.useAsStyle}
          </button>
        </>
      )}
      {hasEnded(job) && mayChange(job) && (
        <button
          type="button"
          class="quiet danger"
          onClick={() => {
            if (confirm(words.deleteSure)) run(remove(job.id).then(() => go("gallery")));
          }}
        >
          {words.delete}
        </button>
      )}
    </div>
  );
}

function Shown({ job }: { job: Job }) {
  const picture = job.outputs.find((output) => output.name === "picture" && output.kind === "picture");
  const before = job.command === "stylize" ? inputsOf(job).find(([name]) => name === "content")?.[1][0] : undefined;
  if (picture && before && records.value.get(before)?.kind === "picture")
    return (
      <>
        <div class="easel-picture">
          <Compare before={content(before)} after={content(picture.digest)} beforeAlt={t().paint.before} afterAlt={jobName(job)} />
        </div>
        <JobOutputs outputs={job.outputs.filter((output) => output !== picture)} alt={jobName(job)} />
      </>
    );
  if (job.outputs.length > 0) return <JobOutputs outputs={job.outputs} alt={jobName(job)} />;
  if (job.preview) return <img class="preview" src={job.preview.href} alt={t().paint.paintedAlt} />;
  return job.text ? <pre class="text-file">{job.text}</pre> : null;
}

export function WorkView({ id }: { id: string }) {
  const job = known.value.get(id);
  const [wrong, setWrong] = useState("");
  useEffect(() => {
    fetchWhole(id).then(
      (whole) => recordsOf(inputsOf(whole).flatMap(([, digests]) => digests)),
      (error) => setWrong(sentence(error)),
    );
  }, [id, job?.state]);
  const words = t().gallery;
  if (!job)
    return (
      <div class="room">
        <div class="empty">
          <p role={wrong ? "alert" : "status"}>{wrong || t().common.loading}</p>
          <a href={hrefOf("gallery")}>{words.back}</a>
        </div>
      </div>
    );
  return (
    <div class="room work">
      <header class="room-head">
        <div>
          <a class="back" href={hrefOf("gallery")}>
            {words.back}
          </a>
          <h1>{jobName(job)}</h1>
        </div>
        <Actions job={job} />
      </header>
      <div class="work-main">
        {job.state !== "done" && <JobProgress job={job} />}
        <Shown job={job} />
        {job.outputs.length === 0 && job.report != null && <Report value={job.report} />}
      </div>
      <aside class="work-side">
        <Recipe job={job} />
        {job.state === "done" && job.outputs[0] && role.value === "owner" && (
          <Credentials job={job} output={job.outputs.find((output) => output.kind === "picture") ?? job.outputs[0]} />
        )}
        {job.state === "done" && job.outputs.length > 0 && <Sharing job={job} />}
        <LossChart key={job.id} job={job} />
        {job.report != null && job.outputs.length > 0 && (
          <details>
            <summary>{words.report}</summary>
            <Report value={job.report} />
          </details>
        )}
        <Log id={job.id} />
      </aside>
    </div>
  );
}
