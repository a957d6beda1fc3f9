// SPDX-License-Identifier: Apache-2.0
// Quotas as people read and write them: jobs, GiB, and minutes of workers in place of seconds.
import type { Quotas } from "../api/types.ts";
import type { Text } from "../text/en.ts";

export const quotaNames = ["waiting_jobs", "storage_gib", "worker_seconds_a_day"] as const;
export type QuotaName = (typeof quotaNames)[number];

/** At most three digits behind the point, and no zeros at the end. */
const short = (value: number): string => String(Number(value.toFixed(value < 0.1 ? 3 : value < 10 ? 2 : 1)));

export function quotaText(name: QuotaName, value: number, text: Text): string {
  if (name === "waiting_jobs") return String(value);
  if (name === "storage_gib") return value > 0 && value < 0.1 ? `${short(value * 1024)} MiB` : `${short(value)} GiB`;
  return value < 60 ? text.common.seconds(value) : text.settings.minutes(Math.round(value / 60));
}

/** What stands in a field: nothing for no limit. */
export function quotaField(name: QuotaName, value: number): string {
  if (value <= 0) return "";
  return short(name === "worker_seconds_a_day" ? value / 60 : value);
}

/** Quotas of three fields as they were typed; nothing: no limit. */
export function quotasOf(typed: Readonly<Record<QuotaName, string>>): Quotas {
  const amount = (name: QuotaName) => Number(typed[name].trim().replace(",", ".") || 0);
  return {
    waiting_jobs: amount("waiting_jobs"),
    storage_gib: amount("storage_gib"),
    worker_seconds_a_day: amount("worker_seconds_a_day") * 60,
  };
}
