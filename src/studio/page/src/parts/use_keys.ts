// SPDX-License-Identifier: Apache-2.0
// Keys of a room: Ctrl (or Command) with Z, with Shift and Z or Y, and with Enter. Fields keep their own undo.
import { useEffect } from "preact/hooks";

interface Keys {
  undo: () => void;
  redo: () => void;
  go: () => void;
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input[type='text'], input[type='search'], input[type='number'], textarea");
}

export function useKeys(keys: Keys): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || document.querySelector("dialog[open]")) return;
      const key = event.key.toLowerCase();
      if (key === "enter") keys.go();
      else if (typing(event.target)) return;
      else if (key === "y" || (key === "z" && event.shiftKey)) keys.redo();
      else if (key === "z") keys.undo();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
