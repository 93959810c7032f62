import type { Cloud } from "../cloud.ts";
import { EventLog } from "./events/eventLog.ts";
import { HopArchive } from "./events/hopArchive.ts";
import { FailureLog } from "./failures/failureLog.ts";
import { InvocationHistory } from "./history/invocationHistory.ts";

/** What a run remembers of its cloud beyond the latest hops: one of each, for whoever shows it. */
export type RunRecords = {
  readonly history: InvocationHistory;
  readonly failures: FailureLog;
  readonly events: EventLog;
  readonly archive: HopArchive;
  readonly close: () => void;
};

/** Begins to record. */
export function recordRun(cloud: Cloud): RunRecords {
  const archive = new HopArchive(cloud.trace);
  return {
    history: new InvocationHistory(cloud),
    failures: new FailureLog(cloud.trace),
    events: new EventLog(cloud.trace),
    archive,
    close: () => archive.close(),
  };
}
