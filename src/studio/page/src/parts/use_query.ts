// SPDX-License-Identifier: Apache-2.0
// The answer to a question that the studio is asked when a view is drawn, and again when it changes.
import { useEffect, useState } from "preact/hooks";
import type { JobRequest } from "../api/types.ts";
import { query } from "../state/query.ts";
import { sentence } from "../state/say.ts";

export interface Answered<T> {
  answer: T | undefined;
  wrong: string;
  busy: boolean;
}

/** `request` null: nothing is asked. `again` changes: the same is asked anew. */
export function useQuery<T>(request: JobRequest | null, again = 0): Answered<T> {
  const [state, setState] = useState<Answered<T>>({ answer: undefined, wrong: "", busy: request !== null });
  const key = JSON.stringify(request);
  useEffect(() => {
    if (!request) return;
    let wanted = true;
    setState((now) => ({ ...now, wrong: "", busy: true }));
    query<T>(request).then(
      (answer) => wanted && setState({ answer, wrong: "", busy: false }),
      (error) => wanted && setState({ answer: undefined, wrong: sentence(error), busy: false }),
    );
    return () => {
      wanted = false;
    };
  }, [key, again]);
  return state;
}
