// SPDX-License-Identifier: Apache-2.0
// A work of the catalogue: what it is, what happened to it, whose it is, and the proofs of that.
import { useState } from "preact/hooks";
import { content, thumbnail } from "../../api/files.ts";
import { Facts } from "../../parts/facts.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { useQuery } from "../../parts/use_query.ts";
import type { CatalogueEntry, CatalogueEvent } from "../../state/answers.ts";
import { command } from "../../state/commands.ts";
import { start } from "../../state/jobs.ts";
import { go, hrefOf } from "../../state/route.ts";
import { tellError } from "../../state/say.ts";
import { changeBench } from "../../state/tools.ts";
import { nameOf, t, valueOf, when } from "../../text/index.ts";
import { ToolForm } from "../tools.tsx";

function Happened({ event }: { event: CatalogueEvent }) {
  const words = t().catalogue;
  const said = [event.title, event.party, event.place, event.amount, event.note].filter(Boolean).join(", ");
  const entry = event.ledger_entry;
  return (
    <li>
      <b>{nameOf(event.kind)}</b> <time>{event.date || when(event.recorded)}</time> {said}
      {entry !== undefined && (
        <>
          {" "}
          <small>{words.entry(entry)}</small>{" "}
          <button
            type="button"
            class="quiet"
            title={words.proofHelp}
            onClick={() =>
              void start({ command: "ledger-prove", options: { index: entry, show: ["all"] }, label: words.entry(entry) }).then(
                (job) => go("work", job.id),
                tellError,
              )
            }
          >
            {words.proof}
          </button>
        </>
      )}
    </li>
  );
}

/** The newest version large, those before it small below. */
function Pictures({ work }: { work: CatalogueEntry }) {
  const pictures = work.files.filter((file) => /\.(png|jpg|webp|tif)$/.test(file.path)).reverse();
  const [newest, ...older] = pictures;
  if (!newest) return null;
  return (
    <>
      <img class="entry-picture" src={content(newest.sha256)} alt={work.title} />
      {older.length > 0 && (
        <ul class="tiles">
          {older.map((file) => (
            <li key={file.sha256}>
              <img class="thumb" src={thumbnail(file.sha256, 256)} alt={work.title} loading="lazy" />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** To the form of a command, with this work's number in it. */
function formOf(name: string, number: string): void {
  changeBench(name, { options: { number }, inputs: {}, job: "" });
  go("tools", name);
}

export function Entry({ number }: { number: string }) {
  const [recording, setRecording] = useState(false);
  const { answer: work, wrong } = useQuery<CatalogueEntry>({ command: "catalog-show", options: { number } });
  const words = t().catalogue;
  const record = command("catalog-event");
  return (
    <div class="room work">
      <header class="room-head">
        <div>
          <a class="back" href={hrefOf("catalogue")}>
            {words.back}
          </a>
          <h1>{work?.title ?? number}</h1>
        </div>
        {work && (
          <div class="row">
            <button
              type="button"
              class="primary"
              onClick={() => {
                changeBench("catalog-event", { options: { number }, job: "" });
                setRecording(true);
              }}
            >
              {words.event}
            </button>
            <button type="button" onClick={() => formOf("catalog-edit", number)}>
              {words.edit}
            </button>
            <button type="button" onClick={() => formOf("catalog-certificate", number)}>
              {words.certificate}
            </button>
          </div>
        )}
      </header>
      <Wrong text={wrong} />
      {!work && !wrong && <p class="help">{t().common.loading}</p>}
      {work && (
        <>
          <div class="work-main">
            {recording && record && <ToolForm command={record} without={["number"]} />}
            <Pictures work={work} />
            <h2>{words.events}</h2>
            <ol class="events">
              {work.events.map((event, index) => (
                <Happened key={index} event={event} />
              ))}
            </ol>
            {work.ledger && work.ledger.waiting > 0 && <p class="help">{words.waiting(work.ledger.waiting)}</p>}
          </div>
          <aside class="work-side">
            <h2>{words.facts}</h2>
            <Facts
              items={[
                ...(["number", "kind", "artists", "date", "medium", "dimensions", "keywords", "description", "licence", "credit", "location", "price", "status"] as const).map(
                  (name): [string, string] => [nameOf(name), name === "kind" || name === "status" ? valueOf(work[name]) : work[name]],
                ),
                [words.owner, work.owners.map((one) => one.owner).join(", ")],
              ]}
            />
          </aside>
        </>
      )}
    </div>
  );
}
