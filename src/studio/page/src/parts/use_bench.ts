// SPDX-License-Identifier: Apache-2.0
// What is set for a command, kept on reload; its job; and a way to start it.
import { useEffect, useState } from "preact/hooks";
import type { Job, JobRequest, OptionValue } from "../api/types.ts";
import { fetchWhole, hasEnded, known, start } from "../state/jobs.ts";
import { meant, sentence } from "../state/say.ts";
import { benchOf, changeBench, requestOf, type Bench } from "../state/tools.ts";

export interface BenchUse {
  bench: Bench;
  job: Job | undefined;
  busy: boolean;
  wrong: { name: string; text: string };
  setOption: (name: string, value: OptionValue | undefined) => void;
  setInput: (name: string, value: string[]) => void;
  run: (extra?: Partial<JobRequest>) => Promise<void>;
}

export function useBench(command: string): BenchUse {
  const bench = benchOf(command);
  const job = known.value.get(bench.job);
  const [sending, setSending] = useState(false);
  const [wrong, setWrong] = useState({ name: "", text: "" });
  useEffect(() => {
    if (bench.job && (!job || (job.state === "done" && job.report === undefined)))
      fetchWhole(bench.job).catch(() => changeBench(command, { job: "" }));
  }, [bench.job, job?.state]);
  return {
    bench,
    job,
    busy: sending || Boolean(job && !hasEnded(job)),
    wrong,
    setOption(name, value) {
      const options = { ...benchOf(command).options };
      if (value === undefined) delete options[name];
      else options[name] = value;
      changeBench(command, { options });
    },
    setInput(name, value) {
      changeBench(command, { inputs: { ...benchOf(command).inputs, [name]: value } });
    },
    async run(extra = {}) {
      setSending(true);
      setWrong({ name: "", text: "" });
      try {
        const request = { ...requestOf(command, benchOf(command)), ...extra };
        changeBench(command, { job: (await start(request)).id });
      } catch (error) {
        setWrong({ name: meant(error), text: sentence(error) });
      } finally {
        setSending(false);
      }
    },
  };
}
