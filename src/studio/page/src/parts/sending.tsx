// SPDX-License-Identifier: Apache-2.0
import { sending } from "../state/uploads.ts";
import { t } from "../text/index.ts";

export function SendingList() {
  if (sending.value.length === 0) return null;
  return (
    <ul class="sending">
      {sending.value.map((one) => (
        <li key={one.id}>
          <label>
            {t().choose.sending(one.name)}
            <progress max={1} value={one.share} />
          </label>
        </li>
      ))}
    </ul>
  );
}
