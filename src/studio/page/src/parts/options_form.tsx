// SPDX-License-Identifier: Apache-2.0
// All options of a command in their groups, behind one click.
import type { ComponentChildren } from "preact";
import type { Command, CommandOption, OptionValue } from "../api/types.ts";
import { t } from "../text/index.ts";
import { OptionField } from "./option_field.tsx";

interface Props {
  command: Command;
  values: Record<string, OptionValue>;
  /** Options that the page shows elsewhere. */
  without?: readonly string[];
  open?: boolean;
  wrong?: { name: string; text: string };
  onChange: (name: string, value: OptionValue | undefined) => void;
  /** What comes before the groups. */
  children?: ComponentChildren;
}

export function groupsOf(options: CommandOption[]): Map<string, CommandOption[]> {
  const groups = new Map<string, CommandOption[]>();
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return groups;
}

export function OptionsForm({ command, values, without = [], open = false, wrong, onChange, children }: Props) {
  const options = command.options.filter((option) => !without.includes(option.name));
  if (options.length === 0) return null;
  const changed = options.filter((option) => values[option.name] !== undefined);
  const refused = options.some((option) => option.name === wrong?.name);
  return (
    <details class="options" open={open || refused}>
      <summary>
        {t().common.options}
        {changed.length > 0 && <span class="count">{t().common.changed(changed.length)}</span>}
      </summary>
      {changed.length > 0 && (
        <button
          type="button"
          class="quiet"
          onClick={() => changed.forEach((option) => onChange(option.name, undefined))}
        >
          {t().common.reset}
        </button>
      )}
      {children}
      {[...groupsOf(options)].map(([group, members]) => (
        <fieldset key={group} class="group">
          <legend>{t().groups[group] ?? group}</legend>
          <div class="fields">
            {members.map((option) => (
              <OptionField
                key={option.name}
                command={command.name}
                option={option}
                value={values[option.name]}
                wrong={wrong?.name === option.name ? wrong.text : ""}
                onChange={(value) => onChange(option.name, value)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </details>
  );
}
