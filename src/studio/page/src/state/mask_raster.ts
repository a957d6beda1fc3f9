// SPDX-License-Identifier: Apache-2.0
// Strokes of a soft brush as a mask of bytes, 0: not here, 255: wholly here. A stroke takes, at each
// place, the greatest of its brush's values there, so that its edge stays soft however slowly it is
// drawn; one that erases takes the least.
import type { Stroke } from "./paint.ts";

export interface Raster {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

export function emptyRaster(width: number, height: number): Raster {
  return { width, height, data: new Uint8ClampedArray(width * height) };
}

/** The brush at `distance` from its middle, 0..1; `radius` and `distance` in pixels, `soft` 0..1. */
export function brush(distance: number, radius: number, soft: number): number {
  const inner = radius * (1 - soft);
  if (distance <= inner) return 1;
  if (distance >= radius) return 0;
  const way = (radius - distance) / (radius - inner);
  return way * way * (3 - 2 * way);
}

function distanceToSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Draws the way from point `from` to the stroke's last point. */
export function drawStroke(raster: Raster, stroke: Stroke, from = 0): void {
  const { width, height, data } = raster;
  const radius = Math.max(0.5, (stroke.size * width) / 2);
  for (let i = from; i < stroke.points.length; ++i) {
    const [ax, ay] = stroke.points[Math.max(0, i - 1)]!.map((share) => share * width) as [number, number];
    const [bx, by] = stroke.points[i]!.map((share) => share * width) as [number, number];
    const left = Math.max(0, Math.floor(Math.min(ax, bx) - radius));
    const right = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + radius));
    const top = Math.max(0, Math.floor(Math.min(ay, by) - radius));
    const bottom = Math.min(height - 1, Math.ceil(Math.max(ay, by) + radius));
    for (let y = top; y <= bottom; ++y)
      for (let x = left; x <= right; ++x) {
        const value = brush(distanceToSegment(x + 0.5, y + 0.5, ax, ay, bx, by), radius, stroke.soft) * 255;
        const at = y * width + x;
        const old = data[at]!;
        data[at] = stroke.erase ? Math.min(old, 255 - value) : Math.max(old, value);
      }
  }
}

/** A stroke of no points turns the mask over. */
export function drawAll(width: number, height: number, strokes: readonly Stroke[]): Raster {
  const raster = emptyRaster(width, height);
  for (const stroke of strokes) {
    if (stroke.points.length > 0) drawStroke(raster, stroke);
    else for (let i = 0; i < raster.data.length; ++i) raster.data[i] = 255 - raster.data[i]!;
  }
  return raster;
}

/** The mask as grey pixels, opaque, or as a tint whose opacity is the mask's. */
export function pixelsOf(raster: Raster, tint: [number, number, number] | null): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(raster.width * raster.height * 4);
  for (let i = 0; i < raster.data.length; ++i) {
    const value = raster.data[i]!;
    pixels[4 * i] = tint ? tint[0] : value;
    pixels[4 * i + 1] = tint ? tint[1] : value;
    pixels[4 * i + 2] = tint ? tint[2] : value;
    pixels[4 * i + 3] = tint ? value * 0.65 : 255;
  }
  return pixels;
}
