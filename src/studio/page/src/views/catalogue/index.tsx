// SPDX-License-Identifier: Apache-2.0
// The room of the catalogue: works found by words or by a picture; a work; everything else behind it.
import { useState } from "preact/hooks";
import { thumbnail } from "../../api/files.ts";
import type { Command, JobRequest, StudioFile } from "../../api/types.ts";
import { Chooser } from "../../parts/chooser.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { useQuery } from "../../parts/use_query.ts";
import type { FoundWorks } from "../../state/answers.ts";
import { command, commands } from "../../state/commands.ts";
import { query } from "../../state/query.ts";
import { hrefOf, type Route } from "../../state/route.ts";
import { sentence, tellError } from "../../state/say.ts";
import { t, valueOf } from "../../text/index.ts";
import { ToolForm, ToolList } from "../tools.tsx";
import { Entry } from "./entry.tsx";

const belonging: Record<string, string[]> = {
  works: ["catalog-event", "catalog-edit", "catalog-page", "catalog-certificate", "catalog-verify"],
  owners: ["catalog-party", "catalog-claim", "catalog-offer", "catalog-accept", "catalog-transfer"],
  exchange: ["catalog-import", "catalog-export", "catalog-check"],
  ledger: ["catalog-attach", "catalog-sync"],
  keys: [],
};

function members(group: string): Command[] {
  const named = belonging[group]!.map(command).filter((one): one is Command => one !== undefined);
  if (group === "ledger") return [...named, ...commands.value.filter((one) => one.name.startsWith("ledger-"))];
  if (group === "keys") return [...named, ...commands.value.filter((one) => one.name.startsWith("identity-"))];
  return named;
}

function More() {
  const words = t().catalogue;
  return (
    <details class="more">
      <summary>{words.more}</summary>
      {Object.keys(belonging).map((group) => (
        <section key={group}>
          <h2>{words.groups[group]}</h2>
          <ToolList commands={members(group)} />
        </section>
      ))}
    </details>
  );
}

function Begin({ onMade }: { onMade: () => void }) {
  const [name, setName] = useState("");
  const [wrong, setWrong] = useState("");
  const words = t().catalogue;
  return (
    <form
      class="begin"
      onSubmit={(event) => {
        event.preventDefault();
        query({ command: "catalog-init", options: { name } }).then(onMade, (error) => setWrong(sentence(error)));
      }}
    >
      <p class="lead">{words.none}</p>
      <label class="field">
        <span>{words.name}</span>
        <input type="text" required maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <Wrong text={wrong} />
      <button type="submit" class="primary large">
        {words.make}
      </button>
    </form>
  );
}

function Works({ found }: { found: FoundWorks }) {
  const words = t().catalogue;
  if (found.works.length === 0) return <p class="empty">{words.nothing}</p>;
  return (
    <>
      <p class="help" role="status">
        {words.found(found.works.length, found.total)}
      </p>
      <ul class="entries">
        {found.works.map((work) => (
          <li key={work.number}>
            <a href={hrefOf("catalogue", work.number)}>
              {work.picture_sha256 && <img class="thumb" src={thumbnail(work.picture_sha256, 256)} alt="" loading="lazy" />}
              <b>{work.title}</b>
              <span>{[work.artists, work.date].filter(Boolean).join(", ")}</span>
              <small>
                {work.number} · {work.likeness === undefined ? valueOf(work.status) : t().look.likeness(work.likeness)}
              </small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const findRequest = (words: string, like: StudioFile | null): JobRequest => ({
  command: "catalog-find",
  ...(like ? { inputs: { like: [like.digest] } } : {}),
  options: { limit: 200, ...(words ? { words } : {}) },
});

function List() {
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [like, setLike] = useState<StudioFile | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [again, setAgain] = useState(0);
  const { answer, wrong, busy } = useQuery<FoundWorks>(findRequest(asked, like), again);
  const words = t().catalogue;
  // What was never looked at is not found by a picture: look first.
  const byPicture = (files: StudioFile[]) => {
    const [file] = files;
    if (file) query({ command: "catalog-look" }).then(() => setLike(file), tellError);
  };
  if (wrong && !asked && !like) return <Begin onMade={() => setAgain(again + 1)} />;
  return (
    <>
      <form
        class="row search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setLike(null);
          setAsked(typed);
        }}
      >
        <label class="grow">
          <span class="visually-hidden">{words.search}</span>
          <input type="search" placeholder={words.search} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <button type="submit">{words.search}</button>
        <button type="button" class="quiet" onClick={() => setChoosing(true)}>
          {words.byPicture}
        </button>
      </form>
      {(like || asked) && (
        <p class="row">
          {like && <span>{words.likeThis}</span>}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setLike(null);
              setAsked("");
              setTyped("");
            }}
          >
            {words.all}
          </button>
        </p>
      )}
      <Wrong text={wrong} />
      {busy && !answer ? <p class="help">{t().common.loading}</p> : answer && <Works found={answer} />}
      {choosing && <Chooser title={words.byPicture} accepts={["picture"]} onFiles={byPicture} onClose={() => setChoosing(false)} />}
    </>
  );
}

export function CatalogueView({ route: { rest } }: { route: Route }) {
  const words = t().catalogue;
  const adding = command("catalog-add");
  if (rest && rest !== "add") return <Entry key={rest} number={rest} />;
  return (
    <div class="room catalogue">
      <header class="room-head">
        <h1>{rest ? words.add : words.title}</h1>
        {rest ? (
          <a class="back" href={hrefOf("catalogue")}>
            {words.back}
          </a>
        ) : (
          <a class="button primary" href={hrefOf("catalogue", "add")}>
            {words.add}
          </a>
        )}
      </header>
      {rest ? adding && <ToolForm command={adding} /> : <List />}
      {!rest && <More />}
    </div>
  );
}
