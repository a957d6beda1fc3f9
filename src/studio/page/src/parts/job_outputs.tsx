// SPDX-License-Identifier: Apache-2.0
// What a job made, each file shown as what it is.
import { useEffect, useState } from "preact/hooks";
import { content, download } from "../api/files.ts";
import { getText } from "../api/client.ts";
import type { JobOutput } from "../api/types.ts";
import { bytes, t } from "../text/index.ts";

function TextFile({ digest }: { digest: string }) {
  const [text, setText] = useState("");
  useEffect(() => {
    getText(`/files/${digest}/content`).then(
      (all) => setText(all.slice(0, 20_000)),
      () => {},
    );
  }, [digest]);
  return <pre class="text-file">{text}</pre>;
}

function Shown({ output, alt }: { output: JobOutput; alt: string }) {
  const href = content(output.digest);
  if (output.kind === "picture" || output.type === "image/svg+xml") return <img src={href} alt={alt} loading="lazy" />;
  if (output.kind === "film") return <video src={href} controls aria-label={alt} />;
  if (output.type.startsWith("audio/") && !output.type.includes("midi")) return <audio src={href} controls aria-label={alt} />;
  if (output.type.startsWith("text/plain")) return <TextFile digest={output.digest} />;
  return null;
}

interface Props {
  outputs: JobOutput[];
  alt: string;
  /** Names and sizes alone. */
  plain?: boolean;
}

export function JobOutputs({ outputs, alt, plain = false }: Props) {
  if (outputs.length === 0) return null;
  return (
    <ul class={plain ? "outputs plain-list" : "outputs"}>
      {outputs.map((output) => (
        <li key={output.name + output.file_name}>
          {!plain && <Shown output={output} alt={`${alt}: ${output.name}`} />}
          <a href={download(output.digest)} download={output.file_name}>
            {t().common.download} {output.file_name}
          </a>{" "}
          <small>{bytes(output.bytes)}</small>
        </li>
      ))}
    </ul>
  );
}
