// SPDX-License-Identifier: Apache-2.0
// Does something in every room, so that there is something to be seen.
import { goTo } from "./studio.mjs";

async function wait(page, selector, patience) {
  await page.locator(selector).first().waitFor({ timeout: patience });
}

export async function paint(page, patience) {
  await goTo(page, "#/paint");
  if ((await page.locator(".start-place").count()) > 0) {
    await page.locator(".start-place").nth(0).locator(".shelf button").nth(1).click();
    await page.locator(".start-drop.full").waitFor();
    await page.locator(".start-place").nth(1).locator(".shelf button").nth(1).click();
    await page.locator(".paint-side").waitFor();
    await page.locator(".add-card").first().click();
    await page.locator("dialog .shelf button").nth(0).click();
    await page.locator(".style-card").nth(2).waitFor();
  }
  await page.locator(".go button").click();
  await wait(page, ".compare", patience);
}

/** Pictures of the generator that comes along, children of two of them, and one of a child. */
export async function breed(page, patience) {
  await goTo(page, "#/breed");
  const tiles = page.locator(".stage .tiles .picture-button");
  const grown = async (button, count) => {
    await page.locator(button).click();
    await tiles.nth(count - 1).waitFor({ timeout: patience });
    await page.waitForFunction(() => document.querySelectorAll(".stage .progress").length === 0, null, { timeout: patience });
  };
  await grown(".side .primary", 8);
  await tiles.nth(1).click();
  await tiles.nth(4).click();
  await grown(".side .primary.large", 12);
  await tiles.nth(0).click();
  await grown(".side .primary.large", 16);
  await wait(page, ".tree svg", patience);
}

export async function write(page, patience) {
  await goTo(page, "#/write");
  await page.locator("input[value='qijue']").check({ force: true });
  await page.locator(".side .primary").click();
  await wait(page, ".form-parts", patience);
}

export async function compose(page, patience) {
  await goTo(page, "#/compose");
  await page.locator(".side .primary").click();
  await wait(page, ".roll", patience);
}

export async function look(page, patience) {
  await goTo(page, "#/look");
  if ((await page.locator(".tabs").count()) === 0) await page.locator(".shelf button").nth(5).click();
  for (const tab of ["palette", "frame", "appraise", "similar", "inspire"]) {
    await page.locator(`#tab-${tab}`).click();
    if (tab === "inspire") {
      await page.locator("#look-panel .primary").click();
      await wait(page, "#look-panel .ideas", patience);
      continue;
    }
    await page.locator("#look-panel").locator(".swatches, .overlaid, .nature, .tiles, .wrong").first().waitFor({ timeout: patience });
  }
}

const passphrase = "a passphrase of the tour's";

/** Fills a tool's form and waits for its result. */
async function use(page, tool, fields, patience, secret = "") {
  await goTo(page, `#/tools/${tool}`);
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: false }).first().fill(value);
  if (secret) await page.locator("input[type=password]").fill(secret);
  await page.locator("form.tool .primary").click();
  await page.locator(".result .report, .result .wrong:not(:empty)").first().waitFor({ timeout: patience });
}

/** A key, a ledger, a catalogue, a work of the gallery in it, and what happened to that. */
export async function catalogue(page, patience) {
  await use(page, "identity-create", { Name: "berthe" }, patience, passphrase);
  await use(page, "ledger-init", { Identity: "berthe", Origin: "example.org/works" }, patience);
  await goTo(page, "#/tools/catalog-init");
  await page.getByLabel("Ledger").check();
  await use(page, "catalog-init", { Name: "Works of this studio" }, patience);
  await goTo(page, "#/gallery");
  await page.locator(".work-card:has(img)").first().click();
  await page.locator(".sharing input").check();
  await page.locator(".credentials summary").click();
  await page.locator(".credentials .quiet").click();
  await page.getByLabel("Title").fill("After Morisot");
  await page.getByLabel("Artists").fill("Anna");
  await page.locator("form.tool .primary").click();
  await page.locator(".result .report, .result .wrong:not(:empty)").first().waitFor({ timeout: patience });
}

/** An account beside the owner's, with limits. */
export async function settings(page, patience) {
  await goTo(page, "#/settings");
  await wait(page, ".account", patience);
  if ((await page.locator(".account").count()) > 1) return;
  await page.getByRole("button", { name: "New account" }).click();
  await page.getByLabel("Name").fill("Print shop");
  await page.getByLabel("Jobs waiting").fill("20");
  await page.getByLabel("Files").fill("5");
  await page.getByLabel("Work a day").fill("120");
  await page.getByRole("button", { name: "Make the account" }).click();
  await wait(page, ".fresh-token", patience);
}

/** A small writer, trained for a moment. */
export async function train(page, patience) {
  await goTo(page, "#/train");
  await page.locator("input[value='text']").check({ force: true });
  await page.locator(".side .add-card").first().click();
  const text = "The garden lies in the morning light, and the light lies in the garden.\n".repeat(400);
  await page.locator("dialog input[type=file]").first().setInputFiles({ name: "garden.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.getByLabel("Steps", { exact: false }).first().fill("60");
  await page.locator(".options summary").click();
  for (const [label, value] of Object.entries({ Batch: "4", Layers: "2", Width: "64", Context: "64", "Preview every": "20" }))
    await page.getByLabel(label, { exact: false }).first().fill(value);
  await page.locator(".side .primary").click();
  await wait(page, ".stage .outputs, .stage .wrong:not(:empty)", patience);
}
