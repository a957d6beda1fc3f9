// SPDX-License-Identifier: Apache-2.0
// Opens the studio in Debian's Chromium. Shared by the scripts beside it.
import { chromium } from "playwright-core";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

/** --url: the link that `atelier serve` prints, or its address; --out: a folder for pictures. */
export function settings() {
  const { values } = parseArgs({
    options: {
      url: { type: "string" },
      token: { type: "string", default: "" },
      out: { type: "string", default: "studio-pictures" },
      minutes: { type: "string", default: "10" },
      only: { type: "string", default: "" },
    },
  });
  if (!values.url) throw new Error("name the studio's address with --url");
  return { ...values, patience: Number(values.minutes) * 60_000 };
}

export async function openBrowser() {
  const executablePath = ["/usr/bin/chromium", process.env.CHROMIUM ?? ""].find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("there is no Chromium (Debian: apt-get install chromium)");
  // A container's root may not use Chromium's own sandbox; the page is our own.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

/** A page that is signed in; what it complains of is gathered in `complaints`. */
export async function enter(browser, { url, token }, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  await context.grantPermissions(["clipboard-write"]);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const to = new URL(request.url());
    if (/^https?:$/.test(to.protocol) && to.origin !== new URL(url).origin) complaints.push(`request to ${to.origin}`);
  });
  await page.goto(url);
  if (token) {
    await page.getByLabel(/Access token|访问令牌/).fill(token);
    await page.keyboard.press("Enter");
  }
  await page.locator("nav.nav").waitFor();
  if (token) complaints.length = 0; // before one is signed in, the studio says so
  return { context, page, complaints };
}

/** Puts the page into a room and waits until it stands. */
export async function goTo(page, hash) {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  await page.locator("main h1, main h2").first().waitFor();
  await page.waitForLoadState("networkidle").catch(() => {});
}
