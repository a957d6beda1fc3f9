// SPDX-License-Identifier: Apache-2.0
// Notes over time, a colour a voice, with a line where the piece is.
import { useEffect, useRef } from "preact/hooks";
import type { Note } from "../../state/midi.ts";
import { t } from "../../text/index.ts";

interface Props {
  notes: Note[];
  seconds: number;
  place: number;
  onSeek: (place: number) => void;
}

const black = new Set([1, 3, 6, 8, 10]);

export function PianoRoll({ notes, seconds, place, onSeek }: Props) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => line.current?.style.setProperty("--place", `${(place / seconds) * 100}%`), [place, seconds]);
  const pitches = notes.map((note) => note.pitch);
  const low = Math.min(...pitches) - 2;
  const high = Math.max(...pitches) + 2;
  const words = t().compose;
  return (
    <div class="roll">
      <svg
        viewBox={`0 0 1000 ${(high - low + 1) * 10}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.roll(notes.length, t().common.seconds(seconds))}
      >
        {Array.from({ length: high - low + 1 }, (_, i) => high - i)
          .filter((pitch) => black.has(pitch % 12))
          .map((pitch) => (
            <rect key={pitch} class="roll-black" x={0} y={(high - pitch) * 10} width={1000} height={10} />
          ))}
        {notes.map((note, index) => (
          <rect
            key={index}
            class={`roll-note voice-${note.voice % 4}`}
            x={(note.start / seconds) * 1000}
            y={(high - note.pitch) * 10 + 1}
            width={Math.max(2, ((note.end - note.start) / seconds) * 1000 - 1)}
            height={8}
            rx={2}
          />
        ))}
      </svg>
      <div class="roll-line" ref={line} aria-hidden="true" />
      <input
        type="range"
        min={0}
        max={seconds}
        step={0.05}
        value={place}
        aria-label={words.position}
        aria-valuetext={t().common.seconds(place)}
        onInput={(event) => onSeek(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
