// SPDX-License-Identifier: Apache-2.0
// The room where photographs are painted.
import { useEffect, useState } from "preact/hooks";
import { download } from "../../api/files.ts";
import type { Job, StudioFile } from "../../api/types.ts";
import { Chooser } from "../../parts/chooser.tsx";
import { CloseIcon, RedoIcon, UndoIcon } from "../../parts/icons.tsx";
import { jobName } from "../../parts/job_progress.tsx";
import { LossChart } from "../../parts/loss_chart.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { Thumb } from "../../parts/thumb.tsx";
import { useKeys } from "../../parts/use_keys.ts";
import { fetchWhole, hasEnded, known, start } from "../../state/jobs.ts";
import {
  addStyles,
  change,
  easel,
  easelHistory,
  easelJob,
  emptyEasel,
  layOnEasel,
  paintRequests,
  varied,
} from "../../state/paint.ts";
import { hrefOf } from "../../state/route.ts";
import { meant, sentence, speak } from "../../state/say.ts";
import { t } from "../../text/index.ts";
import { Easel } from "./easel.tsx";
import { How } from "./how.tsx";
import { StartPlace } from "./start.tsx";
import { Styles } from "./styles.tsx";
import { Suits, useMatching } from "./suits.tsx";

function Undo() {
  return (
    <div class="row tight">
      <button type="button" class="round" aria-label={t().common.undo} title={t().common.undo} disabled={!easelHistory.canUndo.value} onClick={() => easelHistory.undo()}>
        <UndoIcon />
      </button>
      <button type="button" class="round" aria-label={t().common.redo} title={t().common.redo} disabled={!easelHistory.canRedo.value} onClick={() => easelHistory.redo()}>
        <RedoIcon />
      </button>
    </div>
  );
}

/** Photographs that are painted beside the one on the easel. */
function More() {
  const { more } = easel.value;
  if (more.length === 0) return null;
  return (
    <section aria-label={t().paint.more(more.length)}>
      <p class="help">{t().paint.more(more.length)}</p>
      <ul class="tiles small">
        {more.map((file) => (
          <li key={file.digest}>
            <Thumb file={file} edge={128} />
            <button
              type="button"
              class="round on-picture"
              aria-label={t().common.removeNamed(file.name)}
              onClick={() => change({ more: more.filter((one) => one !== file) })}
            >
              <CloseIcon />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Made({ job, onVary }: { job: Job; onVary: () => void }) {
  const made = job.outputs.find((output) => output.name === "picture");
  if (!made) return null;
  return (
    <div class="row made">
      <a class="button" href={download(made.digest)} download={made.file_name}>
        {t().common.download}
      </a>
      <button type="button" title={t().paint.varyHelp} onClick={onVary}>
        {t().paint.vary}
      </button>
      <a class="button quiet" href={hrefOf("work", job.id)}>
        {t().gallery.recipe}
      </a>
      <a class="button quiet" href={hrefOf("look", "", { file: made.digest })}>
        {t().gallery.look}
      </a>
    </div>
  );
}

export function PaintView() {
  const now = easel.value;
  const job = known.value.get(easelJob.value);
  const [wrong, setWrong] = useState({ name: "", text: "" });
  const [busy, setBusy] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const { matching } = useMatching(now);
  const words = t().paint;

  useEffect(() => {
    if (easelJob.value && !job) fetchWhole(easelJob.value).catch(() => (easelJob.value = ""));
  }, [easelJob.value]);
  useEffect(() => {
    if (job && hasEnded(job)) speak(`${jobName(job)}: ${t().job.state[job.state]}`);
  }, [job?.state]);

  const paint = async () => {
    setBusy(true);
    setWrong({ name: "", text: "" });
    try {
      const [first, ...others] = paintRequests(easel.peek());
      if (first) easelJob.value = (await start(first)).id;
      for (const request of others) await start(request);
      document.querySelector(".easel")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    } catch (error) {
      setWrong({ name: meant(error), text: sentence(error) });
    } finally {
      setBusy(false);
    }
  };
  const vary = () => {
    easelHistory.change(varied(easel.peek()));
    void paint();
  };
  const setPhotograph = (files: StudioFile[]) => {
    const [file, ...more] = files;
    if (!file) return;
    change({ content: file, more, protect: null, styles: easel.peek().styles.map((style) => ({ ...style, mask: null })) });
    easelJob.value = "";
  };
  useKeys({
    undo: () => easelHistory.undo(),
    redo: () => easelHistory.redo(),
    go: () => {
      if (!need && !busy && !working) void paint();
    },
  });
  const need = !now.content ? (now.styles.length === 0 ? words.needs : words.needsContent) : now.styles.length === 0 ? words.needsStyle : "";
  const working = job && !hasEnded(job);

  if (need)
    return (
      <div class="room start">
        <header class="room-head">
          <h1>{words.lead}</h1>
          <Undo />
        </header>
        <div class="start-places">
          <StartPlace
            title={words.photograph}
            help={words.photographHelp}
            accepts={["picture", "film"]}
            many
            role="photograph"
            chosen={now.content ? [now.content, ...now.more] : []}
            onFiles={setPhotograph}
          />
          <StartPlace
            title={words.paintings}
            help={words.paintingsHelp}
            accepts={["picture"]}
            many
            role="painting"
            chosen={now.styles.map((style) => style.file)}
            onFiles={addStyles}
          />
        </div>
        <p class="help">{need}</p>
      </div>
    );

  return (
    <div class="room paint">
      <header class="room-head">
        <h1>{words.title}</h1>
        <div class="row tight">
          <button type="button" class="quiet" onClick={() => setChoosing(true)}>
            {words.another}
          </button>
          <button type="button" class="quiet" onClick={() => layOnEasel(emptyEasel)}>
            {words.clear}
          </button>
          <Undo />
        </div>
      </header>
      <div class="paint-main">
        <Easel photograph={now.content} job={job} />
        <More />
        {job?.state === "done" && <Made job={job} onVary={vary} />}
        <Styles scores={matching.scores} />
        <Suits easel={now} />
        {job && <LossChart key={job.id} job={job} />}
      </div>
      <aside class="paint-side" aria-label={words.how}>
        <div class="go">
          <button type="button" class="primary large" disabled={busy || Boolean(working)} onClick={() => void paint()}>
            {job ? words.goAgain : words.go}
          </button>
          <Wrong text={wrong.text} />
        </div>
        <How wrong={wrong} />
      </aside>
      {choosing && (
        <Chooser title={words.photograph} accepts={["picture", "film"]} many role="photograph" onFiles={setPhotograph} onClose={() => setChoosing(false)} />
      )}
    </div>
  );
}
