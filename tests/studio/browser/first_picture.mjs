// SPDX-License-Identifier: Apache-2.0
// A newcomer's first painting, by mouse alone: three clicks, then it is watched until it is done.
//   node first_picture.mjs --url LINK [--out FOLDER] [--minutes N]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { enter, openBrowser, settings } from "./studio.mjs";

const how = settings();
mkdirSync(how.out, { recursive: true });
const browser = await openBrowser();
const { page, complaints } = await enter(browser, how, { locale: "en-GB" });

/** Moves the mouse to the middle of an element and presses it, as a hand would. */
async function click(locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
  await page.mouse.down();
  await page.mouse.up();
}

const started = Date.now();
await click(page.locator(".start-place").nth(0).locator(".shelf button").nth(0));
await page.locator(".start-place .start-drop.full").waitFor();
await click(page.locator(".start-place").nth(1).locator(".shelf button").nth(0));
await page.locator(".paint-side").waitFor();
await click(page.locator(".go button"));
await page.locator(".progress.running, .compare").first().waitFor({ timeout: how.patience });
const previewed = await Promise.race([
  page.locator(".easel-picture img[src*='preview']").waitFor({ timeout: how.patience }).then(() => true),
  page.locator(".compare").waitFor({ timeout: how.patience }).then(() => false),
]);
if (previewed) await page.screenshot({ path: join(how.out, "first-preview.png") });
await page.locator(".compare").waitFor({ timeout: how.patience });
await page.waitForLoadState("networkidle").catch(() => {});
const seconds = (Date.now() - started) / 1000;

// The border between before and after follows the mouse.
const frame = await page.locator(".compare").boundingBox();
await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2);
await page.mouse.down();
await page.mouse.move(frame.x + frame.width / 4, frame.y + frame.height / 2, { steps: 8 });
await page.mouse.up();
const share = Number(await page.locator(".compare input").inputValue());
await page.screenshot({ path: join(how.out, "first-picture.png") });
await page.reload();
await page.locator(".compare").waitFor();
await browser.close();

const wrong = [...complaints];
if (!previewed) wrong.push("no preview was shown while it painted");
if (Math.abs(share - 25) > 5) wrong.push(`the slider stands at ${share}, not near 25`);
for (const line of wrong) console.error(line);
console.log(`a first picture in ${seconds.toFixed(1)} s, preview ${previewed}`);
console.log(`${wrong.length === 0 ? 1 : 0} passed, ${wrong.length === 0 ? 0 : 1} failed`);
process.exit(wrong.length === 0 ? 0 : 1);
