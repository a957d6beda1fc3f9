// SPDX-License-Identifier: Apache-2.0
// The parents with their shares, and what is changed in their children.
import { Slider } from "../../parts/slider.tsx";
import { Thumb } from "../../parts/thumb.tsx";
import { CloseIcon } from "../../parts/icons.tsx";
import { breeding, changeBreeding, sliders, toggleParent } from "../../state/breeding.ts";
import { t } from "../../text/index.ts";

export function Parents({ names }: { names: ReadonlyMap<string, string> }) {
  const { parents } = breeding.value;
  const words = t().breed;
  return (
    <section aria-label={words.parents}>
      <h2>{words.parents}</h2>
      {parents.length === 0 && <p class="help">{words.parentsHelp}</p>}
      <ul class="parents">
        {parents.map((parent, index) => {
          const name = names.get(parent.digest) ?? parent.digest.slice(0, 8);
          return (
            <li key={parent.digest}>
              <div class="style-picture">
                <Thumb file={{ digest: parent.digest, kind: "picture", name }} />
                <button type="button" class="round on-picture" aria-label={t().common.removeNamed(name)} onClick={() => toggleParent(parent.digest)}>
                  <CloseIcon />
                </button>
              </div>
              {parents.length > 1 && (
                <Slider
                  quiet
                  label={words.weight(name)}
                  value={parent.weight}
                  min={0}
                  max={4}
                  step={0.1}
                  shown={parent.weight.toFixed(1)}
                  onInput={(weight) =>
                    changeBreeding(
                      { parents: parents.map((one, i) => (i === index ? { ...one, weight } : one)) },
                      `parent ${index}`,
                    )
                  }
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function Changes() {
  const { mutation, children, moves } = breeding.value;
  const words = t().breed;
  return (
    <section class="how" aria-label={words.sliders}>
      <Slider
        label={words.mutation}
        value={mutation}
        min={0}
        max={1}
        step={0.05}
        ends={words.mutationEnds}
        shown={`${Math.round(mutation * 100)} %`}
        onInput={(value) => changeBreeding({ mutation: value }, "mutation")}
      />
      {sliders.map((name) => (
        <Slider
          key={name}
          label={words.slider[name] ?? name}
          value={moves[name] ?? 0}
          min={-3}
          max={3}
          step={0.25}
          shown={String(moves[name] ?? 0)}
          onInput={(value) => changeBreeding({ moves: { ...moves, [name]: value } }, `move ${name}`)}
        />
      ))}
      <Slider
        label={words.children}
        value={children}
        min={1}
        max={12}
        step={1}
        shown={String(children)}
        onInput={(value) => changeBreeding({ children: value }, "children")}
      />
    </section>
  );
}
