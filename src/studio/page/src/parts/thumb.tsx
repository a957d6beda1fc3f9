// SPDX-License-Identifier: Apache-2.0
// A file as a small picture, or as its kind and name where it is none.
import { thumbnail, type Edge } from "../api/files.ts";
import type { FileKind } from "../api/types.ts";
import { t } from "../text/index.ts";

interface Props {
  file: { digest: string; kind: FileKind; name: string };
  edge?: Edge;
  alt?: string;
}

export function Thumb({ file, edge = 256, alt = file.name }: Props) {
  if (file.kind === "picture")
    return <img class="thumb" src={thumbnail(file.digest, edge)} alt={alt} loading="lazy" decoding="async" />;
  return (
    <span class="thumb paper" {...(alt ? { role: "img", "aria-label": alt } : { "aria-hidden": true })}>
      <b>{t().choose.kinds[file.kind]}</b>
      {file.name}
    </span>
  );
}
