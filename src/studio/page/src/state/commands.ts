// SPDX-License-Identifier: Apache-2.0
import { signal } from "@preact/signals";
import { get } from "../api/client.ts";
import type { Command } from "../api/types.ts";

export const commands = signal<Command[]>([]);

export async function loadCommands(): Promise<void> {
  commands.value = (await get<{ commands: Command[] }>("/commands")).commands;
}

export function command(name: string): Command | undefined {
  return commands.value.find((one) => one.name === name);
}
