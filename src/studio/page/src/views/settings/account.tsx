// SPDX-License-Identifier: Apache-2.0
// Who one is here, what one may, and how much of that is used.
import { useEffect, useState } from "preact/hooks";
import { session } from "../../api/accounts.ts";
import type { Session } from "../../api/types.ts";
import { tellError } from "../../state/say.ts";
import { t } from "../../text/index.ts";
import { QuotaMeters } from "./quota_meters.tsx";

export function Account() {
  const [mine, setMine] = useState<Session | null>(null);
  useEffect(() => void session().then(setMine, tellError), []);
  const words = t().settings;
  if (!mine) return null;
  return (
    <section>
      <h2>{words.account}</h2>
      <p>
        <b>{mine.name}</b> <span class="tag">{words.roles[mine.role][0]}</span>
      </p>
      <p class="help">{words.roles[mine.role][1]}</p>
      <QuotaMeters quotas={mine.quotas} used={mine.used} />
    </section>
  );
}
