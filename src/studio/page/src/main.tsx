// SPDX-License-Identifier: Apache-2.0
import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { jobName } from "./parts/job_progress.tsx";
import { loadCommands } from "./state/commands.ts";
import { followJobs, stopFollowing, whenEnded } from "./state/jobs.ts";
import { isQuery } from "./state/query.ts";
import { hrefOf, route } from "./state/route.ts";
import { tell, tellError } from "./state/say.ts";
import { door, knock } from "./state/session.ts";
import { loadShelf } from "./state/shelf.ts";
import { t } from "./text/index.ts";

effect(() => {
  if (door.value !== "open") {
    stopFollowing();
    return;
  }
  loadCommands().catch(tellError);
  followJobs();
});

/** The room that a command belongs to; what it makes is seen there. */
const roomOf: Record<string, string> = {
  stylize: "paint",
  generate: "breed",
  breed: "breed",
  write: "write",
  compose: "compose",
  palette: "look",
  frame: "look",
  appraise: "look",
  similar: "look",
  match: "paint",
};

// What ends while one looks elsewhere is told.
whenEnded((job) => {
  const { view, rest } = route.peek();
  if (isQuery(job.id)) return; // who asked it tells
  if (view === roomOf[job.command] || (view === "work" && rest === job.id)) return;
  if (job.state === "done") tell(t().job.doneNote(jobName(job)), "done", hrefOf("work", job.id));
  else if (job.state !== "cancelled") tell(t().job.failedNote(jobName(job)), "wrong", hrefOf("work", job.id));
});

void knock();
loadShelf().catch(tellError);
render(<App />, document.getElementById("app")!);
