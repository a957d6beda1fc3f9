// SPDX-License-Identifier: Apache-2.0
// The studio's server-sent events: every change of every job. The browser reconnects by itself and
// says which it has seen; only a connection that was closed for good is opened anew here.
import { address } from "./client.ts";
import type { Job } from "./types.ts";

export interface Listener {
  onJob(job: Job): void;
  onDeleted(id: string): void;
  onConnected(connected: boolean): void;
}

/** Listens until the function that it returns is called. */
export function listen(listener: Listener): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 1000;

  const open = () => {
    source = new EventSource(address("/events"));
    source.onopen = () => {
      wait = 1000;
      listener.onConnected(true);
    };
    source.addEventListener("job", (event) => listener.onJob(JSON.parse(event.data) as Job));
    source.addEventListener("deleted", (event) =>
      listener.onDeleted((JSON.parse(event.data) as { id: string }).id),
    );
    source.addEventListener("bye", () => listener.onConnected(false));
    source.onerror = () => {
      listener.onConnected(false);
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, 30_000);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
