// SPDX-License-Identifier: Apache-2.0
import { thumbnail } from "../../api/files.ts";
import type { Job } from "../../api/types.ts";
import { familyOf, type Member } from "../../state/family.ts";
import { breeding, toggleParent } from "../../state/breeding.ts";
import { t } from "../../text/index.ts";

const cell = 132;
const row = 168;
const edge = 104;

/** Generations from above to below, a line from each parent to each child. */
export function FamilyTree({ jobs }: { jobs: Job[] }) {
  const family = familyOf(jobs);
  const words = t().breed;
  if (family.members.length === 0) return <p class="help">{words.treeEmpty}</p>;
  const width = Math.max(1, family.widest) * cell;
  const height = (family.generations - 1) * row + edge + 16;
  const counts = new Map<number, number>();
  for (const member of family.members) counts.set(member.generation, (counts.get(member.generation) ?? 0) + 1);
  const x = (member: Member) => (width - (counts.get(member.generation) ?? 1) * cell) / 2 + member.place * cell + cell / 2;
  const y = (member: Member) => member.generation * row + 8;
  const byDigest = new Map(family.members.map((member) => [member.digest, member]));
  const chosen = new Set(breeding.value.parents.map((parent) => parent.digest));
  return (
    <div class="tree" tabIndex={0} role="group" aria-label={words.tree}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {family.members.flatMap((member) =>
          member.parents.flatMap((digest) => {
            const parent = byDigest.get(digest);
            if (!parent) return [];
            const [x1, y1, x2, y2] = [x(parent), y(parent) + edge, x(member), y(member)];
            const half = (y1 + y2) / 2;
            return [<path key={digest + member.digest} class="tree-line" d={`M${x1} ${y1}C${x1} ${half} ${x2} ${half} ${x2} ${y2}`} />];
          }),
        )}
        {family.members.map((member) => (
          <foreignObject key={member.digest} x={x(member) - edge / 2} y={y(member)} width={edge} height={edge}>
            <button
              type="button"
              class="picture-button"
              aria-pressed={chosen.has(member.digest)}
              aria-label={words.chooseParent(member.name)}
              onClick={() => toggleParent(member.digest)}
            >
              <img src={thumbnail(member.digest, 128)} alt="" />
            </button>
          </foreignObject>
        ))}
      </svg>
    </div>
  );
}
