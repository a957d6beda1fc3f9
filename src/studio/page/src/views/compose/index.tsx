// SPDX-License-Identifier: Apache-2.0
// The room where music is composed.
import { Choice } from "../../parts/choice.tsx";
import { InputFields } from "../../parts/input_field.tsx";
import { JobProgress } from "../../parts/job_progress.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { OptionsForm } from "../../parts/options_form.tsx";
import { useBench } from "../../parts/use_bench.ts";
import { command } from "../../state/commands.ts";
import { benchOf } from "../../state/tools.ts";
import { t } from "../../text/index.ts";
import { Piece } from "./piece.tsx";

const shownElsewhere = ["kind", "key", "metre", "seed"];
/** FLAC: every browser plays it, at half the size of WAV. */
const outputs = { notes: "mid", sound: "flac" };

export function ComposeView() {
  const compose = command("compose");
  const { bench, job, busy, wrong, setOption, setInput, run } = useBench("compose");
  const words = t().compose;
  const { options } = bench;
  const kind = compose?.options.find((option) => option.name === "kind");
  const kinds = kind && kind.choices.length > 0 ? kind.choices : ["chorales", "folk", "piano"];
  const chosen = String(options["kind"] ?? kind?.default ?? "") || kinds[0]!;
  const seed = Number(options["seed"] ?? 0);
  const label = [words.kinds[chosen] ?? chosen, options["key"], options["metre"]].filter(Boolean).join(", ");
  const go = () =>
    void run({
      options: { ...benchOf("compose").options, kind: chosen },
      outputs: { ...outputs, ...bench.outputs },
      label,
    });
  const field = (name: string, label: string, help: string) => (
    <label class="field">
      <span>{label}</span>
      <input type="text" value={String(options[name] ?? "")} onInput={(event) => setOption(name, event.currentTarget.value || undefined)} />
      <small>{help}</small>
      <Wrong text={wrong.name === name ? wrong.text : ""} />
    </label>
  );
  return (
    <div class="room two">
      <header class="room-head">
        <h1>{words.lead}</h1>
      </header>
      <section class="stage" aria-label={words.title} aria-live="polite">
        {job && job.state !== "done" && <JobProgress job={job} />}
        {job?.state === "done" ? <Piece key={job.id} job={job} /> : !job && <p class="stage-empty">{words.empty}</p>}
        {job?.state === "done" && (
          <div class="row">
            <button
              type="button"
              onClick={() => {
                setOption("seed", seed + 1);
                go();
              }}
            >
              {words.again}
            </button>
          </div>
        )}
      </section>
      <form
        class="side"
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <button type="submit" class="primary large" disabled={busy}>
          {words.go}
        </button>
        <Wrong text={shownElsewhere.includes(wrong.name) ? "" : wrong.text} />
        <Choice
          label={words.kind}
          value={chosen}
          items={kinds.map((value) => ({ value, label: words.kinds[value] ?? value }))}
          onChange={(value) => setOption("kind", value)}
        />
        {field("key", words.key, words.keyHelp)}
        {field("metre", words.metre, words.metreHelp)}
        {compose && (
          <>
            <InputFields command={compose} values={bench.inputs} without={["model"]} wrong={wrong} onChange={setInput} />
            <OptionsForm command={compose} values={options} without={shownElsewhere} wrong={wrong} onChange={setOption}>
              <InputFields command={compose} values={bench.inputs} without={["primer", "harmonise"]} wrong={wrong} onChange={setInput} />
            </OptionsForm>
          </>
        )}
      </form>
    </div>
  );
}
