// SPDX-License-Identifier: Apache-2.0
import { signal } from "@preact/signals";
import { get, ProblemError, send, useCsrf, waitFor, whenSignedOut } from "../api/client.ts";

interface Session {
  name: string;
  csrf: string;
  expires: string;
}

export type Door = "asking" | "open" | "closed" | "unreachable";

export const door = signal<Door>("asking");
export const owner = signal("");

function enter(session: Session): void {
  useCsrf(session.csrf);
  owner.value = session.name;
  door.value = "open";
}

whenSignedOut(() => {
  door.value = "closed";
});

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
