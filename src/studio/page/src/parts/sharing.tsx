// SPDX-License-Identifier: Apache-2.0
// Whether everybody who may come in sees a work; whoever made it, or the owner, decides.
import type { Job } from "../api/types.ts";
import { share } from "../state/jobs.ts";
import { tell, tellError } from "../state/say.ts";
import { account, mayChange } from "../state/session.ts";
import { t } from "../text/index.ts";

export function Sharing({ job }: { job: Job }) {
  const words = t().sharing;
  const mine = job.owner === account.value;
  return (
    <section class="sharing">
      <h2>{words.title}</h2>
      {!mine && <p>{words.by(job.owner)}</p>}
      {mayChange(job) ? (
        <>
          <label class="row">
            <input
              type="checkbox"
              role="switch"
              checked={job.shared}
              onChange={(event) => {
                const wanted = event.currentTarget.checked;
                share(job.id, wanted).then(() => tell(wanted ? words.isShared : words.isNot), tellError);
              }}
            />
            <span>{words.all}</span>
          </label>
          <p class="help">{words.help}</p>
        </>
      ) : (
        <p class="help">{words.look}</p>
      )}
    </section>
  );
}
