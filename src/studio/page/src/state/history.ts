// SPDX-License-Identifier: Apache-2.0
// Undo and redo of a value. Changes of one kind in quick succession, such as those of a slider that
// is dragged, count as one.
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";

interface Steps<T> {
  past: T[];
  future: T[];
}

export class History<T> {
  static readonly most = 200;
  static readonly together_ms = 800;
  private readonly value: Signal<T>;
  private readonly steps = signal<Steps<T>>({ past: [], future: [] });
  private readonly now: () => number;
  private lastKind = "";
  private lastTime = -Infinity;
  readonly canUndo: ReadonlySignal<boolean> = computed(() => this.steps.value.past.length > 0);
  readonly canRedo: ReadonlySignal<boolean> = computed(() => this.steps.value.future.length > 0);

  constructor(value: Signal<T>, now: () => number = () => performance.now()) {
    this.value = value;
    this.now = now;
  }

  /** Sets the value; `kind` names what was changed, "" never joins. */
  change(next: T, kind = ""): void {
    const time = this.now();
    const joins =
      kind !== "" && kind === this.lastKind && time - this.lastTime < History.together_ms;
    if (!joins)
      this.steps.value = {
        past: [...this.steps.peek().past, this.value.peek()].slice(-History.most),
        future: [],
      };
    this.lastKind = kind;
    this.lastTime = time;
    this.value.value = next;
  }

  undo(): void {
    const { past, future } = this.steps.peek();
    const before = past[past.length - 1];
    if (before === undefined) return;
    this.steps.value = { past: past.slice(0, -1), future: [this.value.peek(), ...future] };
    this.lastKind = "";
    this.value.value = before;
  }

  redo(): void {
    const { past, future } = this.steps.peek();
    const after = future[0];
    if (after === undefined) return;
    this.steps.value = { past: [...past, this.value.peek()], future: future.slice(1) };
    this.lastKind = "";
    this.value.value = after;
  }
}
