// SPDX-License-Identifier: Apache-2.0
// A passphrase: sent with one request, and kept nowhere on the page either.
import { useId } from "preact/hooks";
import type { Command } from "../api/types.ts";
import { humanName, t } from "../text/index.ts";
import { Wrong } from "./notes.tsx";

interface Props {
  command: Command;
  value: string;
  wrong?: string;
  onChange: (value: string) => void;
}

export function PassphraseField({ command, value, wrong = "", onChange }: Props) {
  const id = useId();
  if (!command.passphrase) return null;
  const { help, required } = command.passphrase;
  return (
    <div class={wrong ? "option refused" : "option"}>
      <label for={id}>
        {t().passphrase.name} <small>{required ? t().tools.needed : t().common.optional}</small>
      </label>
      <input
        id={id}
        type="password"
        autocomplete="off"
        required={required}
        maxLength={1024}
        aria-describedby={`${id}-help`}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-help`} class="help">
        {t().passphrases[help] ?? `${humanName(help)}.`} {t().passphrase.note}
      </p>
      <Wrong text={wrong} />
    </div>
  );
}
