// SPDX-License-Identifier: Apache-2.0
import { signal } from "@preact/signals";
import { get, ProblemError, send, useCsrf, waitFor, whenSignedOut } from "../api/client.ts";
import type { Job, Role, Session } from "../api/types.ts";

export type Door = "asking" | "open" | "closed" | "unreachable";

export const door = signal<Door>("asking");
/** Who asks, and what they may; until it is known, who was here before is taken for the owner. */
export const account = signal("");
export const role = signal<Role>("owner");

function enter(session: Session): void {
  useCsrf(session.csrf);
  account.value = session.name;
  role.value = session.role;
  door.value = "open";
}

whenSignedOut(() => {
  door.value = "closed";
});

/** Whether whoever asks may change a job, rather than only look at it. */
export const mayChange = (job: Job): boolean =>
  role.value === "owner" || (role.value === "member" && job.owner === account.value);

export function knock(): Promise<void> {
  const asking = ask();
  waitFor(asking);
  return asking;
}

async function ask(): Promise<void> {
  try {
    enter(await get<Session>("/session"));
  } catch (error) {
    const refused = error instanceof ProblemError && error.problem.status !== 0;
    door.value = refused ? "closed" : "unreachable";
  }
}

export async function signIn(token: string): Promise<void> {
  enter(await send<Session>("POST", "/session", { token }));
}

export async function signOut(): Promise<void> {
  await send("DELETE", "/session");
  door.value = "closed";
}
