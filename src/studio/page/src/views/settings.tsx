// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import { get, send } from "../api/client.ts";
import { Choice } from "../parts/choice.tsx";
import { language, theme, type Language, type Theme } from "../state/settings.ts";
import { sentence, tellError } from "../state/say.ts";
import { signOut } from "../state/session.ts";
import { bytes, t, when } from "../text/index.ts";
import { Wrong } from "../parts/notes.tsx";

interface Studio {
  version: string;
  files: { count: number; bytes: number };
}

interface Token {
  id: string;
  name: string;
  created: string;
}

function Link() {
  const [href, setHref] = useState("");
  const words = t().settings;
  return (
    <section>
      <h2>{words.link}</h2>
      <p class="help">{words.linkHelp}</p>
      {href ? (
        <input type="text" readOnly aria-label={words.link} value={href} onFocus={(event) => event.currentTarget.select()} />
      ) : (
        <button
          type="button"
          onClick={() =>
            void send<{ href: string }>("POST", "/links").then((link) => setHref(new URL(link.href, location.origin).href), tellError)
          }
        >
          {words.makeLink}
        </button>
      )}
    </section>
  );
}

function Tokens() {
  const [tokens, setTokens] = useState<Token[]>([]);
  const [name, setName] = useState("");
  const [fresh, setFresh] = useState("");
  const [wrong, setWrong] = useState("");
  const words = t().settings;
  const load = () => void get<{ tokens: Token[] }>("/tokens").then((answer) => setTokens(answer.tokens), tellError);
  useEffect(load, []);
  return (
    <section>
      <h2>{words.tokens}</h2>
      <p class="help">{words.tokensHelp}</p>
      <ul class="plain-list">
        {tokens.map((token) => (
          <li key={token.id} class="row">
            <b>{token.name}</b> <small>{when(token.created)}</small>
            <button
              type="button"
              class="quiet danger"
              aria-label={`${words.revoke}: ${token.name}`}
              onClick={() => void send("DELETE", `/tokens/${token.id}`).then(load, tellError)}
            >
              {words.revoke}
            </button>
          </li>
        ))}
      </ul>
      {fresh && (
        <label>
          {words.tokenOnce}
          <input type="text" readOnly value={fresh} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          setWrong("");
          send<{ token: string }>("POST", "/tokens", { name }).then(
            (made) => {
              setFresh(made.token);
              setName("");
              load();
            },
            (error) => setWrong(sentence(error)),
          );
        }}
      >
        <label>
          {words.tokenName}
          <input type="text" required value={name} onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <button type="submit">{words.makeToken}</button>
      </form>
      <Wrong text={wrong} />
    </section>
  );
}

export function SettingsView() {
  const [studio, setStudio] = useState<Studio | null>(null);
  useEffect(() => void get<Studio>("/studio").then(setStudio, tellError), []);
  const words = t().settings;
  return (
    <div class="room settings">
      <header class="room-head">
        <h1>{words.title}</h1>
      </header>
      <Choice
        label={words.language}
        value={language.value}
        items={[
          { value: "en", label: "English" },
          { value: "zh", label: "中文" },
        ]}
        onChange={(value) => (language.value = value as Language)}
      />
      <Choice
        label={words.theme}
        value={theme.value}
        items={(Object.keys(words.themes) as Theme[]).map((value) => ({ value, label: words.themes[value] }))}
        onChange={(value) => (theme.value = value as Theme)}
      />
      {studio && (
        <section>
          <h2>{words.studio}</h2>
          <p>
            {[words.version(studio.version), words.room(studio.files.count, bytes(studio.files.bytes))].join(" · ")}
          </p>
        </section>
      )}
      <Link />
      <Tokens />
      <p class="row">
        <a href="licenses.txt">{words.licenses}</a>
        <a href="api/v1/openapi.json">{words.api}</a>
        <button type="button" class="quiet" onClick={() => void signOut().catch(tellError)}>
          {words.signOut}
        </button>
      </p>
    </div>
  );
}
