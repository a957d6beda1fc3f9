// SPDX-License-Identifier: Apache-2.0
import { dismiss, notes, spoken } from "../state/say.ts";
import { t } from "../text/index.ts";
import { CloseIcon } from "./icons.tsx";

/** What is told in passing, and the live region that screen readers listen to. */
export function Notes() {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {spoken.value}
      </div>
      <div class="notes" role="log" aria-live="polite">
        {notes.value.map((note) => (
          <div key={note.id} class={`note ${note.kind}`}>
            {note.href ? <a href={note.href}>{note.text}</a> : <span>{note.text}</span>}
            <button
              type="button"
              class="round small"
              aria-label={t().common.dismiss}
              onClick={() => dismiss(note.id)}
            >
              <CloseIcon />
            </button>
          </div>
        ))}
      </div>
    </>
  );
}

/** A refusal, beside the thing that it is about. */
export function Wrong({ text, id }: { text: string; id?: string }) {
  if (!text) return null;
  return (
    <p class="wrong" role="alert" id={id}>
      {text}
    </p>
  );
}
