// SPDX-License-Identifier: Apache-2.0
// How it is painted: presets first, then the few sliders that matter, then everything.
import { useState } from "preact/hooks";
import type { OptionValue } from "../../api/types.ts";
import { Choice } from "../../parts/choice.tsx";
import { MaskEditor } from "../../parts/mask_editor.tsx";
import { InputFields } from "../../parts/input_field.tsx";
import { OptionsForm } from "../../parts/options_form.tsx";
import { Slider } from "../../parts/slider.tsx";
import { command } from "../../state/commands.ts";
import { change, easel, ownInputs, setInput, setOption } from "../../state/paint.ts";
import { t } from "../../text/index.ts";

/** A slider's place, -3..3 octaves, for an option whose usual value is its middle. */
function octaves(value: OptionValue | undefined, usual: number): number {
  const number = typeof value === "number" && value > 0 ? value : usual;
  return Math.max(-3, Math.min(3, Math.log2(number / usual)));
}

interface OctaveProps {
  name: string;
  label: string;
  ends: [string, string];
  /** To either side, in octaves. */
  reach?: number;
}

function OctaveSlider({ name, label, ends, reach = 3 }: OctaveProps) {
  const option = command("stylize")?.options.find((one) => one.name === name);
  const usual = typeof option?.default === "number" && option.default > 0 ? option.default : 1;
  const place = octaves(easel.value.options[name], usual);
  return (
    <Slider
      label={label}
      value={place}
      min={-reach}
      max={reach}
      step={0.25}
      ends={ends}
      shown={place === 0 ? t().common.standard : `× ${Number((2 ** place).toPrecision(2))}`}
      onInput={(now) => setOption(name, now === 0 ? undefined : Number((usual * 2 ** now).toPrecision(3)))}
    />
  );
}

function Protect() {
  const [masking, setMasking] = useState(false);
  const { content, protect } = easel.value;
  const words = t().paint;
  if (content?.kind !== "picture") return null;
  return (
    <div class="protect">
      <button type="button" class={protect ? "quiet on" : "quiet"} onClick={() => setMasking(true)}>
        {protect ? words.protected : words.protect}
      </button>
      <p class="help">{words.protectHelp}</p>
      {masking && (
        <MaskEditor
          title={words.protect}
          picture={content}
          mask={protect}
          onDone={(mask) => change({ protect: mask })}
          onClose={() => setMasking(false)}
        />
      )}
    </div>
  );
}

const shownElsewhere = ["preset", "style_weight", "style_scale", "tv_weight", "color", "blend"] as const;

export function How({ wrong }: { wrong: { name: string; text: string } }) {
  const stylize = command("stylize");
  const { options } = easel.value;
  const words = t().paint;
  if (!stylize) return null;
  const preset = stylize.options.find((option) => option.name === "preset");
  const color = stylize.options.find((option) => option.name === "color");
  return (
    <div class="how">
      {preset && (
        <Choice
          cards
          label={words.preset}
          value={String(options["preset"] ?? preset.default)}
          items={preset.choices.map((value) => ({
            value,
            label: words.presets[value]?.[0] ?? value,
            help: words.presets[value]?.[1] ?? "",
          }))}
          onChange={(value) => setOption("preset", value)}
        />
      )}
      <OctaveSlider name="style_weight" label={words.strength} ends={words.strengthEnds} />
      <OctaveSlider name="style_scale" label={words.strokes} ends={words.strokesEnds} reach={1} />
      <OctaveSlider name="tv_weight" label={words.smooth} ends={words.smoothEnds} />
      {color && (
        <Choice
          label={words.colours}
          value={String(options["color"] ?? color.default)}
          items={color.choices.map((value) => ({ value, label: words.colour[value] ?? value }))}
          onChange={(value) => setOption("color", value === color.default ? undefined : value)}
        />
      )}
      <Protect />
      <OptionsForm command={stylize} values={options} without={shownElsewhere} wrong={wrong} onChange={setOption}>
        <InputFields
          command={stylize}
          values={easel.value.inputs}
          without={ownInputs}
          wrong={wrong}
          onChange={setInput}
        />
      </OptionsForm>
    </div>
  );
}
