// SPDX-License-Identifier: Apache-2.0
// What is on the breeder's table, kept on reload, with undo.
import type { CommandOption, JobRequest, OptionValue, StudioFile } from "../api/types.ts";
import { History } from "./history.ts";
import { stored } from "./storage.ts";

export interface Parent {
  digest: string;
  weight: number;
}

export interface Breeding {
  /** null: the generator that comes along. */
  model: StudioFile | null;
  count: number;
  freedom: number;
  seed: number;
  parents: Parent[];
  mutation: number;
  children: number;
  /** Steps of each slider, -3..3. */
  moves: Record<string, number>;
}

export const sliders = ["light", "warm", "colour", "contrast", "detail"] as const;

export const breeding = stored<Breeding>("breeding", {
  model: null,
  count: 8,
  freedom: 0.8,
  seed: 0,
  parents: [],
  mutation: 0.1,
  children: 4,
  moves: {},
});
export const breedingHistory = new History(breeding);

export function changeBreeding(part: Partial<Breeding>, kind = ""): void {
  breedingHistory.change({ ...breeding.peek(), ...part }, kind);
}

export function toggleParent(digest: string): void {
  const { parents } = breeding.peek();
  const without = parents.filter((parent) => parent.digest !== digest);
  changeBreeding({ parents: without.length < parents.length ? without : [...parents, { digest, weight: 1 }].slice(-16) });
}

const modelInput = ({ model }: Breeding): Record<string, string[]> => (model ? { model: [model.digest] } : {});

export function generateRequest(from: Breeding, label: string): JobRequest {
  return {
    command: "generate",
    inputs: modelInput(from),
    options: { seed: from.seed, count: from.count, truncation: from.freedom },
    outputs: { picture: "folder" },
    label,
  };
}

/** `move` is the option's own table entry: a list, or words with commas between. */
export function breedRequest(from: Breeding, move: CommandOption | undefined, label: string): JobRequest {
  const moves = Object.entries(from.moves).flatMap(([name, steps]) => (steps === 0 ? [] : [`${name}=${steps}`]));
  const options: Record<string, OptionValue> = {
    mutation: from.mutation,
    children: from.children,
    seed: from.seed,
    truncation: from.freedom,
  };
  if (from.parents.length > 1) options["weights"] = from.parents.map((parent) => parent.weight);
  if (moves.length > 0) options["move"] = move?.type === "array of string" ? moves : moves.join(",");
  return {
    command: "breed",
    inputs: { parents: from.parents.map((parent) => parent.digest), ...modelInput(from) },
    options,
    label,
  };
}
