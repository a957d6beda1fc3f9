// SPDX-License-Identifier: Apache-2.0
// The room where pictures are bred.
import { useEffect, useState } from "preact/hooks";
import { thumbnail } from "../../api/files.ts";
import { listJobs } from "../../api/jobs.ts";
import type { JobRequest } from "../../api/types.ts";
import { JobProgress } from "../../parts/job_progress.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { useKeys } from "../../parts/use_keys.ts";
import { Slider } from "../../parts/slider.tsx";
import { breeding, breedingHistory, breedRequest, changeBreeding, generateRequest, toggleParent } from "../../state/breeding.ts";
import { command } from "../../state/commands.ts";
import { bredPictures, isOf } from "../../state/family.ts";
import { hasEnded, learn, newest, start } from "../../state/jobs.ts";
import { sentence, tellError } from "../../state/say.ts";
import { t } from "../../text/index.ts";
import { FamilyTree } from "./family_tree.tsx";
import { Generators } from "./generators.tsx";
import { Changes, Parents } from "./parents.tsx";

export function BreedView() {
  const [choosing, setChoosing] = useState(false);
  const [wrong, setWrong] = useState("");
  const now = breeding.value;
  const words = t().breed;
  useEffect(() => {
    for (const name of ["generate", "breed", "invert"])
      listJobs({ command: name }, null, 200).then((page) => learn(page.items), tellError);
  }, []);
  useKeys({ undo: () => breedingHistory.undo(), redo: () => breedingHistory.redo(), go: () => {} });
  const model = now.model?.digest ?? null;
  const jobs = newest.value.filter((job) => isOf(job, model));
  const pictures = bredPictures(jobs);
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
            {words.model}: {now.model?.name ?? words.own}
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
      {choosing && (
        <Generators
          chosen={now.model}
          onModel={(chosenModel) => changeBreeding({ model: chosenModel, parents: [] })}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}
