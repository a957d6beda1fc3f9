// SPDX-License-Identifier: Apache-2.0
// Lines of a chart on a logarithmic scale, in a box of 100 x 100.
import type { ProgressPoint } from "../api/types.ts";

export interface Line {
  name: string;
  /** The d of an SVG path. */
  path: string;
  last: number;
}

export interface Chart {
  lines: Line[];
  low: number;
  high: number;
}

/** How far below the least of the ends the scale may reach; lower values lie on its floor. */
const room = 4;

/** Those values that end within a factor of 30 of the greatest, so that none flattens the others. */
export function comparable(points: readonly ProgressPoint[], names: readonly string[]): string[] {
  const last = points[points.length - 1]?.values ?? {};
  const most = Math.max(0, ...names.map((name) => last[name] ?? 0));
  return names.filter((name) => (last[name] ?? 0) * 30 >= most);
}

/** Values of 0 and below have no logarithm and leave a gap. */
export function chartOf(points: readonly ProgressPoint[], names: readonly string[]): Chart | null {
  const values = points.flatMap((point) => names.map((name) => point.values[name] ?? 0)).filter((v) => v > 0);
  if (points.length < 2 || values.length < 2) return null;
  // A start near zero, as the content's of a photograph, would flatten all that follows.
  const ends = names.map((name) => points[points.length - 1]!.values[name] ?? 0).filter((v) => v > 0);
  const low = Math.max(Math.min(...values), Math.min(...ends) / room);
  const high = Math.max(...values);
  const span = Math.log(high / low) || 1;
  const x = (index: number) => ((index / (points.length - 1)) * 100).toFixed(2);
  const y = (value: number) => (100 - Math.max(0, Math.log(value / low) / span) * 100).toFixed(2);
  const lines = names.flatMap((name): Line[] => {
    let path = "";
    let pen = false;
    let last = 0;
    points.forEach((point, index) => {
      const value = point.values[name] ?? 0;
      if (value > 0) {
        path += `${pen ? "L" : "M"}${x(index)} ${y(value)}`;
        last = value;
      }
      pen = value > 0;
    });
    return path ? [{ name, path, last }] : [];
  });
  return { lines, low, high };
}
