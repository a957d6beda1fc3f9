// SPDX-License-Identifier: Apache-2.0
// Which painting suits the photograph: `match`, before anything is painted.
import { useEffect, useState } from "preact/hooks";
import { JobProgress } from "../../parts/job_progress.tsx";
import { fetchWhole, known, start } from "../../state/jobs.ts";
import { type Easel } from "../../state/paint.ts";
import { tellError } from "../../state/say.ts";
import { stored } from "../../state/storage.ts";
import { t } from "../../text/index.ts";

interface MatchedStyle {
  style: string;
  score: { value: number; low: number; high: number };
  reasons: { text: string; topic: string }[];
}

/** The job of each set of pictures that was compared. */
const asked = stored<Record<string, string>>("match-jobs", {});

const keyOf = (easel: Easel): string =>
  [easel.content?.digest ?? "", ...easel.styles.map((style) => style.file.digest).sort()].join(" ");

export interface Matching {
  scores: Map<string, number>;
  reasons: Map<string, string[]>;
}

export function matchingOf(report: unknown): Matching {
  const scores = new Map<string, number>();
  const reasons = new Map<string, string[]>();
  const styles = (report as { styles?: MatchedStyle[] } | null | undefined)?.styles ?? [];
  for (const one of styles) {
    scores.set(one.style, one.score.value);
    reasons.set(one.style, one.reasons.map((reason) => reason.text));
  }
  return { scores, reasons };
}

/** What is known of how the paintings on the easel suit, and the job that finds out. */
export function useMatching(easel: Easel) {
  const id = asked.value[keyOf(easel)];
  const job = id ? known.value.get(id) : undefined;
  useEffect(() => {
    if (id && (!job || (job.state === "done" && !job.report))) fetchWhole(id).catch(() => {});
  }, [id, job?.state]);
  return { job, matching: matchingOf(job?.report) };
}

export function Suits({ easel }: { easel: Easel }) {
  const { job, matching } = useMatching(easel);
  const [busy, setBusy] = useState(false);
  const words = t().paint;
  if (!easel.content || easel.content.kind !== "picture" || easel.styles.length === 0) return null;
  const ask = async () => {
    setBusy(true);
    try {
      const made = await start({
        command: "match",
        inputs: { content: [easel.content!.digest], styles: easel.styles.map((style) => style.file.digest) },
        label: words.suits,
      });
      asked.value = { ...asked.peek(), [keyOf(easel)]: made.id };
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  if (job && job.state !== "done") return <JobProgress job={job} />;
  if (job && matching.scores.size > 0)
    return (
      <ul class="reasons">
        {easel.styles
          .filter((style) => matching.reasons.has(style.file.digest))
          .map((style) => (
            <li key={style.file.digest}>
              <b>{style.file.name}</b> {words.fit(matching.scores.get(style.file.digest) ?? 0)}
              <span class="help">{(matching.reasons.get(style.file.digest) ?? []).join("; ")}</span>
            </li>
          ))}
      </ul>
    );
  return (
    <div>
      <button type="button" class="quiet" disabled={busy} onClick={() => void ask()}>
        {words.suits}
      </button>
      <p class="help">{words.suitsHelp}</p>
    </div>
  );
}
