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
  for (const tab of ["palette", "frame", "appraise", "similar"]) {
    await page.locator(`#tab-${tab}`).click();
    await page.locator("#look-panel").locator(".swatches, .overlaid, .nature, .tiles, .wrong").first().waitFor({ timeout: patience });
  }
}
