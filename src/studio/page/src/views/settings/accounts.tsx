// SPDX-License-Identifier: Apache-2.0
// Who may come in: accounts with their roles and quotas, made, changed and ended by the owner.
import { useEffect, useState } from "preact/hooks";
import { addToken, changeToken, listTokens, removeToken } from "../../api/accounts.ts";
import type { Token } from "../../api/types.ts";
import { tellError } from "../../state/say.ts";
import { t, when } from "../../text/index.ts";
import { AccountForm } from "./account_form.tsx";
import { QuotaMeters } from "./quota_meters.tsx";

/** The token in the studio's data folder, which nobody changes from here. */
const first = "owner";

function Row({ token, onChanged }: { token: Token; onChanged: () => void }) {
  const [changing, setChanging] = useState(false);
  const words = t().settings;
  return (
    <li class="account">
      <div class="row">
        <b>{token.name}</b>
        <span class="tag">{words.roles[token.role][0]}</span>
        <small>{words.since(when(token.created))}</small>
        {token.id !== first && (
          <span class="row end">
            <button
              type="button"
              class="quiet"
              aria-expanded={changing}
              aria-label={`${words.change}: ${token.name}`}
              onClick={() => setChanging(!changing)}
            >
              {words.change}
            </button>
            <button
              type="button"
              class="quiet danger"
              aria-label={`${words.revoke}: ${token.name}`}
              onClick={() => {
                if (confirm(words.revokeSure(token.name))) removeToken(token.id).then(onChanged, tellError);
              }}
            >
              {words.revoke}
            </button>
          </span>
        )}
      </div>
      {changing ? (
        <AccountForm
          now={token}
          go={words.keep}
          onCancel={() => setChanging(false)}
          onGo={async (_, role, quotas) => {
            await changeToken(token.id, role, quotas);
            setChanging(false);
            onChanged();
          }}
        />
      ) : (
        <QuotaMeters quotas={token.quotas} used={token.used} />
      )}
    </li>
  );
}

export function Accounts() {
  const [tokens, setTokens] = useState<Token[]>([]);
  const [fresh, setFresh] = useState<{ name: string; token: string } | null>(null);
  const [adding, setAdding] = useState(false);
  const words = t().settings;
  const load = () => void listTokens().then(setTokens, tellError);
  useEffect(load, []);
  return (
    <section class="accounts">
      <div class="row">
        <h2>{words.accounts}</h2>
        {!adding && (
          <button type="button" class="end" onClick={() => setAdding(true)}>
            {words.newAccount}
          </button>
        )}
      </div>
      <p class="help">{words.accountsHelp}</p>
      {fresh && (
        <label class="field fresh-token">
          <span>{words.tokenOf(fresh.name)}</span>
          <input type="text" readOnly value={fresh.token} onFocus={(event) => event.currentTarget.select()} />
          <small>{words.tokenOnce}</small>
        </label>
      )}
      {adding && (
        <AccountForm
          go={words.makeToken}
          onCancel={() => setAdding(false)}
          onGo={async (name, role, quotas) => {
            const made = await addToken(name, role, quotas);
            setFresh(made);
            setAdding(false);
            load();
          }}
        />
      )}
      <ul class="plain-list">
        {tokens.map((token) => (
          <Row key={token.id} token={token} onChanged={load} />
        ))}
      </ul>
    </section>
  );
}
