// SPDX-License-Identifier: Apache-2.0
// What the studio's API says, as docs/api.md has it.

export type FileKind =
  | "picture"
  | "film"
  | "music"
  | "palette"
  | "drawing"
  | "page"
  | "text"
  | "model"
  | "dataset"
  | "credential"
  | "archive";

/** A file of the studio, known by the SHA-256 of its content. */
export interface StudioFile {
  digest: string;
  name: string;
  kind: FileKind;
  type: string;
  bytes: number;
  origin?: "upload" | "job";
  created?: string;
}

export type OptionValue = boolean | number | string | number[] | string[] | null;
export type OptionType =
  | "boolean"
  | "integer"
  | "number"
  | "string"
  | "array of number"
  | "array of string";

export interface CommandOption {
  name: string;
  group: string;
  help: string;
  type: OptionType;
  unit: string;
  minimum?: number;
  maximum?: number;
  words: string[];
  choices: string[];
  default: OptionValue;
  required: boolean;
}

export interface CommandInput {
  name: string;
  help: string;
  accepts: FileKind[];
  min: number;
  max: number;
  words: string[];
}

export interface CommandOutput {
  name: string;
  help: string;
  formats: string[];
  default: string;
  optional: boolean;
}

export interface Command {
  name: string;
  help: string;
  inputs: CommandInput[];
  outputs: CommandOutput[];
  options: CommandOption[];
  /** What passphrase it asks for; null: none. */
  passphrase: { help: string; required: boolean } | null;
  preview: boolean;
  repeatable: boolean;
}

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled" | "set_aside";

export interface JobRequest {
  command: string;
  inputs?: Record<string, string | string[]>;
  options?: Record<string, OptionValue>;
  outputs?: Record<string, string>;
  label?: string;
  priority?: number;
  /** Sent once, never kept. */
  passphrase?: string;
}

export interface JobProgress {
  stage: string;
  done: number;
  total: number;
  seconds: number;
  remaining: number | null;
  values: Record<string, number>;
  /** There is something to end with now. */
  may_finish?: boolean;
}

export interface JobOutput {
  name: string;
  file_name: string;
  digest: string;
  kind: FileKind;
  type: string;
  bytes: number;
}

/** RFC 9457; `detail` is one sentence with the remedy. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  name?: string;
  request_id?: string;
}

export interface Job {
  id: string;
  version: number;
  command: string;
  label: string;
  state: JobState;
  owner: string;
  priority: number;
  attempts: number;
  reused: boolean;
  /** Everybody who may come in sees it. */
  shared: boolean;
  created: string;
  started: string | null;
  ended: string | null;
  request: JobRequest;
  progress: JobProgress | null;
  preview: { digest: string; href: string } | null;
  outputs: JobOutput[];
  report?: unknown;
  text?: string;
  error: Problem | null;
  /** Of a job that waits: why no worker that is there can do it. Events do not have it. */
  obstacle?: string | null;
}

export interface ProgressPoint {
  done: number;
  seconds: number;
  values: Record<string, number>;
}

export type Role = "viewer" | "member" | "owner";

/** How much an account may have, or has; 0 of what it may have: no limit. */
export interface Quotas {
  waiting_jobs: number;
  storage_gib: number;
  worker_seconds_a_day: number;
}

export interface Session {
  name: string;
  role: Role;
  quotas: Quotas;
  used: Quotas;
  csrf: string;
  expires: string;
}

/** An access token, whose name is an account. */
export interface Token {
  id: string;
  name: string;
  role: Role;
  quotas: Quotas;
  used: Quotas;
  created: string;
}

export interface Worker {
  id: string;
  host: string;
  there: boolean;
  jobs: number;
  doing: { job: string; command: string; label: string }[];
  gpus: string[];
  /** GiB that each of its jobs may take. */
  memory: number;
  models: string[];
  commands: string[];
  started: string;
  seen: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}
