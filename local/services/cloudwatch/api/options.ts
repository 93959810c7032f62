import type { Authorize } from "../../../protocol/access.ts";
import type { Alarms } from "../alarms/alarms.ts";
import type { Metrics } from "../metrics.ts";

export type CloudWatchOptions = {
  readonly metrics: Metrics;
  readonly alarms: Alarms;
  /** Measures what has a state, so that it has a value of now. */
  readonly measure: () => void;
  readonly authorize: Authorize;
  readonly region: string;
  /** Cloud time, in milliseconds since 1970. */
  readonly now: () => number;
};
