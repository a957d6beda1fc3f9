// SPDX-License-Identifier: Apache-2.0
// One piece: its piano roll, its sound, and what was measured of it.
import { useEffect, useState } from "preact/hooks";
import { getBytes } from "../../api/client.ts";
import { download } from "../../api/files.ts";
import type { Job } from "../../api/types.ts";
import { Facts } from "../../parts/facts.tsx";
import { PauseIcon, PlayIcon } from "../../parts/icons.tsx";
import { Wrong } from "../../parts/notes.tsx";
import { readMidi, type Note } from "../../state/midi.ts";
import { Player } from "../../state/player.ts";
import { sentence } from "../../state/say.ts";
import { keyOf, t, valueOf } from "../../text/index.ts";
import { PianoRoll } from "./piano_roll.tsx";

interface PieceReport {
  bars?: number;
  key?: string;
  ending?: string;
  voices?: number;
  seconds?: number;
  voice_leading?: {
    parallel_fifths_per_hundred_chords: number;
    parallel_octaves_per_hundred_chords: number;
    dissonant_share_on_beats: number;
  };
}

function bytesOf(digest: string): Promise<ArrayBuffer> {
  return getBytes(`/files/${digest}/content`);
}

export function Piece({ job }: { job: Job }) {
  const [notes, setNotes] = useState<Note[]>([]);
  const [player, setPlayer] = useState<Player | null>(null);
  const [wrong, setWrong] = useState("");
  const midi = job.outputs.find((output) => output.name === "notes")?.digest;
  const sound = job.outputs.find((output) => output.name === "sound")?.digest;
  const words = t().compose;

  useEffect(() => {
    setNotes([]);
    if (midi) bytesOf(midi).then((bytes) => setNotes(readMidi(bytes)), (error) => setWrong(sentence(error)));
  }, [midi]);
  useEffect(() => {
    let alive = true;
    let opened: Player | undefined;
    setPlayer(null);
    if (sound)
      bytesOf(sound)
        .then((bytes) => Player.open(bytes))
        .then(
          (made) => {
            opened = made;
            if (alive) setPlayer(made);
            else made.close();
          },
          () => setWrong(words.noSound),
        );
    return () => {
      alive = false;
      opened?.close();
    };
  }, [sound]);

  const report = (job.report as { pieces?: PieceReport[] } | null | undefined)?.pieces?.[0];
  const leading = report?.voice_leading;
  const seconds = Math.max(player?.duration ?? 0, ...notes.map((note) => note.end), 0.1);
  const playing = player?.playing.value ?? false;
  return (
    <article class="piece">
      {notes.length > 0 && (
        <PianoRoll notes={notes} seconds={seconds} place={player?.place.value ?? 0} onSeek={(place) => player?.seek(place)} />
      )}
      <div class="row">
        {player && (
          <button type="button" class="primary" onClick={() => (playing ? player.pause() : void player.play())}>
            {playing ? <PauseIcon /> : <PlayIcon />}
            {playing ? words.pause : words.play}
          </button>
        )}
        {job.outputs.map((output) => (
          <a key={output.file_name} class="button quiet" href={download(output.digest)} download={output.file_name}>
            {output.file_name}
          </a>
        ))}
      </div>
      <Wrong text={wrong} />
      {report && (
        <Facts
          items={[
            [words.keyFact, report.key && keyOf(report.key)],
            [words.bars_, report.bars],
            [words.voices, report.voices],
            [words.ending, report.ending && valueOf(report.ending)],
            [words.fifths, leading && leading.parallel_fifths_per_hundred_chords.toFixed(1)],
            [words.octaves, leading && leading.parallel_octaves_per_hundred_chords.toFixed(1)],
            [words.dissonance, leading && `${Math.round(leading.dissonant_share_on_beats * 100)} %`],
          ]}
        />
      )}
    </article>
  );
}
