// SPDX-License-Identifier: Apache-2.0
// A place that files can be dropped on, pasted into, or chosen for.
import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { FileKind, StudioFile } from "../api/types.ts";
import { sendFiles } from "../state/uploads.ts";

interface Props {
  accepts: readonly FileKind[];
  many: boolean;
  class?: string;
  onFiles: (files: StudioFile[]) => void;
  children: ComponentChildren;
}

export const suffixes: Record<FileKind, string> = {
  picture: "image/png,image/jpeg,image/tiff,image/webp,.png,.jpg,.jpeg,.tif,.tiff,.webp",
  film: "video/mp4,video/webm,image/gif,.mp4,.mkv,.webm,.gif",
  music: "audio/midi,.mid,.midi,.abc,.musicxml,.xml,audio/wav,audio/flac,audio/ogg",
  palette: ".gpl,.ase,.css",
  drawing: ".svg,.pdf",
  text: ".txt,.json,.csv,.xml,.pem,.jsonl",
  page: ".html",
  model: ".safetensors",
  dataset: ".set",
  credential: ".c2pa",
  archive: ".zip,.tar",
};

export function DropZone({ accepts, many, class: name = "", onFiles, children }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const take = (list: FileList | undefined | null) => {
    const files = [...(list ?? [])].slice(0, many ? undefined : 1);
    if (files.length > 0)
      void sendFiles(files, accepts).then((sent) => {
        if (sent.length > 0) onFiles(sent);
      });
  };
  return (
    <div
      class={`drop ${name}${over ? " over" : ""}`}
      onDragEnter={(event) => {
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) setOver(false);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        take(event.dataTransfer?.files);
      }}
      onPaste={(event) => take(event.clipboardData?.files)}
    >
      {children}
    </div>
  );
}

interface BrowseProps {
  accepts: readonly FileKind[];
  many: boolean;
  label: string;
  /** A whole folder is chosen. */
  folder?: boolean;
  onFiles: (files: StudioFile[]) => void;
}

/** The browser's own file field, drawn as a button. */
export function Browse({ accepts, many, label, folder = false, onFiles }: BrowseProps) {
  return (
    <label class="button browse">
      {label}
      <input
        type="file"
        class="visually-hidden"
        multiple={many}
        {...(folder ? { webkitdirectory: true } : {})}
        accept={accepts.map((kind) => suffixes[kind]).join(",")}
        onChange={(event) => {
          const field = event.currentTarget;
          const files = [...(field.files ?? [])];
          field.value = "";
          void sendFiles(files, accepts).then((sent) => {
            if (sent.length > 0) onFiles(sent);
          });
        }}
      />
    </label>
  );
}
