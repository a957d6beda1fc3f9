// SPDX-License-Identifier: Apache-2.0
// Values of options as people type them. What is no value is passed on as it was typed: the studio
// says what is wrong with it, so that page and command line never differ.
import type { CommandOption, OptionValue } from "../api/types.ts";

export function showOption(value: OptionValue): string {
  if (value === null) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function number(text: string): number | string {
  const value = Number(text);
  return text !== "" && Number.isFinite(value) ? value : text;
}

/** Undefined for an empty field: as usual. */
export function parseOption(option: CommandOption, typed: string): OptionValue | undefined {
  const text = typed.trim();
  if (text === "" || text === showOption(option.default)) return undefined;
  switch (option.type) {
    case "boolean":
      return text === "true";
    case "string":
      return text;
    case "integer":
    case "number":
      return option.words.includes(text) ? text : number(text);
    default: {
      const parts = text.split(/[,，]\s*|\s+/).filter(Boolean);
      return option.type === "array of number" ? (parts.map(number) as number[]) : parts;
    }
  }
}
