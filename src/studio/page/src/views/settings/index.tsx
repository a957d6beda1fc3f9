// SPDX-License-Identifier: Apache-2.0
// How the page looks and speaks, who one is here, and, for the owner, who else there is and what works.
import { useEffect, useState } from "preact/hooks";
import { get, send } from "../../api/client.ts";
import { Choice } from "../../parts/choice.tsx";
import { language, theme, type Language, type Theme } from "../../state/settings.ts";
import { tellError } from "../../state/say.ts";
import { role, signOut } from "../../state/session.ts";
import { bytes, t } from "../../text/index.ts";
import { Account } from "./account.tsx";
import { Accounts } from "./accounts.tsx";
import { Workers } from "./workers.tsx";

interface Studio {
  version: string;
  files: { count: number; bytes: number };
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

function ThisStudio() {
  const [studio, setStudio] = useState<Studio | null>(null);
  useEffect(() => void get<Studio>("/studio").then(setStudio, tellError), []);
  const words = t().settings;
  return (
    <section>
      <h2>{words.studio}</h2>
      <p>{studio ? [words.version(studio.version), words.room(studio.files.count, bytes(studio.files.bytes))].join(" · ") : t().common.loading}</p>
      <p class="row">
        <a href="licenses.txt">{words.licenses}</a>
        <a href="api/v1/openapi.json">{words.api}</a>
      </p>
    </section>
  );
}

export function SettingsView() {
  const words = t().settings;
  return (
    <div class="room settings">
      <header class="room-head">
        <h1>{words.title}</h1>
        <button type="button" class="quiet" onClick={() => void signOut().catch(tellError)}>
          {words.signOut}
        </button>
      </header>
      <div class="settings-side">
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
        <Account />
        <Link />
        <ThisStudio />
      </div>
      {role.value === "owner" && (
        <div class="settings-main">
          <Accounts />
          <Workers />
        </div>
      )}
    </div>
  );
}
