// SPDX-License-Identifier: Apache-2.0
// What a picture is: style, things in it, what viewers feel, and what is measured.
import type { StudioFile } from "../../api/types.ts";
import { Facts } from "../../parts/facts.tsx";
import { humanName, nameOf, t, valueOf } from "../../text/index.ts";
import { Answer } from "./answer.tsx";

interface Guess {
  name: string;
  probability: number;
}

interface AppraisedWork {
  style?: Guess[];
  content?: Guess[];
  emotions?: { name: string; share: number }[];
  aesthetics?: Record<string, number | string>;
}

function Bars({ title, items }: { title: string; items: [string, number][] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="bars">
        {items.map(([name, share]) => (
          <li key={name}>
            <span>{t().values[name] ?? humanName(name)}</span>
            <meter min={0} max={1} value={share} aria-label={t().values[name] ?? humanName(name)} />
            <span class="help">{Math.round(share * 100)} %</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Nature({ picture }: { picture: StudioFile }) {
  const words = t().look;
  return (
    <Answer request={{ command: "appraise", inputs: { works: [picture.digest] }, label: picture.name }}>
      {(job) => {
        const work = (job.report as { works?: AppraisedWork[] }).works?.[0] ?? {};
        const guesses = (list: Guess[] | undefined): [string, number][] =>
          (list ?? []).map((guess) => [guess.name, guess.probability]);
        const emotions = (work.emotions ?? []).map((one): [string, number] => [one.name, one.share]);
        return (
          <div class="nature">
            <p class="help">{words.evidence}</p>
            <Bars title={words.styles} items={guesses(work.style)} />
            <Bars title={words.things} items={guesses(work.content)} />
            <Bars title={words.emotions} items={emotions.sort((a, b) => b[1] - a[1])} />
            {work.aesthetics !== undefined && (
              <section>
                <h2>{words.measured}</h2>
                <Facts items={Object.entries(work.aesthetics).map(([name, value]) => [nameOf(name), typeof value === "number" ? value.toPrecision(3) : valueOf(value)])} />
              </section>
            )}
          </div>
        );
      }}
    </Answer>
  );
}
