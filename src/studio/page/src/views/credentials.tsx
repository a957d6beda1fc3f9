// SPDX-License-Identifier: Apache-2.0
// Whose a work is: its credential, a signature of one's own, its place in the catalogue.
import { useState } from "preact/hooks";
import type { Job, JobOutput } from "../api/types.ts";
import { Facts } from "../parts/facts.tsx";
import { jobName } from "../parts/job_progress.tsx";
import { Wrong } from "../parts/notes.tsx";
import { PassphraseField } from "../parts/passphrase_field.tsx";
import { useQuery } from "../parts/use_query.ts";
import type { FoundWorks, Identity, Verification } from "../state/answers.ts";
import { command } from "../state/commands.ts";
import { start } from "../state/jobs.ts";
import { go, hrefOf } from "../state/route.ts";
import { sentence } from "../state/say.ts";
import { changeBench } from "../state/tools.ts";
import { when, t } from "../text/index.ts";

function Verified({ digest }: { digest: string }) {
  const { answer, wrong } = useQuery<Verification>({ command: "verify", inputs: { work: [digest] } });
  const words = t().credentials;
  if (wrong) return <Wrong text={wrong} />;
  if (!answer) return <p class="help">{t().common.loading}</p>;
  const time = answer.time ?? answer.told_time;
  return (
    <div role="status">
      <p class={answer.state === "broken" ? "wrong" : ""}>{words.state[answer.state] ?? answer.state}</p>
      {answer.findings?.map((finding) => <p key={finding.sentence}>{finding.sentence}</p>)}
      <Facts
        items={[
          [words.signer, [answer.signer, answer.organization, time && when(time)].filter(Boolean).join(", ")],
          [words.author, answer.author ?? ""],
          [words.licence, answer.licence ?? ""],
          [words.noTraining, answer.no_training ? "✓" : ""],
          [words.program, answer.program ?? ""],
          [words.madeFrom, (answer.ingredients ?? []).map((one) => one.title).join(", ")],
        ]}
      />
      {answer.known?.map((known) => <p key={known.title}>{words.known(known.title)}</p>)}
    </div>
  );
}

function Sign({ job, output }: { job: Job; output: JobOutput }) {
  const { answer: identities, wrong: noList } = useQuery<Identity[]>({ command: "identity-show" });
  const [identity, setIdentity] = useState("");
  const [author, setAuthor] = useState("");
  const [noTraining, setNoTraining] = useState(false);
  const [mark, setMark] = useState(false);
  const [passphrase, setPassphrase] = useState("");
  const [wrong, setWrong] = useState("");
  const words = t().credentials;
  const sign = command("sign");
  if (noList) return <Wrong text={noList} />;
  if (!identities || !sign) return <p class="help">{t().common.loading}</p>;
  if (identities.length === 0)
    return (
      <p>
        {words.noIdentity} <a href={hrefOf("tools", "identity-create")}>{words.makeIdentity}</a>
      </p>
    );
  const who = identity || identities[0]!.name;
  const ingredients = Object.values(job.request.inputs ?? {})
    .flat()
    .filter((one) => /^[0-9a-f]{64}$/.test(one))
    .slice(0, 16);
  return (
    <form
      class="sign"
      onSubmit={(event) => {
        event.preventDefault();
        const options = {
          identity: who,
          title: jobName(job),
          ...(author ? { author } : {}),
          ...(noTraining ? { no_training: true } : {}),
          ...(mark ? { mark: true } : {}),
        };
        start({ command: "sign", inputs: { work: [output.digest], ingredients }, options, passphrase, label: jobName(job) }).then(
          (signed) => go("work", signed.id),
          (error) => setWrong(sentence(error)),
        );
        setPassphrase("");
      }}
    >
      <label class="field">
        <span>{words.identity}</span>
        <select value={who} onChange={(event) => setIdentity(event.currentTarget.value)}>
          {identities.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>
          {words.author} <small>{t().common.optional}</small>
        </span>
        <input type="text" value={author} onInput={(event) => setAuthor(event.currentTarget.value)} />
      </label>
      <label>
        <input type="checkbox" checked={noTraining} onChange={(event) => setNoTraining(event.currentTarget.checked)} /> {words.noTraining}
      </label>
      {output.kind === "picture" && (
        <label>
          <input type="checkbox" checked={mark} onChange={(event) => setMark(event.currentTarget.checked)} /> {words.mark}
        </label>
      )}
      <PassphraseField command={sign} value={passphrase} onChange={setPassphrase} />
      <Wrong text={wrong} />
      <button type="submit" class="primary">
        {words.sign}
      </button>
    </form>
  );
}

function InCatalogue({ digest }: { digest: string }) {
  // Without a catalogue there is nothing to find, and no fault either.
  const { answer } = useQuery<FoundWorks>({ command: "catalog-find", options: { digest } });
  if (!answer || answer.works.length === 0) return null;
  return (
    <p>
      {t().credentials.inCatalogue}:{" "}
      {answer.works.map((work) => (
        <a key={work.number} href={hrefOf("catalogue", work.number)}>
          {work.number} {work.title}
        </a>
      ))}
    </p>
  );
}

/** Asked only when it is opened: each question is a job. */
export function Credentials({ job, output }: { job: Job; output: JobOutput }) {
  const [asked, setAsked] = useState({ verify: false, sign: false, open: false });
  const words = t().credentials;
  return (
    <details class="credentials" onToggle={(event) => setAsked((now) => ({ ...now, open: now.open || event.currentTarget.open }))}>
      <summary>{words.title}</summary>
      {asked.open && <InCatalogue digest={output.digest} />}
      <div class="row">
        <button type="button" onClick={() => setAsked({ ...asked, verify: true })}>
          {words.verify}
        </button>
        <button type="button" aria-expanded={asked.sign} onClick={() => setAsked({ ...asked, sign: !asked.sign })}>
          {words.sign}
        </button>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            changeBench("catalog-add", { inputs: { files: [output.digest] }, options: { title: jobName(job) }, job: "" });
            go("catalogue", "add");
          }}
        >
          {words.catalogue}
        </button>
      </div>
      {asked.verify && <Verified digest={output.digest} />}
      {asked.sign && <Sign job={job} output={output} />}
    </details>
  );
}
