// SPDX-License-Identifier: Apache-2.0
// What was found out about each picture: the job of each question, kept on reload.
import type { JobRequest, StudioFile } from "../api/types.ts";
import { start } from "./jobs.ts";
import { stored } from "./storage.ts";

export const looked = stored<StudioFile | null>("look-picture", null);
const asked = stored<Record<string, string>>("look-jobs", {});

const keyOf = (request: JobRequest): string => JSON.stringify([request.command, request.inputs, request.options]);

export const jobOf = (request: JobRequest): string => asked.value[keyOf(request)] ?? "";

export async function ask(request: JobRequest): Promise<void> {
  const job = await start(request);
  asked.value = { ...asked.peek(), [keyOf(request)]: job.id };
}

export function forgetAnswer(request: JobRequest): void {
  const { [keyOf(request)]: _, ...rest } = asked.peek();
  asked.value = rest;
}
