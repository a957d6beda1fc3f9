// SPDX-License-Identifier: Apache-2.0
// Every command with every input, output and option, from the studio's own tables.
import { useEffect, useState } from "preact/hooks";
import type { Command, CommandOutput } from "../api/types.ts";
import { InputFields } from "../parts/input_field.tsx";
import { JobOutputs } from "../parts/job_outputs.tsx";
import { jobName, JobProgress } from "../parts/job_progress.tsx";
import { Wrong } from "../parts/notes.tsx";
import { OptionsForm } from "../parts/options_form.tsx";
import { PassphraseField } from "../parts/passphrase_field.tsx";
import { Report } from "../parts/report.tsx";
import { command, commands } from "../state/commands.ts";
import { fetchWhole, known, start } from "../state/jobs.ts";
import { hrefOf } from "../state/route.ts";
import { meant, sentence } from "../state/say.ts";
import { toolGroups } from "../state/tool_groups.ts";
import { benchOf, changeBench, requestOf } from "../state/tools.ts";
import { commandHelp, commandName, helpOf, nameOf, t } from "../text/index.ts";

function OutputField({ command: of, output, value, onChange }: {
  command: string;
  output: CommandOutput;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <label class="output">
      <span>{nameOf(output.name)}</span>
      <select value={value ?? (output.optional ? "" : output.default)} onChange={(event) => onChange(event.currentTarget.value || undefined)}>
        {output.optional && <option value="">{t().tools.notAsked}</option>}
        {output.formats.map((format) => (
          <option key={format} value={format}>
            {format === "same" ? t().tools.same : format}
          </option>
        ))}
      </select>
      <small class="help">{helpOf(of, output.name, output.help)}</small>
    </label>
  );
}

function Result({ id }: { id: string }) {
  const job = known.value.get(id);
  useEffect(() => {
    if (!job || (job.state === "done" && job.report === undefined)) fetchWhole(id).catch(() => {});
  }, [id, job?.state]);
  if (!job) return null;
  return (
    <section class="result" aria-live="polite">
      <h2>
        <a href={hrefOf("work", job.id)}>{jobName(job)}</a>
      </h2>
      {job.state !== "done" && <JobProgress job={job} />}
      {job.preview && job.state !== "done" && <img class="preview" src={job.preview.href} alt={t().paint.paintedAlt} />}
      <JobOutputs outputs={job.outputs} alt={jobName(job)} />
      {job.report != null && <Report value={job.report} />}
    </section>
  );
}

export function ToolForm({ command: of, without = [] }: { command: Command; without?: readonly string[] }) {
  const bench = benchOf(of.name);
  const [wrong, setWrong] = useState({ name: "", text: "" });
  const [busy, setBusy] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const words = t().tools;
  const run = async () => {
    setBusy(true);
    setWrong({ name: "", text: "" });
    try {
      changeBench(of.name, { job: (await start({ ...requestOf(of.name, bench), ...(passphrase ? { passphrase } : {}) })).id });
      setPassphrase("");
    } catch (error) {
      setWrong({ name: meant(error), text: sentence(error) });
    } finally {
      setBusy(false);
    }
  };
  const known = [...of.inputs, ...of.options, { name: "passphrase" }].some((one) => one.name === wrong.name);
  return (
    <form
      class="tool"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <p class="lead">{commandHelp(of.name, of.help)}</p>
      <InputFields
        command={of}
        values={bench.inputs}
        wrong={wrong}
        onChange={(name, value) => changeBench(of.name, { inputs: { ...bench.inputs, [name]: value } })}
      />
      {of.outputs.length > 0 && (
        <fieldset class="group">
          <legend>{words.makes}</legend>
          <div class="fields">
            {of.outputs.map((output) => (
              <OutputField
                key={output.name}
                command={of.name}
                output={output}
                value={bench.outputs[output.name]}
                onChange={(value) => {
                  const outputs = { ...bench.outputs };
                  if (value) outputs[output.name] = value;
                  else delete outputs[output.name];
                  changeBench(of.name, { outputs });
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
      <OptionsForm
        command={of}
        values={bench.options}
        without={without}
        open
        wrong={wrong}
        onChange={(name, value) => {
          const options = { ...benchOf(of.name).options };
          if (value === undefined) delete options[name];
          else options[name] = value;
          changeBench(of.name, { options });
        }}
      />
      <PassphraseField
        command={of}
        value={passphrase}
        wrong={wrong.name === "passphrase" ? wrong.text : ""}
        onChange={setPassphrase}
      />
      <div class="row go-row">
        <label class="grow">
          {words.name} <small>{t().common.optional}</small>
          <input type="text" maxLength={200} value={bench.label} onChange={(event) => changeBench(of.name, { label: event.currentTarget.value })} />
        </label>
        <button type="submit" class="primary large" disabled={busy}>
          {words.goes}
        </button>
      </div>
      <Wrong text={known ? "" : wrong.text} />
      {bench.job && <Result id={bench.job} />}
    </form>
  );
}

export function ToolList({ commands: listed }: { commands: readonly Command[] }) {
  return (
    <ul class="tool-list">
      {listed.map((one) => (
        <li key={one.name}>
          <a href={hrefOf("tools", one.name)}>
            <b>{commandName(one.name)}</b>
            <span>{commandHelp(one.name, one.help)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function ToolsView({ name }: { name: string }) {
  const chosen = command(name);
  const words = t().tools;
  return (
    <div class="room tools">
      <header class="room-head">
        <h1>{chosen ? (commandName(chosen.name)) : words.title}</h1>
        {chosen && (
          <a class="back" href={hrefOf("tools")}>
            {words.title}
          </a>
        )}
      </header>
      {name && !chosen && commands.value.length === 0 ? (
        <p class="help">{t().common.loading}</p>
      ) : chosen ? (
        <ToolForm key={chosen.name} command={chosen} />
      ) : (
        <>
          <p class="lead">{words.lead}</p>
          {[...toolGroups(commands.value)].map(([group, members]) => (
            <section key={group}>
              <h2>{words.groups[group]}</h2>
              <ToolList commands={members} />
            </section>
          ))}
        </>
      )}
    </div>
  );
}
