// SPDX-License-Identifier: Apache-2.0
// Every room in light, dark, Chinese and on a phone: a picture of each, axe's findings, and what a first load costs.
//   node tour.mjs --url ADDRESS --token TOKEN [--out FOLDER] [--only ROOM,...] [--minutes N]
// Something is made in every room first, unless rooms or ways are named by --only.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { enter, goTo, openBrowser, settings } from "./studio.mjs";
import * as visit from "./visit.mjs";

const how = settings();
mkdirSync(how.out, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rooms = ["start", "paint", "mask", "choose", "breed", "generators", "write", "compose", "look-palette", "look-frame", "look-appraise", "look-similar", "look-inspire", "gallery", "work", "signed", "catalogue", "entry", "train", "tools", "tools/stylize", "tools/sign", "settings"];
const ways = {
  light: { colorScheme: "light", locale: "en-GB" },
  dark: { colorScheme: "dark", locale: "en-GB" },
  chinese: { colorScheme: "light", locale: "zh-CN" },
  phone: { colorScheme: "light", locale: "en-GB", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  "phone-dark": { colorScheme: "dark", locale: "zh-CN", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
};
/** What was found; told at once, too, since a tour is long. */
const wrong = {
  found: [],
  push(line) {
    this.found.push(line);
    console.error(line);
  },
};
let checked = 0;

/** What axe finds that is serious or critical. It is run apart from the page, whose policy forbids it otherwise. */
async function check(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  checked += 1;
  for (const { id, impact, nodes } of violations)
    if (["serious", "critical"].includes(impact)) wrong.push(`${name}: ${id} (${impact}), ${nodes[0].html.slice(0, 160)}`);
    else console.log(`${name}: ${id} (${impact}), ${nodes[0].html.slice(0, 120)}`);
}

/** What the page says itself, and not in Chinese: names of options and tools, what they do, headings. */
const foreign = (page) =>
  page.evaluate(() => {
    const says = "nav span, legend, .tool-list b, .tool-list span, .option label, .option .help, .input-name, .input .help, .output > span, .choice label span, .facts dt, h2, summary";
    // What is a word of its own, or a file's name, or a form's.
    const own = /\p{Script=Han}|^[^\p{L}]*$|^English$|^\S*\.\S+$/u;
    return [...document.querySelectorAll(says)].map((one) => one.textContent.trim()).filter((text) => !own.test(text));
  });

/** The first job that is done, by the page's own API. */
const firstWork = (page) =>
  page.evaluate(async () => {
    const { jobs } = await (await fetch("/api/v1/jobs?state=done&command=stylize&limit=1")).json();
    return jobs[0]?.id ?? "";
  });

/** What the browser remembers, but for one entry. */
function without(state, name) {
  const origins = state.origins.map((one) => ({ ...one, localStorage: one.localStorage.filter((entry) => entry.name !== name) }));
  return { ...state, origins };
}

async function firstLoad(browser, state) {
  const fresh = await browser.newContext({ storageState: { ...state, origins: [] }, locale: "en-GB", viewport: { width: 1280, height: 860 } });
  const first = await fresh.newPage();
  let plain = 0;
  let packed = 0;
  const responses = [];
  first.on("response", (response) => responses.push(response));
  await first.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector(".start-place")) globalThis.stands ??= performance.now();
    }).observe(document, { subtree: true, childList: true });
  });
  const devtools = await fresh.newCDPSession(first);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  await first.goto(new URL("/", how.url).href);
  await first.locator(".start-place").first().waitFor();
  const interactive = await first.evaluate(() => globalThis.stands);
  const { metrics } = await devtools.send("Performance.getMetrics");
  const busy = metrics.find((metric) => metric.name === "TaskDuration").value * 1000;
  await first.locator(".shelf img").first().waitFor();
  await first.waitForTimeout(500);
  for (const response of responses) {
    if (response.url().includes("/events")) continue; // it never ends
    plain += (await response.body()).length;
    packed += (await response.request().sizes()).responseBodySize;
  }
  await fresh.close();
  console.log(`first load: ${(packed / 1000).toFixed(0)} kB as it came, ${(plain / 1000).toFixed(0)} kB plain, ready after ${interactive.toFixed(0)} ms, of which ${busy.toFixed(0)} ms of the processor`);
  if (packed > 300_000) wrong.push("the first load is over 300 kB");
  if (interactive > 1000) wrong.push("the page is ready after more than a second");
}

