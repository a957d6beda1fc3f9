// SPDX-License-Identifier: Apache-2.0
// The browser's own slider with its name above and, where they help, a word at each end.
import { useId } from "preact/hooks";

interface Props {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  ends?: [string, string];
  /** What is shown and read out in place of the number. */
  shown?: string;
  /** "label": the name is for screen readers alone. */
  quiet?: boolean;
  onInput: (value: number) => void;
}

export function Slider({ label, value, min, max, step, ends, shown, quiet = false, onInput }: Props) {
  const id = useId();
  return (
    <div class="slider">
      <div class={quiet ? "visually-hidden" : "slider-head"}>
        <label for={id}>{label}</label>
        {shown !== undefined && <output for={id}>{shown}</output>}
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={shown}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      {ends && (
        <div class="slider-ends" aria-hidden="true">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </div>
      )}
    </div>
  );
}
