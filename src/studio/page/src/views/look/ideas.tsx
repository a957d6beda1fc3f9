// SPDX-License-Identifier: Apache-2.0
// A board of ideas for the picture, or for words, from the pictures of the studio.
import { useEffect, useState } from "preact/hooks";
import { content, thumbnail, upload } from "../../api/files.ts";
import type { Job, StudioFile } from "../../api/types.ts";
import { isDigest } from "../../state/file_names.ts";
import { JobProgress } from "../../parts/job_progress.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { useBench } from "../../parts/use_bench.ts";
import type { Idea } from "../../state/answers.ts";
import { hrefOf } from "../../state/route.ts";
import { sentence, tellError } from "../../state/say.ts";
import { nameOf, t } from "../../text/index.ts";
import { studioPictures } from "./pictures.ts";

function Board({ job }: { job: Job }) {
  const report = job.report as Idea | undefined;
  const page = job.outputs.find((output) => output.kind === "page");
  const words = t().look;
  return (
    <div class="ideas" aria-live="polite">
      {page && (
        <a class="button primary" href={content(page.digest)} target="_blank" rel="noopener">
          {words.board}
        </a>
      )}
      <ul class="tiles large">
        {report?.works
          .filter((work) => isDigest(work.path))
          .map((work) => (
            <li key={work.path}>
              <a href={hrefOf("look", "", { file: work.path })}>
                <img class="thumb" src={thumbnail(work.path, 256)} alt={work.reasons.join("; ")} loading="lazy" />
              </a>
              <p class="help">{work.reasons.join("; ")}</p>
            </li>
          ))}
      </ul>
      {report?.items.map((item, index) => (
        <section key={index}>
          <h3>
            {nameOf(item.kind)}: {item.title}
          </h3>
          {item.text && <p class="verse">{item.text}</p>}
        </section>
      ))}
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
      await run({ inputs: { idea: [idea.digest], works: others }, label: typed.trim().slice(0, 80) || picture.name });
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
