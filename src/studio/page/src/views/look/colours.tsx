// SPDX-License-Identifier: Apache-2.0
import type { StudioFile } from "../../api/types.ts";
import { tell } from "../../state/say.ts";
import { t } from "../../text/index.ts";
import { Answer } from "./answer.tsx";

interface Colour {
  hex: string;
  name: string;
  share?: number;
}

interface PaletteReport {
  colours: Colour[];
  contrast: { pair: [number, number]; ratio: number; wcag: string }[];
  harmony: { scheme: string };
  proposed: { title: string; colours: Colour[] }[];
}

/** Black or white, whichever is read better on the colour. */
function inkOn(hex: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const linear = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) > 0.179 ? "#000000" : "#ffffff";
}

function Swatch({ colour, grow }: { colour: Colour; grow: number }) {
  const words = t().look;
  const share = colour.share === undefined ? "" : `${Math.round(colour.share * 100)} %`;
  return (
    <button
      type="button"
      class="swatch"
      style={{ backgroundColor: colour.hex, color: inkOn(colour.hex), flexGrow: grow }}
      title={words.copy(colour.hex)}
      onClick={() => void navigator.clipboard.writeText(colour.hex).then(() => tell(words.copied(colour.hex)))}
    >
      <span class="visually-hidden">
        {colour.hex} {share} {colour.name}
      </span>
      <span class="swatch-words" aria-hidden="true">
        <b>{colour.hex}</b>
        {share && <span>{share}</span>}
      </span>
    </button>
  );
}

export function Colours({ picture }: { picture: StudioFile }) {
  const words = t().look;
  return (
    <Answer request={{ command: "palette", inputs: { picture: [picture.digest] }, label: picture.name }}>
      {(job) => {
        const report = job.report as PaletteReport;
        const legible = report.contrast.filter((one) => one.ratio >= 4.5).slice(0, 6);
        return (
          <div class="colours">
            <p class="help">{words.paletteLead}</p>
            <div class="swatches tall">
              {report.colours.map((colour) => (
                <Swatch key={colour.hex} colour={colour} grow={Math.max(0.06, colour.share ?? 0)} />
              ))}
            </div>
            <p>{words.harmony(words.schemes[report.harmony.scheme] ?? report.harmony.scheme)}</p>
            <h2>{words.proposed}</h2>
            <ul class="proposed">
              {report.proposed.map((one) => (
                <li key={one.title}>
                  <span class="help">{words.schemes[one.title] ?? one.title}</span>
                  <div class="swatches">
                    {one.colours.map((colour, index) => (
                      <Swatch key={colour.hex + index} colour={colour} grow={1} />
                    ))}
                  </div>
                </li>
              ))}
            </ul>
            {legible.length > 0 && (
              <>
                <h2>{words.contrast}</h2>
                <ul class="pairs">
                  {legible.map(({ pair, ratio, wcag }) => {
                    const [a, b] = pair.map((index) => report.colours[index]!.hex) as [string, string];
                    return (
                      <li key={a + b} style={{ backgroundColor: a, color: b }}>
                        {ratio.toFixed(1)} : 1 <small>{wcag}</small>
                      </li>
                    );
                  })}
                </ul>
              </>
            )}
          </div>
        );
      }}
    </Answer>
  );
}
