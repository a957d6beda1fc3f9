// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";

/** Names and values; those without a value are left out. */
export function Facts({ items }: { items: [string, ComponentChildren][] }) {
  const known = items.filter(([, value]) => value !== undefined && value !== null && value !== "");
  if (known.length === 0) return null;
  return (
    <dl class="facts">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
