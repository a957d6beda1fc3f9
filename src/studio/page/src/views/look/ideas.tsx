// SPDX-License-Identifier: Apache-2.0
// A board of ideas for the picture, or for words, from the pictures of the studio.
import { useEffect, useState } from "preact/hooks";
import { content, thumbnail, upload } from "../../api/files.ts";
import type { Job, StudioFile } from "../../api/types.ts";
import { records } from "../../state/file_names.ts";
import { JobProgress } from "../../parts/job_progress.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { useBench } from "../../parts/use_bench.ts";
import type { Idea } from "../../state/answers.ts";
import { hrefOf } from "../../state/route.ts";
import { sentence, tellError } from "../../state/say.ts";
import { nameOf, t } from "../../text/index.ts";
import { studioPictures, workOf } from "./pictures.ts";

/** What goes on a command line as one of a list. */
const listed = (name: string): string => name.replaceAll(",", " ");

/** What the board has besides works, kind by kind. */
function Items({ items, label }: { items: Idea["items"]; label: string }) {
  // The idea itself is called as its file is in the job.
  const titled = (title: string) => (title === "idea 1" ? label : title);
  const kinds = [...new Set(items.map((item) => item.kind))];
  const words = t().look;
  return (
    <>
      {kinds.map((kind) => (
        <section key={kind}>
          <h2>{words.ideaKinds[kind] ?? nameOf(kind)}</h2>
          {items
            .filter((item) => item.kind === kind)
            .map((item, index) => (kind === "verse" ? <p key={index} class="verse">{item.text}</p> : <p key={index}>{titled(item.title)}</p>))}
        </section>
      ))}
    </>
  );
}

function Board({ job }: { job: Job }) {
  const report = job.report as Idea | undefined;
  const among = [job.request.inputs?.["works"] ?? []].flat();
  const page = job.outputs.find((output) => output.kind === "page");
  const words = t().look;
  return (
    <div class="ideas" aria-live="polite">
      {page && (
        <a class="button" href={content(page.digest)} target="_blank" rel="noopener">
          {words.board}
        </a>
      )}
      {report && (
        <ul class="idea-works">
          {report.works.map((work) => {
            const digest = workOf(work.path, among);
            return (
              <li key={digest}>
                <a href={hrefOf("look", "", { file: digest })}>
                  <img class="thumb" src={thumbnail(digest, 256)} alt={work.name} loading="lazy" />
                </a>
                <b>{work.name}</b>
                <p class="help">{work.reasons.join("; ")}</p>
              </li>
            );
          })}
        </ul>
      )}
      {report && <Items items={report.items} label={job.label} />}
      {report?.left_out.map((reason) => (
        <p key={reason} class="help">
          {reason}
        </p>
      ))}
    </div>
  );
}

export function Ideas({ picture }: { picture: StudioFile }) {
  const { job, busy, wrong, run } = useBench("inspire");
  const [typed, setTyped] = useState("");
  const [works, setWorks] = useState<string[]>([]);
  const [refused, setRefused] = useState("");
  const words = t().look;
  useEffect(() => void studioPictures().then(setWorks, tellError), [picture.digest]);
  const look = async () => {
    setRefused("");
    try {
      const idea = typed.trim()
        ? await upload(new Blob([typed.trim()], { type: "text/plain" }), `${typed.trim().slice(0, 40)}.txt`)
        : picture;
      const others = works.filter((digest) => digest !== picture.digest).sort();
      const names = others.map((digest) => listed(records.peek().get(digest)?.name ?? digest));
      await run({ inputs: { idea: [idea.digest], works: others }, options: { names }, label: typed.trim().slice(0, 80) || picture.name });
    } catch (error) {
      setRefused(sentence(error));
    }
  };
  return (
    <div class="inspire">
      <p class="help">{words.inspireLead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <label class="field">
          <span>{words.inspireWords}</span>
          <textarea rows={2} maxLength={4000} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          <small>{words.inspireWordsHelp}</small>
        </label>
        <button type="submit" class="primary" disabled={busy || works.length === 0}>
          {words.inspireGo}
        </button>
      </form>
      <Wrong text={refused || wrong.text} />
      {job && job.state !== "done" && <JobProgress job={job} />}
      {job?.state === "done" && <Board job={job} />}
    </div>
  );
}
