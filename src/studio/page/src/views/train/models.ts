// SPDX-License-Identifier: Apache-2.0
// The model that a run has made, and the room that it is of use in.
import type { Job, JobOutput } from "../../api/types.ts";
import { changeBreeding } from "../../state/breeding.ts";
import { change, easel } from "../../state/paint.ts";
import { go } from "../../state/route.ts";
import { benchOf, changeBench } from "../../state/tools.ts";

export const modelOf = (job: Job): JobOutput | undefined => job.outputs.find((output) => output.kind === "model");

/** Lays the model out where it is used, and goes there. */
export function useModel(kind: string, model: JobOutput): void {
  const file = { ...model, name: model.file_name };
  const lay = (command: string) => changeBench(command, { inputs: { ...benchOf(command).inputs, model: [model.digest] } });
  if (kind === "gan") {
    changeBreeding({ model: file, parents: [] });
    go("breed");
  } else if (kind === "fast") {
    change({
      inputs: { ...easel.peek().inputs, fast_model: [model.digest] },
      options: { ...easel.peek().options, method: "fast" },
    });
    go("paint");
  } else if (kind === "translate") {
    lay("translate");
    go("tools", "translate");
  } else {
    lay(kind === "text" ? "write" : "compose");
    go(kind === "text" ? "write" : "compose");
  }
}