/** Brings a room up; those that are dialogs are opened from theirs. */
async function bring(page, room, work) {
  if (room === "start") {
    await goTo(page, "#/paint");
    const clear = page.locator(".room.paint .room-head .quiet").nth(1);
    if (await clear.count()) await clear.click();
    await page.locator(".start-place").first().waitFor();
  } else if (room === "work") await goTo(page, `#/work/${work}`);
  else if (room === "signed") {
    await goTo(page, `#/work/${work}`);
    await page.locator(".credentials summary").click();
    await page.locator(".credentials button").nth(0).click();
    await page.locator(".credentials button").nth(1).click();
    await page.locator(".credentials [role=status]").waitFor({ timeout: how.patience });
    await page.locator(".sign").waitFor({ timeout: how.patience });
  } else if (room === "entry") {
    await goTo(page, "#/catalogue");
    await page.locator(".entries a").first().click({ timeout: how.patience });
    await page.locator(".events").waitFor({ timeout: how.patience });
  } else if (room === "catalogue") {
    await goTo(page, "#/catalogue");
    await page.locator(".entries").waitFor({ timeout: how.patience });
  } else if (room === "generators") {
    await goTo(page, "#/breed");
    await page.locator(".room-head .quiet").first().click();
    await page.locator("dialog").waitFor();
  } else if (room.startsWith("look-")) {
    await goTo(page, "#/look");
    await page.locator(`#tab-${room.slice(5)}`).click();
  } else if (room === "mask" || room === "choose") {
    await goTo(page, "#/paint");
    await page.locator(room === "mask" ? ".style-card .quiet" : ".styles .add-card").first().click();
    await page.locator("dialog").waitFor();
    if (room === "mask") {
      const box = await page.locator("dialog canvas").boundingBox();
      await page.mouse.move(box.x + box.width * 0.3, box.y + box.height * 0.4);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6, { steps: 6 });
      await page.mouse.up();
    }
  } else await goTo(page, `#/${room}`);
  await page.waitForTimeout(600);
}

/** What each role sees: its rooms, a work that is shared, and no way to change it. */
async function visitAs(browser, role, doors) {
  const headers = { Authorization: `Bearer ${how.token}`, "Content-Type": "application/json" };
  const tokens = new URL("/api/v1/tokens", how.url);
  const made = await (await fetch(tokens, { method: "POST", headers, body: JSON.stringify({ name: `tour ${role} ${Date.now()}`, role }) })).json();
  try {
    const { context, page, complaints } = await enter(browser, { ...how, token: made.token }, { locale: "en-GB" });
    await page.waitForFunction((count) => document.querySelectorAll("nav li").length === count, doors);
    await goTo(page, "#/gallery");
    await page.locator(".work-card:has(img)").first().click();
    await page.locator(".sharing .help").waitFor();
    if ((await page.locator(".sharing input, .danger").count()) > 0) wrong.push(`${role}: may change what is another's`);
    await page.screenshot({ path: join(how.out, `work-${role}.png`) });
    await check(page, `work-${role}`);
    await goTo(page, "#/settings");
    await page.locator(".quotas").first().waitFor();
    if ((await page.locator(".accounts, .workers").count()) > 0) wrong.push(`${role}: sees accounts or workers`);
    await page.screenshot({ path: join(how.out, `settings-${role}.png`) });
    await check(page, `settings-${role}`);
    for (const complaint of complaints) wrong.push(`${role}: ${complaint}`);
    await context.close();
  } catch (error) {
    wrong.push(`${role}: ${error.message.split("\n")[0]}`);
  } finally {
    await fetch(new URL(`/api/v1/tokens/${made.id}`, how.url), { method: "DELETE", headers });
  }
}

const browser = await openBrowser();
const { context: maker, page: making, complaints: made } = await enter(browser, how, { locale: "en-GB" });
const start = await maker.storageState();
const asked = how.only ? how.only.split(",") : null;
for (const room of asked ? [] : ["paint", "breed", "write", "compose", "look", "catalogue", "train", "settings"]) {
  try {
    await visit[room](making, how.patience);
  } catch (error) {
    wrong.push(`${room}: ${error.message.split("\n")[0]}`);
  }
}
const state = await maker.storageState();
await maker.close();
for (const complaint of made) wrong.push(`making: ${complaint}`);

for (const [way, options] of Object.entries(ways)) {
  if (asked && !asked.some((one) => one === way || rooms.includes(one))) continue;
  const { context, page, complaints } = await enter(browser, { ...how, token: "" }, { ...options, storageState: without(state, "atelier.language") });
  const work = await firstWork(page);
  for (const room of [...rooms.slice(1), "start"]) {
    if (asked && !asked.includes(room) && !asked.includes(way)) continue;
    if (["work", "signed"].includes(room) && !work) continue;
    const name = `${room.replace("/", "-")}-${way}`;
    try {
      await bring(page, room, work);
      const whole = !way.startsWith("phone") && !["tools/stylize", "tools/sign", "mask", "choose", "generators"].includes(room);
      await page.screenshot({ path: join(how.out, `${name}.png`), fullPage: whole });
      await check(page, name);
      if (options.locale === "zh-CN") for (const text of await foreign(page)) wrong.push(`${name}: not in Chinese: ${text.slice(0, 80)}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 1) wrong.push(`${name}: wider than the screen by ${wide} px`);
      await page.keyboard.press("Escape");
    } catch (error) {
      wrong.push(`${name}: ${error.message.split("\n")[0]}`);
    }
  }
  for (const complaint of complaints) wrong.push(`${way}: ${complaint}`);
  await context.close();
}
for (const [role, doors] of Object.entries({ viewer: 1, member: 8 }))
  if (!asked || asked.includes("roles")) await visitAs(browser, role, doors);
if (!asked || asked.includes("first-load")) await firstLoad(browser, start);
await browser.close();
console.log(`${checked} passed, ${wrong.found.length} failed`);
process.exit(wrong.found.length === 0 ? 0 : 1);
