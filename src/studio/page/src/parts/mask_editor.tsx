// SPDX-License-Identifier: Apache-2.0
// A mask painted over a picture, by mouse, pen, finger or keys. Strokes are kept as they are drawn.
import { useEffect, useRef, useState } from "preact/hooks";
import { content, upload } from "../api/files.ts";
import type { StudioFile } from "../api/types.ts";
import { drawAll, drawStroke, pixelsOf, type Raster } from "../state/mask_raster.ts";
import type { Mask, Stroke } from "../state/paint.ts";
import { sentence } from "../state/say.ts";
import { forget, load, save } from "../state/storage.ts";
import { t } from "../text/index.ts";
import { Choice } from "./choice.tsx";
import { Dialog } from "./dialog.tsx";
import { Wrong } from "./notes.tsx";
import { Slider } from "./slider.tsx";

const longEdge = 640;
const tint: [number, number, number] = [214, 72, 44];

interface Props {
  title: string;
  picture: StudioFile;
  mask: Mask | null;
  onDone: (mask: Mask | null) => void;
  onClose: () => void;
}

function paintOnto(canvas: HTMLCanvasElement, raster: Raster): void {
  const image = new ImageData(pixelsOf(raster, tint), raster.width, raster.height);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

async function asPng(raster: Raster): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = raster.width;
  canvas.height = raster.height;
  const image = new ImageData(pixelsOf(raster, null), raster.width, raster.height);
  canvas.getContext("2d")!.putImageData(image, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), "image/png"),
  );
}

