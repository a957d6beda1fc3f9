// SPDX-License-Identifier: Apache-2.0
// Before and after in one frame; the browser's own slider moves the border between them.
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../text/index.ts";

interface Props {
  before: string;
  after: string;
  beforeAlt: string;
  afterAlt: string;
}

export function Compare({ before, after, beforeAlt, afterAlt }: Props) {
  const [share, setShare] = useState(50);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.style.setProperty("--share", `${share}%`), [share]);
  const shape = ({ currentTarget: image }: { currentTarget: HTMLImageElement }) =>
    frame.current?.style.setProperty("--ratio", String(image.naturalWidth / image.naturalHeight));
  return (
    <div class="compare" ref={frame}>
      <img class="compare-after" src={after} alt={afterAlt} draggable={false} onLoad={shape} />
      <img class="compare-before" src={before} alt={beforeAlt} draggable={false} />
      <div class="compare-line" aria-hidden="true" />
      <input
        type="range"
        min={0}
        max={100}
        value={share}
        aria-label={t().paint.compare}
        aria-valuetext={`${share} %`}
        onInput={(event) => setShare(event.currentTarget.valueAsNumber)}
      />
      <span class="compare-word left" aria-hidden="true">
        {t().paint.before}
      </span>
      <span class="compare-word right" aria-hidden="true">
        {t().paint.after}
      </span>
    </div>
  );
}
