// SPDX-License-Identifier: Apache-2.0
// Accounts, which are names of access tokens, and workers: the owner's to see.
import { get, send } from "./client.ts";
import type { Quotas, Role, Session, Token, Worker } from "./types.ts";

export const session = (): Promise<Session> => get("/session");

export const listTokens = async (): Promise<Token[]> => (await get<{ tokens: Token[] }>("/tokens")).tokens;
export const addToken = (name: string, role: Role, quotas: Quotas): Promise<Token & { token: string }> =>
  send("POST", "/tokens", { name, role, quotas });
export const changeToken = (id: string, role: Role, quotas: Quotas): Promise<Token> =>
  send("PUT", `/tokens/${id}`, { role, quotas });
export const removeToken = (id: string): Promise<void> => send("DELETE", `/tokens/${id}`);

export const listWorkers = async (): Promise<Worker[]> => (await get<{ workers: Worker[] }>("/workers")).workers;