export function MaskEditor({ title, picture, mask, onDone, onClose }: Props) {
  const draftKey = `mask-draft.${picture.digest}.${title}`;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const [strokes, setStrokes] = useState<Stroke[]>(() => load(draftKey, mask?.strokes ?? []));
  const [undone, setUndone] = useState<Stroke[]>([]);
  const [erase, setErase] = useState(false);
  const [brush, setBrush] = useState(0.12);
  const [soft, setSoft] = useState(0.5);
  const [wrong, setWrong] = useState("");
  const [saving, setSaving] = useState(false);
  const raster = useRef<Raster | null>(null);
  const drawing = useRef<Stroke | null>(null);
  const [cursor, setCursor] = useState<[number, number] | null>(null);

  const keep = (next: Stroke[]) => {
    setStrokes(next);
    save(draftKey, next);
  };
  const redraw = () => {
    if (!size || !canvas.current) return;
    raster.current = drawAll(size.width, size.height, strokes);
    paintOnto(canvas.current, raster.current);
  };
  useEffect(redraw, [size, strokes]);

  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.current!.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.width];
  };
  const addPoint = (point: [number, number]) => {
    const stroke = drawing.current;
    if (!stroke || !raster.current || !canvas.current) return;
    stroke.points.push(point);
    drawStroke(raster.current, stroke, stroke.points.length - 1);
    paintOnto(canvas.current, raster.current);
  };
  const finish = () => {
    if (!drawing.current) return;
    const stroke = drawing.current;
    drawing.current = null;
    setUndone([]);
    keep([...strokes, stroke]);
  };
  const undo = () => {
    const last = strokes[strokes.length - 1];
    if (!last) return;
    setUndone([last, ...undone]);
    keep(strokes.slice(0, -1));
  };
  const redo = () => {
    const [first, ...rest] = undone;
    if (!first) return;
    setUndone(rest);
    keep([...strokes, first]);
  };
  const stage = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (size) stage.current?.style.setProperty("--ratio", String(size.width / size.height));
  }, [size]);
  const ratio = size ? size.height / size.width : 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? 0.05 : 0.01;
    const at = cursor ?? [0.5, ratio / 2];
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const move = moves[event.key];
    if (move) {
      setCursor([Math.max(0, Math.min(1, at[0] + move[0])), Math.max(0, Math.min(ratio, at[1] + move[1]))]);
    } else if (event.key === " ") {
      drawing.current = { erase, size: brush, soft, points: [] };
      addPoint(at);
      finish();
    } else if (event.key === "[") setBrush(Math.max(0.01, brush - 0.02));
    else if (event.key === "]") setBrush(Math.min(0.6, brush + 0.02));
    else if (event.key.toLowerCase() === "e") setErase(!erase);
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey))
      event.shiftKey ? redo() : undo();
    else return;
    event.preventDefault();
  };
  const done = async () => {
    if (!raster.current) return;
    if (strokes.length === 0) {
      onDone(null);
      onClose();
      return;
    }
    setSaving(true);
    try {
      const file = await upload(await asPng(raster.current), "mask.png");
      forget(draftKey);
      onDone({ digest: file.digest, strokes });
      onClose();
    } catch (error) {
      setWrong(sentence(error));
      setSaving(false);
    }
  };
  const ring = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!ring.current || !cursor) return;
    const { style } = ring.current;
    style.setProperty("--x", `${cursor[0] * 100}%`);
    style.setProperty("--y", `${(cursor[1] / ratio) * 100}%`);
    style.setProperty("--size", `${brush * 100}%`);
  }, [cursor, brush, ratio]);

  const words = t().mask;
  return (
    <Dialog title={title} wide onClose={onClose}>
      <div class="mask-editor">
        <div class="mask-stage" ref={stage}>
          <img
            src={content(picture.digest)}
            alt=""
            onLoad={(event) => {
              const { naturalWidth: w, naturalHeight: h } = event.currentTarget;
              const scale = Math.min(1, longEdge / Math.max(w, h));
              setSize({ width: Math.max(1, Math.round(w * scale)), height: Math.max(1, Math.round(h * scale)) });
            }}
          />
          {size && (
            <canvas
              ref={canvas}
              width={size.width}
              height={size.height}
              tabIndex={0}
              role="application"
              aria-label={`${words.canvas}. ${words.help}`}
              onKeyDown={onKeyDown}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                drawing.current = { erase: erase || event.button === 5, size: brush, soft, points: [] };
                addPoint(place(event));
              }}
              onPointerMove={(event) => {
                const point = place(event);
                setCursor(point);
                if (drawing.current) addPoint(point);
              }}
              onPointerUp={finish}
              onPointerCancel={finish}
            />
          )}
          {cursor && <span ref={ring} class="mask-ring" aria-hidden="true" />}
        </div>
        <div class="mask-tools">
          <Choice
            label={words.brush}
            items={[
              { value: "brush", label: words.brush },
              { value: "eraser", label: words.eraser },
            ]}
            value={erase ? "eraser" : "brush"}
            onChange={(value) => setErase(value === "eraser")}
          />
          <Slider label={words.size} value={brush} min={0.01} max={0.6} step={0.01} shown={`${Math.round(brush * 100)} %`} onInput={setBrush} />
          <Slider label={words.softness} value={soft} min={0} max={1} step={0.05} shown={`${Math.round(soft * 100)} %`} onInput={setSoft} />
          <div class="row">
            <button type="button" onClick={undo} disabled={strokes.length === 0}>
              {t().common.undo}
            </button>
            <button type="button" onClick={redo} disabled={undone.length === 0}>
              {t().common.redo}
            </button>
            <button type="button" onClick={() => keep([...strokes, { erase: false, size: 0, soft: 0, points: [] }])}>
              {words.fill}
            </button>
            <button type="button" onClick={() => keep([])} disabled={strokes.length === 0}>
              {words.clear}
            </button>
          </div>
          <p class="help">{words.help}</p>
          <Wrong text={wrong} />
          <div class="row end">
            <button type="button" onClick={onClose}>
              {t().common.cancel}
            </button>
            <button type="button" class="primary" disabled={saving} onClick={() => void done()}>
              {saving ? words.saving : t().common.done}
            </button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}
