// SPDX-License-Identifier: Apache-2.0
// A text as it reads, with its rhymes marked, and beside it how it keeps its form.
import { linesOf, marksOf, partsOf, rhymingLines, type Asked, type WrittenText } from "../state/poem.ts";
import { humanName, t } from "../text/index.ts";

function count(asked: Asked): string {
  const words = t().write;
  if (typeof asked.right === "number" && typeof asked.asked === "number") return words.right(asked.right, asked.asked);
  if (Array.isArray(asked.found)) return asked.found.join(", ");
  return asked.found === undefined ? "" : String(asked.found);
}

function partName(name: string): string {
  const words = t().write;
  const known: Record<string, string> = {
    lines: words.lines,
    lengths: words.lengths,
    rhyme: words.rhyme,
    tones: words.tones,
    metre: words.metre,
  };
  return known[name] ?? humanName(name);
}

export function Poem({ written }: { written: WrittenText }) {
  const words = t().write;
  const { form } = written;
  const lines = form ? linesOf(written.text) : written.text.split("\n");
  const rhyming = rhymingLines(lines.length, form);
  const faulty = new Set(partsOf(form).flatMap(([, part]) => part.faults ?? []).map((fault) => Number(fault.line) - 1));
  return (
    <article class={form ? "poem" : "poem prose"}>
      {written.title && <h2>{written.title}</h2>}
      <div class="poem-lines">
        {lines.map((line, index) => (
          <p key={index} class={faulty.has(index) ? "faulty" : ""}>
            {marksOf(line, rhyming.has(index)).map((mark, i) => (mark.rhyme ? <mark key={i}>{mark.text}</mark> : mark.text))}
          </p>
        ))}
      </div>
      {form && (
        <dl class="form-parts" aria-label={words.shown}>
          {form.type && (
            <div>
              <dt>{words.form}</dt>
              <dd>{form.type}</dd>
            </div>
          )}
          {partsOf(form).map(([name, part]) => (
            <div key={name}>
              <dt>{partName(name)}</dt>
              <dd>
                {count(part)} <span class={part.kept ? "kept" : "broken"}>{part.kept ? words.kept : words.broken}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {written.copied && written.copied.tokens > 0 && <p class="help">{words.originality(written.copied.tokens)}</p>}
    </article>
  );
}
