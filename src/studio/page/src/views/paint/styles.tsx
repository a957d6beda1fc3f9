// SPDX-License-Identifier: Apache-2.0
// The paintings on the easel: their shares, places and order.
import { useState } from "preact/hooks";
import { Chooser } from "../../parts/chooser.tsx";
import { CloseIcon, MaskIcon, MoveBackIcon, MoveOnIcon, PlusIcon } from "../../parts/icons.tsx";
import { MaskEditor } from "../../parts/mask_editor.tsx";
import { Slider } from "../../parts/slider.tsx";
import { Thumb } from "../../parts/thumb.tsx";
import { addStyles, change, changeStyle, easel, mostStyles, moveStyle, type Style } from "../../state/paint.ts";
import { t } from "../../text/index.ts";

interface CardProps {
  style: Style;
  index: number;
  count: number;
  /** How well it suits the photograph, 0..100. */
  score: number | undefined;
}

function StyleCard({ style, index, count, score }: CardProps) {
  const [masking, setMasking] = useState(false);
  const words = t().paint;
  const { content, styles } = easel.value;
  const name = style.file.name;
  return (
    <li class="style-card">
      <div class="style-picture">
        <Thumb file={style.file} />
        <button
          type="button"
          class="round on-picture"
          aria-label={t().common.removeNamed(name)}
          onClick={() => change({ styles: styles.filter((_, i) => i !== index) })}
        >
          <CloseIcon />
        </button>
        {score !== undefined && <span class="badge">{words.fit(score)}</span>}
      </div>
      {count > 1 && !style.mask && (
        <Slider
          quiet
          label={words.share(name)}
          value={style.weight}
          min={0}
          max={4}
          step={0.1}
          shown={style.weight.toFixed(1)}
          onInput={(weight) => changeStyle(index, { weight }, `weight ${index}`)}
        />
      )}
      <div class="row tight">
        {content?.kind === "picture" && (
          <button type="button" class={style.mask ? "quiet on" : "quiet"} onClick={() => setMasking(true)}>
            <MaskIcon />
            {style.mask ? words.inMask : words.mask}
          </button>
        )}
        {count > 1 && (
          <span class="row tight end">
            <button type="button" class="round small" aria-label={`${t().common.earlier}: ${name}`} disabled={index === 0} onClick={() => moveStyle(index, -1)}>
              <MoveBackIcon />
            </button>
            <button type="button" class="round small" aria-label={`${t().common.later}: ${name}`} disabled={index === count - 1} onClick={() => moveStyle(index, 1)}>
              <MoveOnIcon />
            </button>
          </span>
        )}
      </div>
      {masking && content && (
        <MaskEditor
          title={words.maskOf(name)}
          picture={content}
          mask={style.mask}
          onDone={(mask) => changeStyle(index, { mask })}
          onClose={() => setMasking(false)}
        />
      )}
    </li>
  );
}

export function Styles({ scores }: { scores: ReadonlyMap<string, number> }) {
  const [choosing, setChoosing] = useState(false);
  const { styles } = easel.value;
  const words = t().paint;
  return (
    <section class="styles" aria-label={words.paintings}>
      <ul>
        {styles.map((style, index) => (
          <StyleCard key={style.file.digest} style={style} index={index} count={styles.length} score={scores.get(style.file.digest)} />
        ))}
        {styles.length < mostStyles && (
          <li class="style-card">
            <button type="button" class="add-card" onClick={() => setChoosing(true)}>
              <PlusIcon />
              {words.add}
            </button>
          </li>
        )}
      </ul>
      {choosing && (
        <Chooser title={words.paintings} accepts={["picture"]} many role="painting" onFiles={addStyles} onClose={() => setChoosing(false)} />
      )}
    </section>
  );
}
