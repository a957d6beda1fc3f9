// SPDX-License-Identifier: Apache-2.0
"use strict";

const api = "/api/v1";
const byId = (id) => document.getElementById(id);
let csrf = "";

async function ask(path, options = {}) {
  const headers = { ...options.headers };
  if (options.method) headers["X-CSRF-Token"] = csrf;
  const answer = await fetch(api + path, { ...options, headers });
  const body = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(body.detail);
  return body;
}

function post(path, value) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(value),
  });
}

function say(text) {
  byId("message").textContent = text;
}

async function upload(file) {
  const name = encodeURIComponent(file.name);
  const record = await ask(`/files?name=${name}`, { method: "POST", body: file });
  return record.digest;
}

async function paint(event) {
  event.preventDefault();
  try {
    say("Uploading ...");
    const content = await upload(byId("content").files[0]);
    const styles = [];
    for (const file of byId("styles").files) styles.push(await upload(file));
    await post("/jobs", {
      command: "stylize",
      inputs: { content: [content], styles },
      options: { preset: byId("preset").value },
      label: byId("content").files[0].name.slice(0, 200),
    });
    say("");
  } catch (error) {
    say(error.message);
  }
}

function button(text, act) {
  const made = document.createElement("button");
  made.textContent = text;
  made.addEventListener("click", () => act().catch((error) => say(error.message)));
  return made;
}

function line(job) {
  if (job.state !== "running") return job.error ? `${job.state}: ${job.error.detail}` : job.state;
  const p = job.progress;
  if (!p) return "starting";
  const left = p.remaining >= 0 ? `, ${Math.round(p.remaining)} s left` : "";
  return `${p.stage} ${p.done}/${p.total}${left}`;
}

function show(job) {
  let item = byId("job-" + job.id);
  if (!item) {
    item = document.createElement("li");
    item.id = "job-" + job.id;
    byId("jobs").prepend(item);
  }
  const title = document.createElement("strong");
  title.textContent = job.label || job.command;
  const state = document.createElement("p");
  state.textContent = line(job);
  const parts = [title, state];
  const made = job.outputs.find((output) => output.kind === "picture");
  if (made || job.preview) {
    const picture = document.createElement("img");
    picture.alt = made ? "The painting" : "The painting so far";
    picture.src = made ? `${api}/files/${made.digest}/thumbnail?edge=512` : job.preview.href;
    parts.push(picture);
  }
  if (job.state === "running" && job.progress && job.progress.total > 0) {
    const bar = document.createElement("progress");
    bar.max = job.progress.total;
    bar.value = job.progress.done;
    parts.push(bar);
  }
  for (const output of job.outputs) {
    const link = document.createElement("a");
    link.href = `${api}/files/${output.digest}/content?download=1`;
    link.textContent = output.file_name;
    parts.push(link, " ");
  }
  if (job.state === "queued" || job.state === "running") {
    parts.push(button("Stop", () => post(`/jobs/${job.id}/cancel`, {})));
  } else {
    parts.push(button("Delete", () => ask(`/jobs/${job.id}`, { method: "DELETE" })));
  }
  item.replaceChildren(...parts);
}

async function open() {
  const session = await fetch(api + "/session");
  byId("sign-in").hidden = session.ok;
  byId("paint").hidden = !session.ok;
  if (!session.ok) return;
  csrf = (await session.json()).csrf;
  const stylize = await ask("/commands/stylize");
  const preset = stylize.options.find((option) => option.name === "preset");
  byId("preset").replaceChildren(
    ...preset.choices.map((name) => new Option(name, name, name === preset.default,
                                               name === preset.default)));
  const known = await ask("/jobs");
  known.jobs.reverse().forEach(show);
  const events = new EventSource(api + "/events");
  events.addEventListener("job", (event) => show(JSON.parse(event.data)));
  events.addEventListener("deleted", (event) => {
    const item = byId("job-" + JSON.parse(event.data).id);
    if (item) item.remove();
  });
}

byId("paint").addEventListener("submit", paint);
byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await post("/session", { token: byId("token").value });
    say("");
    await open();
  } catch (error) {
    say(error.message);
  }
});
open().catch((error) => say(error.message));
