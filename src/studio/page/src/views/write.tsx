// SPDX-License-Identifier: Apache-2.0
// The room where texts are written.
import { Choice } from "../parts/choice.tsx";
import { InputFields } from "../parts/input_field.tsx";
import { JobProgress } from "../parts/job_progress.tsx";
import { Wrong } from "../parts/notes.tsx";
import { OptionsForm } from "../parts/options_form.tsx";
import { Poem } from "../parts/poem.tsx";
import { useBench } from "../parts/use_bench.ts";
import { command } from "../state/commands.ts";
import { hasEnded } from "../state/jobs.ts";
import { textsOf } from "../state/poem.ts";
import { tell } from "../state/say.ts";
import { t } from "../text/index.ts";

const shownElsewhere = ["form", "opening", "topic", "seed"];

export function WriteView() {
  const write = command("write");
  const { bench, job, busy, wrong, setOption, setInput, run } = useBench("write");
  const words = t().write;
  const { options } = bench;
  const seed = Number(options["seed"] ?? 0);
  const texts = textsOf(job?.report);
  const text = (name: string) => String(options[name] ?? "");
  const label = text("opening") || text("topic") || words.forms[text("form")]?.[0] || words.title;
  const field = (name: string, label: string, help: string) => (
    <label class="field">
      <span>{label}</span>
      <input type="text" value={text(name)} onInput={(event) => setOption(name, event.currentTarget.value || undefined)} />
      <small>{help}</small>
      <Wrong text={wrong.name === name ? wrong.text : ""} />
    </label>
  );
  return (
    <div class="room two">
      <header class="room-head">
        <h1>{words.lead}</h1>
      </header>
      <section class="stage" aria-label={words.title}>
        {job && !hasEnded(job) && <JobProgress job={job} />}
        {job && (job.state === "failed" || job.state === "set_aside") && <JobProgress job={job} />}
        <div aria-live="polite">
          {texts.length > 0
            ? texts.map((written) => <Poem key={written.seed} written={written} />)
            : job?.text
              ? <Poem written={{ text: job.text, seed: 0, complete: false }} />
              : <p class="stage-empty">{words.empty}</p>}
        </div>
        {texts.length > 0 && (
          <div class="row">
            <button
              type="button"
              onClick={() => {
                setOption("seed", seed + 1);
                void run({ label });
              }}
            >
              {words.again}
            </button>
            <button
              type="button"
              class="quiet"
              onClick={() => void navigator.clipboard.writeText(texts.map((one) => one.text).join("\n\n")).then(() => tell(words.copied))}
            >
              {words.copy}
            </button>
          </div>
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
        <Wrong text={shownElsewhere.includes(wrong.name) ? "" : wrong.text} />
        <Choice
          label={words.form}
          value={text("form")}
          items={Object.entries(words.forms).map(([value, [label, help]]) => ({ value, label, help }))}
          cards
          onChange={(value) => setOption("form", value || undefined)}
        />
        <Wrong text={wrong.name === "form" ? wrong.text : ""} />
        {field("opening", words.opening, words.openingHelp)}
        {field("topic", words.topic, "")}
        {write && (
          <OptionsForm command={write} values={options} without={shownElsewhere} wrong={wrong} onChange={setOption}>
            <InputFields command={write} values={bench.inputs} wrong={wrong} onChange={setInput} />
          </OptionsForm>
        )}
      </form>
    </div>
  );
}
