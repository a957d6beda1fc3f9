// SPDX-License-Identifier: Apache-2.0
// Where the eye goes, drawn over the picture; crops; and measures.
import { useState } from "preact/hooks";
import { content } from "../../api/files.ts";
import type { StudioFile } from "../../api/types.ts";
import { Facts } from "../../parts/facts.tsx";
import { JobOutputs } from "../../parts/job_outputs.tsx";
import { stored } from "../../state/storage.ts";
import { t, valueOf } from "../../text/index.ts";
import { Answer } from "./answer.tsx";

interface Point {
  x: number;
  y: number;
}

interface CropReport {
  left: number;
  top: number;
  width: number;
  height: number;
  score: number;
  sure: boolean;
  reasons: string[];
}

interface FrameReport {
  width: number;
  height: number;
  composition: {
    balance: { value: number; centre: Point };
    empty: number;
    golden_section: { fit: number };
    thirds: { fit: number };
    symmetry: { left_right: number };
    values: { pattern: string };
    leading_lines: { lines: { certainty: number; line: { from: Point; to: Point } }[] };
  };
  subjects: { box: { left: number; top: number; right: number; bottom: number } }[];
  crops: { aspect: string; crops: CropReport[]; refused?: string }[];
}

const overlays = ["thirds", "golden", "subjects", "lines", "balance"] as const;
type Overlay = (typeof overlays)[number];
const shown = stored<Overlay[]>("overlays", ["thirds", "subjects"]);

function Grid({ report, parts, name }: { report: FrameReport; parts: number[]; name: string }) {
  const { width: w, height: h } = report;
  return (
    <g class={name}>
      {parts.map((part) => (
        <path key={part} d={`M${part * w} 0V${h}M0 ${part * h}H${w}`} />
      ))}
    </g>
  );
}

function Lines({ report }: { report: FrameReport }) {
  const { width: w, height: h, composition, subjects } = report;
  const on = (overlay: Overlay) => shown.value.includes(overlay);
  return (
    <svg class="overlay" viewBox={`0 0 ${w} ${h}`} aria-hidden="true">
      {on("thirds") && <Grid report={report} parts={[1 / 3, 2 / 3]} name="thirds" />}
      {on("golden") && <Grid report={report} parts={[0.381966, 0.618034]} name="golden" />}
      {on("subjects") &&
        subjects.map(({ box }, index) => (
          <rect key={index} class="subject" x={box.left * w} y={box.top * h} width={(box.right - box.left) * w} height={(box.bottom - box.top) * h} />
        ))}
      {on("lines") &&
        composition.leading_lines.lines.map(({ line }, index) => (
          <path key={index} class="leading" d={`M${line.from.x * w} ${line.from.y * h}L${line.to.x * w} ${line.to.y * h}`} />
        ))}
      {on("balance") && (
        <circle class="balance" cx={composition.balance.centre.x * w} cy={composition.balance.centre.y * h} r={Math.min(w, h) / 30} />
      )}
    </svg>
  );
}

function Crops({ picture, report }: { picture: StudioFile; report: FrameReport }) {
  const words = t().look;
  return (
    <ul class="crops">
      {report.crops.map(({ aspect, crops, refused }) => {
        const crop = crops[0];
        return (
          <li key={aspect}>
            {crop ? (
              <svg viewBox={`${crop.left} ${crop.top} ${crop.width} ${crop.height}`} role="img" aria-label={words.crop(aspect)}>
                <image href={content(picture.digest)} width={report.width} height={report.height} />
              </svg>
            ) : null}
            <p>
              <b>{valueOf(aspect)}</b> {crop && <span class="help">{words.cropScore(crop.score)}</span>}
            </p>
            <p class="help">{crop ? crop.reasons.map(valueOf).join("; ") : refused}</p>
          </li>
        );
      })}
    </ul>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

export function Composition({ picture }: { picture: StudioFile }) {
  const [sheet, setSheet] = useState(false);
  const words = t().look;
  const inputs = { photo: [picture.digest] };
  return (
    <Answer request={{ command: "frame", inputs, label: picture.name }}>
      {(job) => {
        const report = job.report as FrameReport;
        const { composition } = report;
        return (
          <div class="composition">
            <div class="overlaid">
              <img src={content(picture.digest)} alt={picture.name} />
              <Lines report={report} />
            </div>
            <fieldset class="choice">
              <legend>{words.overlays}</legend>
              <div class="choice-row">
                {overlays.map((overlay) => (
                  <label key={overlay}>
                    <input
                      type="checkbox"
                      checked={shown.value.includes(overlay)}
                      onChange={(event) => {
                        const others = shown.peek().filter((one) => one !== overlay);
                        shown.value = event.currentTarget.checked ? [...others, overlay] : others;
                      }}
                    />
                    <span>{words.overlay[overlay]}</span>
                  </label>
                ))}
              </div>
            </fieldset>
            <h2>{words.crops}</h2>
            <Crops picture={picture} report={report} />
            <h2>{words.measures}</h2>
            <Facts
              items={[
                [words.thirds, percent(composition.thirds.fit)],
                [words.goldenFit, percent(composition.golden_section.fit)],
                [words.balanceFit, percent(composition.balance.value)],
                [words.symmetryFit, percent(composition.symmetry.left_right)],
                [words.emptyShare, percent(composition.empty)],
                [words.pattern, valueOf(composition.values.pattern)],
              ]}
            />
            {sheet ? (
              <Answer request={{ command: "frame", inputs, outputs: { sheet: "png", crop: "png" }, options: {}, label: picture.name }}>
                {(made) => <JobOutputs outputs={made.outputs} alt={picture.name} />}
              </Answer>
            ) : (
              <button type="button" onClick={() => setSheet(true)}>
                {words.sheet}
              </button>
            )}
          </div>
        );
      }}
    </Answer>
  );
}
