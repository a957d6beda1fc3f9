// SPDX-License-Identifier: Apache-2.0
// One way to ask the studio: JSON in and out, the cookie, the CSRF token, and problems as errors.
import type { Problem } from "./types.ts";

const root = "/api/v1";

/** What the studio refused, in its own words. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/** Words for when there is no answer at all; the page's text sets them. */
export const offline = { title: "No answer", detail: "The studio does not answer. Is it still running?" };

let csrf = "";
let entered: Promise<unknown> = Promise.resolve();
let onSignedOut: () => void = () => {};

export function useCsrf(token: string): void {
  csrf = token;
}

/** What changes something waits until it is known who asks. */
export function waitFor(entering: Promise<unknown>): void {
  entered = entering;
}

export const whenEntered = (): Promise<unknown> => entered;

export function whenSignedOut(call: () => void): void {
  onSignedOut = call;
}

export function address(path: string): string {
  return root + path;
}

/** Headers that a request of `method` needs. */
export function headersFor(method: string): Record<string, string> {
  return method === "GET" || !csrf ? {} : { "X-CSRF-Token": csrf };
}

/** Reads a problem document from an answer that is none of success. */
export function problemFrom(status: number, body: string): Problem {
  try {
    const problem = JSON.parse(body) as Partial<Problem>;
    if (typeof problem.detail === "string" || typeof problem.title === "string")
      return { type: "about:blank", title: "", detail: "", ...problem, status };
  } catch {
    // Not JSON: a proxy's own page.
  }
  return { type: "about:blank", title: `HTTP ${status}`, status, detail: `HTTP ${status}` };
}

async function answerOf(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address(path), { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ProblemError({ type: "about:blank", status: 0, ...offline });
  }
  if (response.ok) return response;
  const problem = problemFrom(response.status, await response.text());
  if (problem.status === 401) onSignedOut();
  throw new ProblemError(problem);
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await answerOf(path, signal ? { signal } : {});
  return (await response.json()) as T;
}

export async function getText(path: string): Promise<string> {
  return (await answerOf(path, {})).text();
}

export async function getBytes(path: string): Promise<ArrayBuffer> {
  return (await answerOf(path, {})).arrayBuffer();
}

export async function send<T>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  if (path !== "/session") await entered;
  const init: RequestInit = { method, headers: { ...headersFor(method), ...headers } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    (init.headers as Record<string, string>)["Content-Type"] = "application/json";
  }
  const text = await (await answerOf(path, init)).text();
  return (text ? JSON.parse(text) : undefined) as T;
}
