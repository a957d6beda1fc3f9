// SPDX-License-Identifier: Apache-2.0
import { effect } from "@preact/signals";
import { stored } from "./storage.ts";

export type Theme = "auto" | "light" | "dark";
export type Language = "en" | "zh";

const preferred: Language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";

export const theme = stored<Theme>("theme", "auto");
export const language = stored<Language>("language", preferred);

effect(() => {
  if (theme.value === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme.value;
});
effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-Hans" : "en";
});
