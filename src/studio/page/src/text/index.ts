// SPDX-License-Identifier: Apache-2.0
// The page's words in the language that is set. Chinese is fetched when it is needed.
import { effect, signal } from "@preact/signals";
import { language } from "../state/settings.ts";
import { en, type Text } from "./en.ts";

const words = signal<Text>(en);

/** Whether the words of the language that is set are here. */
export const ready = signal(language.peek() === "en");

effect(() => {
  if (language.value === "en") {
    words.value = en;
    ready.value = true;
  } else {
    void import("./zh.ts").then(({ zh }) => {
      if (language.peek() === "zh") words.value = zh;
      ready.value = true;
    });
  }
});

export const t = (): Text => words.value;

/** "content_weight" as a name that is read: "Content weight". */
export function humanName(name: string): string {
  const text = name.replaceAll(/[_-]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name of an option, input or output as it is read. */
export const nameOf = (name: string): string => t().names[name] ?? humanName(name);

/** A word that a report or a record holds, as it is read. */
export const valueOf = (value: string): string => t().values[value] ?? value;

/** "E major" and the like. */
export function keyOf(key: string): string {
  const [tonic = "", mode = ""] = key.split(" ", 2);
  return t().modes[mode]?.(tonic) ?? key;
}

/** A command's, option's or input's help: the studio's own in English, the page's in Chinese. */
export function helpOf(command: string, name: string, english: string): string {
  const { options } = t();
  return options[`${command}.${name}`] ?? options[name] ?? english;
}

export const commandName = (name: string): string => t().commandNames[name] ?? humanName(name);

export function commandHelp(name: string, english: string): string {
  return t().commands[name] ?? english;
}

export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  let value = count;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function when(iso: string): string {
  return new Date(iso).toLocaleString(language.value === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
  });
}
