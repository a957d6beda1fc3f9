// SPDX-License-Identifier: Apache-2.0
// The room where a picture is looked at.
import { useEffect, useState } from "preact/hooks";
import { fileRecord, thumbnail } from "../../api/files.ts";
import type { StudioFile } from "../../api/types.ts";
import { Chooser } from "../../parts/chooser.tsx";
import { DropZone } from "../../parts/drop_zone.tsx";
import { ShelfRow } from "../../parts/shelf_row.tsx";
import { looked } from "../../state/looks.ts";
import { go } from "../../state/route.ts";
import { tellError } from "../../state/say.ts";
import { stored } from "../../state/storage.ts";
import { t } from "../../text/index.ts";
import { Colours } from "./colours.tsx";
import { Composition } from "./composition.tsx";
import { Ideas } from "./ideas.tsx";
import { LookAlikes } from "./look_alikes.tsx";
import { Nature } from "./nature.tsx";

const tabs = ["palette", "frame", "appraise", "similar", "inspire"] as const;
type Tab = (typeof tabs)[number];
const tab = stored<Tab>("look-tab", "palette");

const panels = { palette: Colours, frame: Composition, appraise: Nature, similar: LookAlikes, inspire: Ideas };

function Tabs() {
  return (
    <div class="tabs" role="tablist" aria-label={t().look.title}>
      {tabs.map((name, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={tab.value === name}
          aria-controls="look-panel"
          tabIndex={tab.value === name ? 0 : -1}
          onClick={() => (tab.value = name)}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (!step) return;
            const next = tabs[(index + step + tabs.length) % tabs.length]!;
            tab.value = next;
            document.getElementById(`tab-${next}`)?.focus();
          }}
        >
          {t().look[name]}
        </button>
      ))}
    </div>
  );
}

export function LookView({ digest }: { digest: string }) {
  const [choosing, setChoosing] = useState(false);
  const picture = looked.value;
  const words = t().look;
  useEffect(() => {
    if (digest && digest !== looked.peek()?.digest) fileRecord(digest).then((file) => (looked.value = file), tellError);
  }, [digest]);
  const take = (files: StudioFile[]) => {
    const [file] = files;
    if (!file) return;
    looked.value = file;
    go("look", "", { file: file.digest });
  };
  const chooser = choosing && (
    <Chooser title={words.picture} accepts={["picture"]} onFiles={take} onClose={() => setChoosing(false)} />
  );
  if (!picture)
    return (
      <div class="room start">
        <header class="room-head">
          <h1>{words.lead}</h1>
        </header>
        <section class="start-place" aria-label={words.picture}>
          <DropZone accepts={["picture"]} many={false} class="start-drop" onFiles={take}>
            <h2>{words.picture}</h2>
            <button type="button" onClick={() => setChoosing(true)}>
              {t().choose.title}
            </button>
            <p class="help drop-help">{t().choose.drop}</p>
          </DropZone>
          <ShelfRow onFile={(file) => take([file])} />
        </section>
        {chooser}
      </div>
    );
  const Panel = panels[tab.value];
  return (
    <div class="room look">
      <header class="room-head">
        <h1>{words.title}</h1>
        <button type="button" class="quiet" onClick={() => setChoosing(true)}>
          {t().choose.title}
        </button>
      </header>
      <DropZone accepts={["picture"]} many={false} class="look-picture" onFiles={take}>
        <img src={thumbnail(picture.digest, 1024)} alt={picture.name} />
      </DropZone>
      <section class="look-side">
        <Tabs />
        <div role="tabpanel" id="look-panel" aria-labelledby={`tab-${tab.value}`} tabIndex={0}>
          <Panel key={picture.digest + tab.value} picture={picture} />
        </div>
      </section>
      {chooser}
    </div>
  );
}
