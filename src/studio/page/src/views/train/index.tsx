// SPDX-License-Identifier: Apache-2.0
// The room where networks learn: what from, for how long; how it goes; and where the model is used.
import type { JobOutput } from "../../api/types.ts";
import { Choice } from "../../parts/choice.tsx";
import { InputFields } from "../../parts/input_field.tsx";
import { JobOutputs } from "../../parts/job_outputs.tsx";
import { JobProgress } from "../../parts/job_progress.tsx";
import { LossChart } from "../../parts/loss_chart.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { OptionField } from "../../parts/option_field.tsx";
import { OptionsForm } from "../../parts/options_form.tsx";
import { useBench } from "../../parts/use_bench.ts";
import { command } from "../../state/commands.ts";
import { hasEnded } from "../../state/jobs.ts";
import { hrefOf } from "../../state/route.ts";
import { stored } from "../../state/storage.ts";
import { t } from "../../text/index.ts";
import { modelOf, useModel } from "./models.ts";

const kind = stored("train-kind", "gan");
const shownElsewhere = ["steps"];

/** What the network made as it learned; the newest is the last. */
const isSample = (output: JobOutput): boolean => output.kind === "picture" || output.type.startsWith("text/plain");

function Learning({ kind: of }: { kind: string }) {
  const name = `train-${of}`;
  const train = command(name);
  const { bench, job, busy, wrong, setOption, setInput, run } = useBench(name);
  const words = t().train;
  if (!train) return <p class="help">{t().common.loading}</p>;
  const steps = train.options.find((option) => option.name === "steps");
  const label = words.kinds[of]?.[0] ?? name;
  const model = job?.state === "done" ? modelOf(job) : undefined;
  const shown = [...train.inputs, ...train.options].some((one) => one.name === wrong.name);
  return (
    <>
      <section class="stage" aria-label={label}>
        {job ? <JobProgress job={job} /> : <p class="stage-empty">{words.empty}</p>}
        {model && (
          <div class="row">
            <button type="button" class="primary" onClick={() => useModel(of, model)}>
              {words.use}
            </button>
            <a class="button quiet" href={hrefOf("tools", "judge")}>
              {words.judge}
            </a>
          </div>
        )}
        {job?.preview && (
          <figure>
            <img class="preview" src={job.preview.href} alt={words.sheet} />
            <figcaption>{words.sheet}</figcaption>
          </figure>
        )}
        {job && <LossChart key={job.id} job={job} />}
        {job && hasEnded(job) && job.outputs.length > 0 && (
          <>
            <JobOutputs outputs={job.outputs.filter(isSample).slice(-1)} alt={label} />
            <JobOutputs outputs={job.outputs.filter((output) => !isSample(output))} alt={label} plain />
          </>
        )}
      </section>
      <form
        class="side"
        onSubmit={(event) => {
          event.preventDefault();
          void run({ label });
        }}
      >
        <button type="submit" class="primary large" disabled={busy}>
          {words.go}
        </button>
        <Wrong text={shown ? "" : wrong.text} />
        <Choice
          label={words.what}
          value={of}
          cards
          items={Object.entries(words.kinds).map(([value, [name, help]]) => ({ value, label: name, help }))}
          onChange={(value) => (kind.value = value)}
        />
        <section>
          <h2>{words.data}</h2>
          <InputFields command={train} values={bench.inputs} without={["from"]} wrong={wrong} onChange={setInput} />
          {train.inputs.some((input) => input.accepts.includes("dataset")) && (
            <p class="help">
              {words.dataHelp} <a href={hrefOf("tools", "dataset-pack")}>{words.pack}</a>
            </p>
          )}
        </section>
        {steps && (
          <OptionField
            command={name}
            option={steps}
            help={words.stepsHelp}
            value={bench.options["steps"]}
            wrong={wrong.name === "steps" ? wrong.text : ""}
            onChange={(value) => setOption("steps", value)}
          />
        )}
        <OptionsForm command={train} values={bench.options} without={shownElsewhere} wrong={wrong} onChange={setOption}>
          <InputFields command={train} values={bench.inputs} without={train.inputs.map((input) => input.name).filter((name) => name !== "from")} wrong={wrong} onChange={setInput} />
        </OptionsForm>
      </form>
    </>
  );
}

export function TrainView() {
  return (
    <div class="room two">
      <header class="room-head">
        <h1>{t().train.lead}</h1>
      </header>
      <Learning key={kind.value} kind={kind.value} />
    </div>
  );
}
