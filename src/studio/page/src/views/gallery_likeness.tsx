// SPDX-License-Identifier: Apache-2.0
// The gallery in the order of likeness to a picture.
import { useState } from "preact/hooks";
import type { Job, StudioFile } from "../api/types.ts";
import { Chooser } from "../parts/chooser.tsx";
import { query } from "../state/query.ts";
import { tellError } from "../state/say.ts";
import { t } from "../text/index.ts";
import { workOf } from "./look/pictures.ts";

const most = 1000;
const pictureOf = (job: Job) => job.outputs.find((output) => output.kind === "picture")?.digest;

export function useLikeness(jobs: Job[]) {
  const [choosing, setChoosing] = useState(false);
  const [order, setOrder] = useState<Map<string, number> | null>(null);
  const ask = ([file]: StudioFile[]) => {
    const works = [...new Set(jobs.map(pictureOf).filter((digest): digest is string => digest !== undefined))].sort().slice(0, most);
    if (!file || works.length === 0) return;
    query<{ works: { path: string; likeness: number }[] }>({
      command: "similar",
      inputs: { picture: [file.digest], works },
      options: { count: works.length },
    }).then((report) => setOrder(new Map(report.works.map((one) => [workOf(one.path, works), one.likeness]))), tellError);
  };
  const likeness = (job: Job) => order?.get(pictureOf(job) ?? "") ?? -1;
  return {
    ranked: order ? jobs.filter((job) => likeness(job) >= -0.5).sort((a, b) => likeness(b) - likeness(a)) : jobs,
    like: order !== null,
    choose: () => setChoosing(true),
    stop: () => setOrder(null),
    chooser: choosing && (
      <Chooser title={t().gallery.byPicture} accepts={["picture"]} onFiles={ask} onClose={() => setChoosing(false)} />
    ),
  };
}
