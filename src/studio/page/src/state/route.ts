// SPDX-License-Identifier: Apache-2.0
// Where in the page one is: what stands after the address's #, such as #/look?file=3fc9...
import { signal } from "@preact/signals";

export interface Route {
  view: string;
  rest: string;
  query: Record<string, string>;
}

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...rest] = path.split("/");
  return {
    view: view || "paint",
    rest: rest.map(decodeURIComponent).join("/"),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

export function hrefOf(view: string, rest = "", query: Record<string, string> = {}): string {
  const tail = new URLSearchParams(query).toString();
  return `#/${view}${rest ? `/${encodeURIComponent(rest)}` : ""}${tail ? `?${tail}` : ""}`;
}

export const route = signal<Route>(parseRoute(location.hash));

addEventListener("hashchange", () => {
  route.value = parseRoute(location.hash);
});

export function go(view: string, rest = "", query: Record<string, string> = {}): void {
  location.hash = hrefOf(view, rest, query);
}
