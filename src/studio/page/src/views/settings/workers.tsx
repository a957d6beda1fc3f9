// SPDX-License-Identifier: Apache-2.0
// The workers that are there: on which machine, what each can, and what it does now.
import { useEffect, useState } from "preact/hooks";
import { listWorkers } from "../../api/accounts.ts";
import type { Worker } from "../../api/types.ts";
import { Facts } from "../../parts/facts.tsx";
import { hrefOf } from "../../state/route.ts";
import { tellError } from "../../state/say.ts";
import { commandName, t, when } from "../../text/index.ts";

const seconds = 5;

function Doing({ worker }: { worker: Worker }) {
  const words = t().settings;
  if (!worker.there) return <p class="help">{words.lastSeen(when(worker.seen))}</p>;
  if (worker.doing.length === 0) return <p class="help">{words.free}</p>;
  return (
    <p>
      {words.does}{" "}
      {worker.doing.map(({ job, command, label }, index) => (
        <>
          {index > 0 && ", "}
          <a key={job} href={hrefOf("work", job)}>
            {label || commandName(command)}
          </a>
        </>
      ))}
    </p>
  );
}

function One({ worker }: { worker: Worker }) {
  const words = t().settings;
  return (
    <li class={worker.there ? "worker" : "worker away"}>
      <div class="row">
        <b>{worker.host}</b>
        <span class="tag">{worker.there ? words.there : words.away}</span>
        <small>{words.since(when(worker.started))}</small>
      </div>
      <Doing worker={worker} />
      <Facts
        items={[
          [words.jobsAtOnce, String(worker.jobs)],
          [words.gpus, worker.gpus.join(", ") || words.noGpu],
          [words.memory, `${worker.memory.toFixed(1)} GiB`],
          [words.models, worker.models.join(", ")],
        ]}
      />
      <details>
        <summary>{words.can(worker.commands.length)}</summary>
        <p class="help">{worker.commands.map(commandName).join(", ")}</p>
      </details>
    </li>
  );
}

export function Workers() {
  const [workers, setWorkers] = useState<Worker[] | null>(null);
  const words = t().settings;
  useEffect(() => {
    const load = () => void listWorkers().then(setWorkers, tellError);
    load();
    const timer = setInterval(load, seconds * 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <section class="workers">
      <h2>{words.workers}</h2>
      <p class="help">{words.workersHelp}</p>
      {workers?.length === 0 && <p>{words.noWorkers}</p>}
      <ul class="plain-list">
        {workers && [...workers].sort((a, b) => b.doing.length - a.doing.length).map((worker) => (
          <One key={worker.id} worker={worker} />
        ))}
      </ul>
    </section>
  );
}
