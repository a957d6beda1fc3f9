// SPDX-License-Identifier: Apache-2.0
// Notes of a Standard MIDI File (formats 0 and 1), in seconds, for the piano roll.

export interface Note {
  start: number;
  end: number;
  pitch: number;
  /** Voices are told apart by track and channel. */
  voice: number;
}

interface Event {
  tick: number;
  track: number;
  channel: number;
  kind: "on" | "off" | "tempo";
  /** The pitch, or microseconds a quarter. */
  value: number;
}

class Reader {
  private readonly bytes: DataView;
  at = 0;
  constructor(bytes: DataView) {
    this.bytes = bytes;
  }
  get left(): number {
    return this.bytes.byteLength - this.at;
  }
  byte(): number {
    return this.bytes.getUint8(this.at++);
  }
  number(size: number): number {
    let value = 0;
    for (let i = 0; i < size; ++i) value = value * 256 + this.byte();
    return value;
  }
  text(size: number): string {
    let value = "";
    for (let i = 0; i < size; ++i) value += String.fromCharCode(this.byte());
    return value;
  }
  /** A number of seven bits a byte. */
  variable(): number {
    let value = 0;
    for (let i = 0; i < 4; ++i) {
      const byte = this.byte();
      value = (value << 7) | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw new RangeError("a length of more than four bytes");
  }
}

function readTrack(reader: Reader, end: number, track: number, events: Event[]): void {
  let tick = 0;
  let status = 0;
  while (reader.at < end) {
    tick += reader.variable();
    let first = reader.byte();
    if (first >= 0x80) {
      status = first;
      first = -1;
    }
    if (status === 0xff) {
      const type = first === -1 ? reader.byte() : first;
      const size = reader.variable();
      if (type === 0x51) events.push({ tick, track, channel: 0, kind: "tempo", value: reader.number(size) });
      else reader.at += size;
    } else if (status === 0xf0 || status === 0xf7) {
      reader.at += reader.variable();
    } else {
      const one = first === -1 ? reader.byte() : first;
      const message = status & 0xf0;
      const two = message === 0xc0 || message === 0xd0 ? 0 : reader.byte();
      if (message === 0x90 || message === 0x80)
        events.push({ tick, track, channel: status & 15, kind: message === 0x90 && two > 0 ? "on" : "off", value: one });
    }
  }
}

/** Throws a RangeError when the bytes are no MIDI file that is whole. */
export function readMidi(buffer: ArrayBuffer): Note[] {
  const reader = new Reader(new DataView(buffer));
  if (reader.text(4) !== "MThd") throw new RangeError("no MIDI file");
  const header = reader.number(4);
  reader.number(2);
  const tracks = reader.number(2);
  const division = reader.number(2);
  reader.at += header - 6;
  if (division === 0 || division >= 0x8000) throw new RangeError("times in frames are not read");
  const events: Event[] = [];
  for (let track = 0; track < tracks && reader.left > 8; ++track) {
    const type = reader.text(4);
    const end = reader.number(4) + reader.at;
    if (type === "MTrk") readTrack(reader, end, track, events);
    reader.at = end;
  }
  events.sort((a, b) => a.tick - b.tick || (a.kind === "on" ? 1 : 0) - (b.kind === "on" ? 1 : 0));
  return notesOf(events, division);
}

function notesOf(events: Event[], division: number): Note[] {
  const notes: Note[] = [];
  const sounding = new Map<string, Note[]>();
  const voices = new Map<string, number>();
  let seconds = 0;
  let tick = 0;
  let perTick = 0.5 / division;
  for (const event of events) {
    seconds += (event.tick - tick) * perTick;
    tick = event.tick;
    if (event.kind === "tempo") {
      perTick = event.value / 1e6 / division;
      continue;
    }
    const source = `${event.track} ${event.channel}`;
    const key = `${source} ${event.value}`;
    if (event.kind === "on") {
      if (!voices.has(source)) voices.set(source, voices.size);
      const note = { start: seconds, end: seconds, pitch: event.value, voice: voices.get(source)! };
      notes.push(note);
      sounding.set(key, [...(sounding.get(key) ?? []), note]);
    } else {
      const [note, ...rest] = sounding.get(key) ?? [];
      if (note) note.end = seconds;
      sounding.set(key, rest);
    }
  }
  for (const rest of sounding.values()) for (const note of rest) note.end = seconds;
  return notes;
}
