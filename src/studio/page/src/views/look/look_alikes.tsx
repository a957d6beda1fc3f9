// SPDX-License-Identifier: Apache-2.0
// Pictures of the studio that look like one of them.
import { useEffect, useState } from "preact/hooks";
import type { StudioFile } from "../../api/types.ts";
import { Choice } from "../../parts/choice.tsx";
import { Thumb } from "../../parts/thumb.tsx";
import { isDigest, records, recordsOf } from "../../state/file_names.ts";
import { hrefOf } from "../../state/route.ts";
import { tellError } from "../../state/say.ts";
import { stored } from "../../state/storage.ts";
import { t } from "../../text/index.ts";
import { Answer } from "./answer.tsx";
import { studioPictures, workOf } from "./pictures.ts";

interface Found {
  path: string;
  likeness: number;
  /** They are one picture, cut or changed; null: they are not. */
  copy: { mirrored: boolean; agreeing: number } | null;
}

const by = stored("look-by", "content");

export function LookAlikes({ picture }: { picture: StudioFile }) {
  const [works, setWorks] = useState<string[]>([]);
  const words = t().look;
  useEffect(() => void studioPictures().then(setWorks, tellError), [picture.digest]);
  const others = works.filter((digest) => digest !== picture.digest).sort();
  return (
    <div class="look-alikes">
      <p class="help">{words.amongHelp}</p>
      <Choice
        label={words.by}
        value={by.value}
        items={Object.entries(words.byKinds).map(([value, label]) => ({ value, label }))}
        onChange={(value) => (by.value = value)}
      />
      {works.length > 0 && others.length === 0 && <p class="help">{t().choose.nothing}</p>}
      {others.length > 0 && (
        <Answer
          request={{
            command: "similar",
            inputs: { picture: [picture.digest], works: others },
            options: { by: by.value, compare: "points" },
            label: picture.name,
          }}
        >
          {(job) => <Wall found={(job.report as { works?: Found[] }).works ?? []} works={[job.request.inputs?.["works"] ?? []].flat()} />}
        </Answer>
      )}
    </div>
  );
}

function Wall({ found, works }: { found: Found[]; works: readonly string[] }) {
  const digests = found.map((one) => workOf(one.path, works));
  useEffect(() => void recordsOf(digests), [digests.join()]);
  return (
    <ul class="tiles large">
      {found.map((one, index) => {
        const digest = digests[index]!;
        const file = records.value.get(digest);
        if (!isDigest(digest)) return null;
        return (
          <li key={digest}>
            <a href={hrefOf("look", "", { file: digest })}>
              <Thumb file={file ?? { digest, kind: "picture", name: digest.slice(0, 8) }} edge={256} />
              <span class="badge">{one.copy ? t().look.samePicture(one.copy.mirrored) : t().look.likeness(one.likeness)}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
