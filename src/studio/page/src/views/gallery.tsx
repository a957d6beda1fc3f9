// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import { listJobs } from "../api/jobs.ts";
import type { Job } from "../api/types.ts";
import { jobName } from "../parts/job_progress.tsx";
import { WorkCard } from "../parts/work_card.tsx";
import { commands } from "../state/commands.ts";
import { records, recordsOf } from "../state/file_names.ts";
import { hasEnded, learn, newest } from "../state/jobs.ts";
import { hrefOf } from "../state/route.ts";
import { matches } from "../state/search.ts";
import { tellError } from "../state/say.ts";
import { makesWorks } from "../state/tool_groups.ts";
import { commandName, t } from "../text/index.ts";
import { useLikeness } from "./gallery_likeness.tsx";
import { SelectionBar } from "./gallery_selection.tsx";

/** What made something; questions about pictures are left out. */
const worksOnly = "works";

export function GalleryView() {
  const [words, setWords] = useState("");
  const [command, setCommand] = useState(worksOnly);
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [selection, setSelection] = useState<ReadonlySet<string> | null>(null);
  const load = async (before: string | null) => {
    setLoading(true);
    try {
      const page = await listJobs({}, before);
      learn(page.items);
      setNext(page.next);
      void recordsOf(page.items.flatMap((job) => Object.values(job.request.inputs ?? {}).flat()));
    } catch (error) {
      tellError(error);
    } finally {
      setLoading(false);
    }
  };
  useEffect(() => void load(null), []);
  const nameOf = (digest: string) => records.value.get(digest)?.name ?? digest;
  const wanted = (job: Job) =>
    command === worksOnly ? makesWorks(job.command) && (!hasEnded(job) || job.outputs.length > 0) : !command || job.command === command;
  const shown = newest.value.filter((job) => wanted(job) && matches(job, words, nameOf));
  const text = t().gallery;
  const { ranked, chooser, choose, like, stop } = useLikeness(shown);
  return (
    <div class="room">
      <header class="room-head">
        <h1>{text.title}</h1>
        <div class="row search">
          <label>
            <span class="visually-hidden">{`${text.search}, ${text.searchHelp}`}</span>
            <input type="search" placeholder={text.search} title={text.searchHelp} value={words} onInput={(event) => setWords(event.currentTarget.value)} />
          </label>
          <label>
            <span class="visually-hidden">{text.command}</span>
            <select value={command} onChange={(event) => setCommand(event.currentTarget.value)}>
              <option value={worksOnly}>{text.works}</option>
              <option value="">{text.all}</option>
              {commands.value.map((one) => (
                <option key={one.name} value={one.name}>
                  {commandName(one.name)}
                </option>
              ))}
            </select>
          </label>
          <button type="button" class="quiet" onClick={choose}>
            {text.byPicture}
          </button>
        </div>
      </header>
      {like && (
        <p class="row" role="status">
          {text.likeThis}
          <button type="button" class="quiet" onClick={stop}>
            {text.stopLike}
          </button>
        </p>
      )}
      {chooser}
      <SelectionBar jobs={ranked} selection={selection} onChange={setSelection} />
      {shown.length === 0 && !loading && (
        <div class="empty">
          <p>{newest.value.length === 0 ? text.empty : text.noMatch}</p>
          {newest.value.length === 0 && (
            <a class="button primary" href={hrefOf("paint")}>
              {text.emptyGo}
            </a>
          )}
        </div>
      )}
      <ul class="wall">
        {ranked.map((job) => (
          <li key={job.id}>
            {selection && job.outputs.length > 0 && (
              <label class="select-work">
                <input
                  type="checkbox"
                  checked={selection.has(job.id)}
                  aria-label={text.selectNamed(jobName(job))}
                  onChange={(event) => {
                    const now = new Set(selection);
                    if (event.currentTarget.checked) now.add(job.id);
                    else now.delete(job.id);
                    setSelection(now);
                  }}
                />
              </label>
            )}
            <WorkCard job={job} />
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="quiet" disabled={loading} onClick={() => void load(next)}>
          {t().common.loadMore}
        </button>
      )}
    </div>
  );
}
