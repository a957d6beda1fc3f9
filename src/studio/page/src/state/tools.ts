// SPDX-License-Identifier: Apache-2.0
// What is set for each command in the room of all tools, kept on reload.
import type { JobRequest, OptionValue } from "../api/types.ts";
import { stored } from "./storage.ts";

export interface Bench {
  inputs: Record<string, string[]>;
  options: Record<string, OptionValue>;
  outputs: Record<string, string>;
  label: string;
  job: string;
}

export const emptyBench: Bench = { inputs: {}, options: {}, outputs: {}, label: "", job: "" };
export const benches = stored<Record<string, Bench>>("benches", {});

export const benchOf = (command: string): Bench => benches.value[command] ?? emptyBench;

export function changeBench(command: string, part: Partial<Bench>): void {
  const now = benches.peek();
  benches.value = { ...now, [command]: { ...(now[command] ?? emptyBench), ...part } };
}

export function layOnBench(request: JobRequest): void {
  const inputs: Record<string, string[]> = {};
  for (const [name, value] of Object.entries(request.inputs ?? {})) inputs[name] = [value].flat();
  changeBench(request.command, {
    inputs,
    options: request.options ?? {},
    outputs: request.outputs ?? {},
    label: request.label ?? "",
    job: "",
  });
}

export function requestOf(command: string, bench: Bench): JobRequest {
  const inputs = Object.fromEntries(Object.entries(bench.inputs).filter(([, files]) => files.length > 0));
  return {
    command,
    inputs,
    options: bench.options,
    outputs: bench.outputs,
    ...(bench.label ? { label: bench.label } : {}),
  };
}
