// SPDX-License-Identifier: Apache-2.0
// The field of one option, made from the table that the command line checks it by.
import { useId } from "preact/hooks";
import type { CommandOption, OptionValue } from "../api/types.ts";
import { parseOption, showOption } from "../state/option_text.ts";
import { helpOf, nameOf, t } from "../text/index.ts";
import { Wrong } from "./notes.tsx";

interface Props {
  command: string;
  option: CommandOption;
  /** Undefined: as usual. */
  value: OptionValue | undefined;
  wrong?: string;
  /** In place of the studio's own. */
  help?: string;
  onChange: (value: OptionValue | undefined) => void;
}

function Control({ option, value, onChange, id }: Props & { id: string }) {
  const described = `${id}-help`;
  if (option.type === "boolean")
    return (
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-describedby={described}
        checked={(value ?? option.default) === true}
        onChange={(event) => {
          const now = event.currentTarget.checked;
          onChange(now === option.default ? undefined : now);
        }}
      />
    );
  if (option.type === "string" && option.choices.length > 0)
    return (
      <select
        id={id}
        aria-describedby={described}
        value={String(value ?? option.default ?? "")}
        onChange={(event) => {
          const now = event.currentTarget.value;
          onChange(now === option.default ? undefined : now);
        }}
      >
        {!option.choices.includes(String(option.default ?? "")) && (
          <option value={String(option.default ?? "")}>{t().common.standard}</option>
        )}
        {option.choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    );
  const list = option.words.length > 0 ? `${id}-words` : undefined;
  return (
    <>
      <input
        id={id}
        type="text"
        inputMode={option.type === "integer" && !list ? "numeric" : "text"}
        spellcheck={false}
        required={option.required}
        list={list}
        aria-describedby={described}
        placeholder={showOption(option.default)}
        value={value === undefined ? "" : showOption(value)}
        onChange={(event) => onChange(parseOption(option, event.currentTarget.value))}
      />
      {list && (
        <datalist id={list}>
          {option.words.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
      )}
    </>
  );
}

function range(option: CommandOption): string {
  const { minimum, maximum, unit, words } = option;
  const bounds =
    minimum !== undefined && maximum !== undefined
      ? `${minimum}…${maximum}`
      : minimum !== undefined
        ? `≥ ${minimum}`
        : maximum !== undefined
          ? `≤ ${maximum}`
          : "";
  return [[bounds, unit].filter(Boolean).join(" "), ...words].filter(Boolean).join(" | ");
}

export function OptionField(props: Props) {
  const id = useId();
  const { option, command, value, wrong = "", help } = props;
  return (
    <div class={`option${value === undefined ? "" : " changed"}${wrong ? " refused" : ""}`}>
      <label for={id}>
        {nameOf(option.name)} {option.required && <small>{t().tools.needed}</small>}
      </label>
      <Control {...props} id={id} />
      <p id={`${id}-help`} class="help">
        {help ?? helpOf(command, option.name, option.help)} <span class="range">{range(option)}</span>
      </p>
      <Wrong text={wrong} />
    </div>
  );
}
