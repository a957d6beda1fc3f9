// SPDX-License-Identifier: Apache-2.0
// Which tools belong together, by what their names begin with.
import type { Command } from "../api/types.ts";

const groupOf: Record<string, string> = {
  dataset: "train",
  train: "train",
  judge: "train",
  sign: "credentials",
  verify: "credentials",
  identity: "credentials",
  catalog: "catalogue",
  ledger: "ledger",
  models: "machine",
  doctor: "machine",
  bench: "machine",
};

/** Whether what a command makes is a work, and not a file about works. */
export function makesWorks(command: string): boolean {
  return command === "sign" || !(command.split("-")[0]! in groupOf);
}

/** The commands in their groups, each in the studio's order. */
export function toolGroups(commands: readonly Command[]): Map<string, Command[]> {
  const groups = new Map<string, Command[]>();
  for (const command of commands) {
    const group = groupOf[command.name.split("-")[0]!] ?? "make";
    groups.set(group, [...(groups.get(group) ?? []), command]);
  }
  return groups;
}
