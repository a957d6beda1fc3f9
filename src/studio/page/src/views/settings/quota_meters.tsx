// SPDX-License-Identifier: Apache-2.0
// What an account has of what it may have.
import type { Quotas } from "../../api/types.ts";
import { quotaNames, quotaText } from "../../state/quotas.ts";
import { t } from "../../text/index.ts";

export function QuotaMeters({ quotas, used }: { quotas: Quotas; used: Quotas }) {
  const words = t().settings;
  return (
    <dl class="facts quotas">
      {quotaNames.map((name) => {
        const most = quotas[name];
        return (
          <div key={name}>
            <dt>{words.quotas[name]}</dt>
            <dd>
              {most > 0 ? words.usedOf(quotaText(name, used[name], t()), quotaText(name, most, t())) : quotaText(name, used[name], t())}
              {most > 0 && <meter aria-label={words.quotas[name]} max={most} value={Math.min(used[name], most)} high={most * 0.9} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
