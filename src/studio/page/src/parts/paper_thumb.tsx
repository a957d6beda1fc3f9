// SPDX-License-Identifier: Apache-2.0
// A text by its first lines, a piece by its notes: so that a wall of works is one of works, not of names.
import { useEffect, useState } from "preact/hooks";
import { getBytes, getText } from "../api/client.ts";
import { readMidi, type Note } from "../state/midi.ts";

const shownLines = 8;

export function TextThumb({ digest }: { digest: string }) {
  const [text, setText] = useState("");
  useEffect(() => {
    getText(`/files/${digest}/content`).then(setText, () => {}); // its name stands below
  }, [digest]);
  return (
    <span class="thumb paper text-thumb" aria-hidden="true">
      {text
        .trim()
        .split("\n")
        .slice(0, shownLines)
        .map((line, index) => (
          <span key={index}>{line.slice(0, 80)}</span>
        ))}
    </span>
  );
}

export function MusicThumb({ digest }: { digest: string }) {
  const [notes, setNotes] = useState<Note[]>([]);
  useEffect(() => {
    getBytes(`/files/${digest}/content`).then(
      (bytes) => setNotes(readMidi(bytes)),
      () => {}, // its name stands below
    );
  }, [digest]);
  const end = Math.max(0.1, ...notes.map((note) => note.end));
  const high = Math.max(0, ...notes.map((note) => note.pitch)) + 2;
  const low = Math.min(127, ...notes.map((note) => note.pitch)) - 2;
  return (
    <svg class="thumb music-thumb" viewBox={`0 0 100 ${Math.max(10, high - low)}`} preserveAspectRatio="none" aria-hidden="true">
      {notes.map((note, index) => (
        <rect
          key={index}
          class={`voice-${note.voice % 4}`}
          x={(note.start / end) * 100}
          y={high - note.pitch}
          width={((note.end - note.start) / end) * 100}
          height={0.9}
        />
      ))}
    </svg>
  );
}
