// SPDX-License-Identifier: Apache-2.0
// Signals that the browser remembers, so that nothing is lost on reload.
import { effect, signal, type Signal } from "@preact/signals";

const prefix = "atelier.";

export function load<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(prefix + key);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise; // storage is off, or what is there is damaged
  }
}

export function save(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
  } catch {
    // Storage is off or full: the page works on, it only forgets.
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // Storage is off: there is nothing to forget.
  }
}

export function stored<T>(key: string, otherwise: T): Signal<T> {
  const value = signal<T>(load(key, otherwise));
  let first = true;
  effect(() => {
    const now = value.value;
    if (!first) save(key, now);
    first = false;
  });
  return value;
}
