// SPDX-License-Identifier: Apache-2.0
// Any JSON as nested lists of terms: what a command reports and no room shows better.
import { nameOf } from "../text/index.ts";

function scalar(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
  return value === null ? "–" : String(value);
}

export function Report({ value }: { value: unknown }) {
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== "object")) return <span>{value.map(scalar).join(", ") || "–"}</span>;
    return (
      <ol class="report">
        {value.map((one, index) => (
          <li key={index}>
            <Report value={one} />
          </li>
        ))}
      </ol>
    );
  }
  if (value !== null && typeof value === "object")
    return (
      <dl class="report">
        {Object.entries(value).map(([name, one]) => (
          <div key={name}>
            <dt>{nameOf(name)}</dt>
            <dd>
              <Report value={one} />
            </dd>
          </div>
        ))}
      </dl>
    );
  return <span>{scalar(value)}</span>;
}
