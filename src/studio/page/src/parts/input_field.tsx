// SPDX-License-Identifier: Apache-2.0
// The field of one input of a command: files, or a word in their place.
import { useEffect, useState } from "preact/hooks";
import type { Command, CommandInput, StudioFile } from "../api/types.ts";
import { isDigest, records, recordsOf, remember } from "../state/file_names.ts";
import { helpOf, nameOf, t } from "../text/index.ts";
import { Chooser } from "./chooser.tsx";
import { CloseIcon, PlusIcon } from "./icons.tsx";
import { Wrong } from "./notes.tsx";
import { Thumb } from "./thumb.tsx";

interface Props {
  command: string;
  input: CommandInput;
  value: string[];
  wrong?: string;
  onChange: (value: string[]) => void;
}

const roles: Record<string, "photograph" | "painting"> = {
  content: "photograph",
  photo: "photograph",
  styles: "painting",
  style: "painting",
};

/** Words of an input: one is chosen from a list; one with a number is typed. */
function Words({ input, value, onChange }: Props) {
  const plain = input.words.filter((word) => !word.endsWith(":N"));
  const numbered = input.words.filter((word) => word.endsWith(":N")).map((word) => word.slice(0, -1));
  const [typed, setTyped] = useState("0");
  return (
    <div class="row tight">
      {plain.map((word) => (
        <button
          key={word}
          type="button"
          class={value.includes(word) && word !== "-" ? "quiet on" : "quiet"}
          aria-pressed={value.includes(word)}
          onClick={() => {
            if (input.max === 1) onChange(value[0] === word ? [] : [word]);
            else if (word !== "-" && value.includes(word)) onChange(value.filter((one) => one !== word));
            else onChange([...value, word]);
          }}
        >
          {word}
        </button>
      ))}
      {numbered.map((word) => (
        <span key={word} class="row tight">
          <input type="number" min={0} aria-label={word} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          <button type="button" class="quiet" onClick={() => onChange([...value, word + typed].slice(-input.max))}>
            {word}
          </button>
        </span>
      ))}
    </div>
  );
}

export function InputField(props: Props) {
  const { command, input, value, wrong = "", onChange } = props;
  const [choosing, setChoosing] = useState(false);
  useEffect(() => void recordsOf(value), [value.join(" ")]);
  const name = nameOf(input.name);
  const many = input.max > 1;
  const take = (files: StudioFile[]) => {
    remember(files);
    const digests = files.map((file) => file.digest);
    onChange(many ? [...value, ...digests].slice(0, input.max) : digests.slice(0, 1));
  };
  return (
    <div class={wrong ? "input refused" : "input"} role="group" aria-label={name}>
      <p class="input-name">
        {name} {input.min === 0 && <small>{t().common.optional}</small>}
      </p>
      <p class="help">{helpOf(command, input.name, input.help)}</p>
      <ul class="tiles small">
        {value.map((digest, index) => {
          const file = records.value.get(digest);
          const shown = isDigest(digest) ? (file?.name ?? digest.slice(0, 8)) : digest;
          return (
            <li key={`${digest}${index}`} class="tile">
              {file ? <Thumb file={file} edge={128} /> : <span class="thumb paper">{shown}</span>}
              <button
                type="button"
                class="round on-picture"
                aria-label={t().common.removeNamed(shown)}
                onClick={() => onChange(value.filter((_, i) => i !== index))}
              >
                <CloseIcon />
              </button>
            </li>
          );
        })}
        {value.length < input.max && (
          <li>
            <button type="button" class="add-card" aria-label={`${t().choose.title}: ${name}`} onClick={() => setChoosing(true)}>
              <PlusIcon />
            </button>
          </li>
        )}
      </ul>
      {input.words.length > 0 && <Words {...props} />}
      <Wrong text={wrong} />
      {choosing && (
        <Chooser
          title={name}
          accepts={input.accepts}
          many={many}
          {...(roles[input.name] ? { role: roles[input.name] } : {})}
          onFiles={take}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}

interface FieldsProps {
  command: Command;
  values: Record<string, string[]>;
  without?: readonly string[];
  wrong?: { name: string; text: string };
  onChange: (name: string, value: string[]) => void;
}

export function InputFields({ command, values, without = [], wrong, onChange }: FieldsProps) {
  const inputs = command.inputs.filter((input) => !without.includes(input.name));
  if (inputs.length === 0) return null;
  return (
    <fieldset class="group">
      <legend>{t().tools.files}</legend>
      <div class="fields">
        {inputs.map((input) => (
          <InputField
            key={input.name}
            command={command.name}
            input={input}
            value={values[input.name] ?? []}
            wrong={wrong?.name === input.name ? wrong.text : ""}
            onChange={(value) => onChange(input.name, value)}
          />
        ))}
      </div>
    </fieldset>
  );
}
