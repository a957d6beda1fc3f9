// SPDX-License-Identifier: Apache-2.0
// What an account may: its role and its quotas; its name where it is a new one.
import { useState } from "preact/hooks";
import type { Quotas, Role } from "../../api/types.ts";
import { Choice } from "../../parts/choice.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { quotaField, quotaNames, quotasOf } from "../../state/quotas.ts";
import { sentence } from "../../state/say.ts";
import { t } from "../../text/index.ts";

interface Props {
  /** What it may now; none of a new one. */
  now?: { role: Role; quotas: Quotas };
  go: string;
  onGo: (name: string, role: Role, quotas: Quotas) => Promise<void>;
  onCancel?: () => void;
}

const roles = ["viewer", "member", "owner"] as const;

export function AccountForm({ now, go, onGo, onCancel }: Props) {
  const field = (name: (typeof quotaNames)[number]) => (now ? quotaField(name, now.quotas[name]) : "");
  const fresh = { waiting_jobs: field("waiting_jobs"), storage_gib: field("storage_gib"), worker_seconds_a_day: field("worker_seconds_a_day") };
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>(now?.role ?? "member");
  const [typed, setTyped] = useState(fresh);
  const [wrong, setWrong] = useState("");
  const words = t().settings;
  return (
    <form
      class="account-form"
      onSubmit={(event) => {
        event.preventDefault();
        setWrong("");
        onGo(name, role, quotasOf(typed)).then(
          () => {
            setName("");
            setTyped(fresh);
          },
          (error) => setWrong(sentence(error)),
        );
      }}
    >
      {!now && (
        <label class="field">
          <span>{words.tokenName}</span>
          <input type="text" required maxLength={60} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
      )}
      <Choice
        label={words.role}
        value={role}
        cards
        items={roles.map((value) => ({ value, label: words.roles[value][0], help: words.roles[value][1] }))}
        onChange={(value) => setRole(value as Role)}
      />
      <fieldset>
        <legend>{words.limits}</legend>
        <div class="quota-fields">
          {quotaNames.map((quota) => (
            <label key={quota} class="field">
              <span>{words.quotas[quota]}</span>
              <input
                type="number"
                min="0"
                step={quota === "waiting_jobs" ? "1" : "any"}
                placeholder={words.noLimit}
                value={typed[quota]}
                onInput={(event) => setTyped({ ...typed, [quota]: event.currentTarget.value })}
              />
              <small>{words.quotaUnits[quota]}</small>
            </label>
          ))}
        </div>
      </fieldset>
      <Wrong text={wrong} />
      <div class="row">
        <button type="submit" class="primary">
          {go}
        </button>
        {onCancel && (
          <button type="button" class="quiet" onClick={onCancel}>
            {t().common.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
