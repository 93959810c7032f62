import { once } from "node:events";
import { prepareDrain } from "./drain.ts";
import type { Job, Report } from "./job.ts";
import { preparePublish } from "./publish.ts";
import { publishSteadily, uploadSteadily } from "./steady.ts";

/** Run as a process with one job, which it is sent first; it begins when it is sent another message. */
const [job] = (await once(process, "message")) as [Job];
const work = await prepare(job);
report({ kind: "ready" });
await once(process, "message");
report({ kind: "done", ...(await work()) });
process.disconnect();

type Result = { readonly count: number; readonly requests: number };

async function prepare(job: Job): Promise<() => Promise<Result>> {
  switch (job.kind) {
    case "publish":
      return preparePublish(job);
    case "drain":
      return prepareDrain(job);
    case "publishSteadily":
      return () => publishSteadily(job);
    case "uploadSteadily":
      return () => uploadSteadily(job);
  }
}

function report(message: Report): void {
  process.send?.(message);
}
