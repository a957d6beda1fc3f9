// SPDX-License-Identifier: Apache-2.0
// Plays a sound file from any place, by Web Audio. `place` follows it while it plays.
import { signal } from "@preact/signals";

export class Player {
  readonly place = signal(0);
  readonly playing = signal(false);
  readonly duration: number;
  private readonly context: AudioContext;
  private readonly buffer: AudioBuffer;
  private source: AudioBufferSourceNode | undefined;
  private startedAt = 0;
  private frame = 0;

  private constructor(context: AudioContext, buffer: AudioBuffer) {
    this.context = context;
    this.buffer = buffer;
    this.duration = buffer.duration;
  }

  /** Throws when the browser cannot read the sound. */
  static async open(bytes: ArrayBuffer): Promise<Player> {
    const context = new AudioContext();
    return new Player(context, await context.decodeAudioData(bytes));
  }

  async play(): Promise<void> {
    await this.context.resume();
    if (this.place.peek() >= this.duration - 0.05) this.place.value = 0;
    this.source = this.context.createBufferSource();
    this.source.buffer = this.buffer;
    this.source.connect(this.context.destination);
    this.startedAt = this.context.currentTime - this.place.peek();
    this.source.start(0, this.place.peek());
    this.playing.value = true;
    this.follow();
  }

  private readonly follow = (): void => {
    if (!this.playing.peek()) return;
    const now = this.context.currentTime - this.startedAt;
    this.place.value = Math.min(now, this.duration);
    if (now >= this.duration) this.stopSource();
    else this.frame = requestAnimationFrame(this.follow);
  };

  private stopSource(): void {
    cancelAnimationFrame(this.frame);
    this.source?.stop();
    this.source = undefined;
    this.playing.value = false;
  }

  pause(): void {
    if (this.playing.peek()) this.stopSource();
  }

  seek(place: number): void {
    const was = this.playing.peek();
    this.pause();
    this.place.value = Math.max(0, Math.min(place, this.duration));
    if (was) void this.play();
  }

  close(): void {
    this.pause();
    void this.context.close();
  }
}
