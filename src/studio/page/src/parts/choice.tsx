// SPDX-License-Identifier: Apache-2.0
// One of a few, all in sight: the browser's radio buttons, drawn as a row.
import { useId } from "preact/hooks";

interface Item {
  value: string;
  label: string;
  help?: string;
}

interface Props {
  label: string;
  items: Item[];
  value: string;
  /** Cards with a line of help each, in place of a row of words. */
  cards?: boolean;
  onChange: (value: string) => void;
}

export function Choice({ label, items, value, cards = false, onChange }: Props) {
  const name = useId();
  return (
    <fieldset class={cards ? "choice cards" : "choice"}>
      <legend>{label}</legend>
      <div class="choice-row">
        {items.map((item) => (
          <label key={item.value}>
            <input
              type="radio"
              name={name}
              value={item.value}
              checked={item.value === value}
              onChange={() => onChange(item.value)}
            />
            <span>
              {item.label}
              {item.help && <small>{item.help}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
