// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import { points as fetchPoints } from "../api/jobs.ts";
import type { Job, ProgressPoint } from "../api/types.ts";
import { chartOf, comparable } from "../state/chart.ts";
import { nameOf, t } from "../text/index.ts";

/** The losses of a job over its steps: what it has done so far, and then as it goes on. */
export function LossChart({ job }: { job: Job }) {
  const [points, setPoints] = useState<ProgressPoint[]>([]);
  const { id, state, progress } = job;
  useEffect(() => {
    let alive = true;
    fetchPoints(id).then(
      (all) => alive && setPoints(all),
      () => {}, // a chart less, no more
    );
    return () => {
      alive = false;
    };
  }, [id, state]);
  useEffect(() => {
    if (!progress || state !== "running") return;
    const { done, seconds, values } = progress;
    setPoints((now) => {
      const last = now[now.length - 1];
      return last && last.seconds >= seconds ? now : [...now, { done, seconds, values }];
    });
  }, [progress, state]);

  const names = Object.keys(points[points.length - 1]?.values ?? {});
  const chart = chartOf(points, comparable(points, names));
  if (!chart) return null;
  return (
    <details class="chart" open>
      <summary>{job.command.startsWith("train-") ? t().train.losses : t().paint.losses}</summary>
      <p class="help">{t().paint.lossesHelp}</p>
      <div class="chart-body">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {chart.lines.map((line, index) => (
            <path key={line.name} class={`line line-${index % 4}`} d={line.path} />
          ))}
        </svg>
        <dl>
          {chart.lines.map((line, index) => (
            <div key={line.name}>
              <dt class={`line-${index % 4}`}>{t().paint.loss[line.name] ?? nameOf(line.name)}</dt>
              <dd>{line.last.toPrecision(3)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}
