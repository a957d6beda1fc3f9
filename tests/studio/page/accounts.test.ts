// SPDX-License-Identifier: Apache-2.0
// Quotas as they are read and typed, and who may change what.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Job } from "../../../src/studio/page/src/api/types.ts";
import { quotaField, quotasOf, quotaText } from "../../../src/studio/page/src/state/quotas.ts";
import { account, mayChange, role } from "../../../src/studio/page/src/state/session.ts";
import { en } from "../../../src/studio/page/src/text/en.ts";

test("an empty field is no limit, and no limit an empty field", () => {
  assert.deepEqual(quotasOf({ waiting_jobs: "", storage_gib: " ", worker_seconds_a_day: "" }), {
    waiting_jobs: 0, storage_gib: 0, worker_seconds_a_day: 0,
  });
  assert.equal(quotaField("storage_gib", 0), "");
});

test("what is typed comes back as it was", () => {
  const quotas = quotasOf({ waiting_jobs: "20", storage_gib: "0,5", worker_seconds_a_day: "120" });
  assert.deepEqual(quotas, { waiting_jobs: 20, storage_gib: 0.5, worker_seconds_a_day: 7200 });
  assert.equal(quotaField("waiting_jobs", quotas.waiting_jobs), "20");
  assert.equal(quotaField("storage_gib", quotas.storage_gib), "0.5");
  assert.equal(quotaField("worker_seconds_a_day", quotas.worker_seconds_a_day), "120");
});

test("amounts are read with their units", () => {
  assert.equal(quotaText("waiting_jobs", 3, en), "3");
  assert.equal(quotaText("storage_gib", 0.0047, en), "4.81 MiB");
  assert.equal(quotaText("storage_gib", 12.34, en), "12.3 GiB");
  assert.equal(quotaText("worker_seconds_a_day", 90, en), "2 min");
});

test("the owner changes every job, members their own, viewers none", () => {
  const job = { owner: "anna" } as Job;
  const may = (name: string, as: typeof role.value) => {
    account.value = name;
    role.value = as;
    return mayChange(job);
  };
  assert.equal(may("owner", "owner"), true);
  assert.equal(may("anna", "member"), true);
  assert.equal(may("ben", "member"), false);
  assert.equal(may("anna", "viewer"), false);
});
