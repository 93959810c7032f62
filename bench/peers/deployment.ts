import * as v from "valibot";

/** The consumers of each message. */
export const consumerNames = ["first", "second", "third"];

/** What the scenarios use of a server, after the fan-outs are deployed to it. */
export type Deployment = v.InferOutput<typeof deployment>;

/** Topics with three queues each, without and with functions behind them, and a bucket. */
export const deployment = v.object({
  standardTopic: v.string(),
  standardQueues: v.array(v.string()),
  fifoTopic: v.string(),
  fifoQueues: v.array(v.string()),
  /** Missing where functions do not run. */
  functionsTopic: v.optional(v.string()),
  /** Missing where its events do not reach a function. */
  uploadBucket: v.optional(v.string()),
});
