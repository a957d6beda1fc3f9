// SPDX-License-Identifier: Apache-2.0
// The room where pictures are bred.
import { useEffect, useState } from "preact/hooks";
import { listFiles, thumbnail } from "../../api/files.ts";
import { listJobs } from "../../api/jobs.ts";
import type { JobRequest, StudioFile } from "../../api/types.ts";
import { Chooser } from "../../parts/chooser.tsx";
import { Browse, DropZone } from "../../parts/drop_zone.tsx";
import { jobName, JobProgress } from "../../parts/job_progress.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { useKeys } from "../../parts/use_keys.ts";
import { SendingList } from "../../parts/sending.tsx";
import { Slider } from "../../parts/slider.tsx";
import { breeding, breedingHistory, breedRequest, changeBreeding, generateRequest, toggleParent } from "../../state/breeding.ts";
import { command } from "../../state/commands.ts";
import { bredPictures } from "../../state/family.ts";
import { hasEnded, learn, newest, start } from "../../state/jobs.ts";
import { hrefOf } from "../../state/route.ts";
import { sentence, tellError } from "../../state/say.ts";
import { t } from "../../text/index.ts";
import { modelOf } from "../train/models.ts";
import { FamilyTree } from "./family_tree.tsx";
import { Changes, Parents } from "./parents.tsx";

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

function NoModel({ onModel }: { onModel: (files: StudioFile[]) => void }) {
  const [models, setModels] = useState<StudioFile[]>([]);
  const words = t().breed;
  useEffect(() => void generators().then(setModels, tellError), []);
  return (
    <div class="room start">
      <header class="room-head">
        <h1>{words.lead}</h1>
      </header>
      <DropZone accepts={["model"]} many={false} class="no-model" onFiles={onModel}>
        <h2>{words.noModel}</h2>
        <p class="help">{words.noModelHelp}</p>
        <div class="row">
          <Browse accepts={["model"]} many={false} label={t().choose.browse} onFiles={onModel} />
          <a class="button quiet" href={hrefOf("train")}>
            {words.trainOne}
          </a>
        </div>
        {models.length > 0 && (
          <ul class="row models" aria-label={words.model}>
            {models.map((model) => (
              <li key={model.digest}>
                <button type="button" onClick={() => onModel([model])}>
                  {model.name}
                </button>
              </li>
            ))}
          </ul>
        )}
        <SendingList />
      </DropZone>
    </div>
  );
}

export function BreedView() {
  const [choosing, setChoosing] = useState(false);
  const [wrong, setWrong] = useState("");
  const now = breeding.value;
  const words = t().breed;
  const setModel = ([model]: StudioFile[]) => model && changeBreeding({ model, parents: [] });
  useEffect(() => {
    for (const name of ["generate", "breed", "invert"])
      listJobs({ command: name }, null, 200).then((page) => learn(page.items), tellError);
  }, []);
  useKeys({ undo: () => breedingHistory.undo(), redo: () => breedingHistory.redo(), go: () => {} });
  if (!now.model) return <NoModel onModel={setModel} />;

  const jobs = newest.value.filter((job) => [job.request.inputs?.["model"] ?? []].flat().includes(now.model!.digest));
  const pictures = bredPictures(jobs, now.model.digest);
  const names = new Map(pictures.map((picture) => [picture.digest, picture.name]));
  const chosen = new Set(now.parents.map((parent) => parent.digest));
  const working = jobs.filter((job) => !hasEnded(job));
  const failed = jobs[0]?.state === "failed" ? jobs[0] : undefined;
  const run = async (request: JobRequest) => {
    setWrong("");
    try {
      await start(request);
      changeBreeding({ seed: now.seed + Math.max(now.count, now.children) });
    } catch (error) {
      setWrong(sentence(error));
    }
  };
  const move = command("breed")?.options.find((option) => option.name === "move");
  const label = now.parents.map((parent) => names.get(parent.digest) ?? "").join(" × ");
  return (
    <div class="room two">
      <header class="room-head">
        <h1>{words.title}</h1>
        <div class="row tight">
          <button type="button" class="quiet" onClick={() => setChoosing(true)}>
            {words.model}: {now.model.name}
          </button>
          <button type="button" class="quiet" disabled={!breedingHistory.canUndo.value} onClick={() => breedingHistory.undo()}>
            {t().common.undo}
          </button>
        </div>
      </header>
      <section class="stage" aria-label={words.lead}>
        {working.map((job) => (
          <JobProgress key={job.id} job={job} />
        ))}
        {failed && <JobProgress job={failed} />}
        {pictures.length === 0 && working.length === 0 && <p class="stage-empty">{words.empty}</p>}
        <ul class="tiles large">
          {pictures.map((picture) => (
            <li key={picture.digest}>
              <button
                type="button"
                class="picture-button"
                aria-pressed={chosen.has(picture.digest)}
                aria-label={words.chooseParent(picture.name)}
                onClick={() => toggleParent(picture.digest)}
              >
                <img src={thumbnail(picture.digest, 256)} alt="" loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
        <h2>{words.tree}</h2>
        <FamilyTree jobs={jobs} />
      </section>
      <div class="side">
        <section class="how" aria-label={words.fresh}>
          <Slider
            label={words.count}
            value={now.count}
            min={1}
            max={24}
            step={1}
            shown={String(now.count)}
            onInput={(count) => changeBreeding({ count }, "count")}
          />
          <Slider
            label={words.freedom}
            value={now.freedom}
            min={0}
            max={1.5}
            step={0.05}
            ends={words.freedomEnds}
            shown={now.freedom.toFixed(2)}
            onInput={(freedom) => changeBreeding({ freedom }, "freedom")}
          />
          <button type="button" class={chosen.size === 0 ? "primary" : ""} onClick={() => void run(generateRequest(now, words.fresh))}>
            {words.generate}
          </button>
        </section>
        <Parents names={names} />
        {chosen.size > 0 && (
          <>
            <Changes />
            <button type="button" class="primary large" onClick={() => void run(breedRequest(now, move, words.childOf(label)))}>
              {words.mix}
            </button>
          </>
        )}
        <Wrong text={wrong} />
      </div>
      {choosing && <Chooser title={words.model} accepts={["model"]} onFiles={setModel} onClose={() => setChoosing(false)} />}
    </div>
  );
}
