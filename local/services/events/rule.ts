import type { EventTransformer } from "../../../aws/eventTransformer.ts";

/** A rule of a bus: by a pattern, or on the default bus by a schedule. */
export type Rule = {
  readonly arn: string;
  readonly name: string;
  readonly bus: string;
  /** JSON text. */
  readonly pattern?: string | undefined;
  readonly schedule?: string | undefined;
  readonly enabled: boolean;
  readonly description?: string | undefined;
};

/** Where a rule's events go. */
export type Target = {
  readonly id: string;
  /** ARN of a function, a queue, a topic, a state machine, a data stream, or another bus. */
  readonly arn: string;
  /** JSON text that takes the place of the event. */
  readonly input?: string | undefined;
  /** The part of the event that is sent: `$.detail` */
  readonly inputPath?: string | undefined;
  /** Makes another text of the event. */
  readonly transformer?: EventTransformer | undefined;
  /** The role as which EventBridge calls a state machine, a stream, or another bus. */
  readonly roleArn?: string | undefined;
  /** Of a data stream: `$.detail.customer`. @default the event's id */
  readonly partitionKeyPath?: string | undefined;
  /** Needed for a FIFO queue. */
  readonly groupId?: string | undefined;
  /** ARN of the queue for events that the target does not accept. */
  readonly deadLetterArn?: string | undefined;
};

/** An event on its way from a rule to a target. */
export type Delivery = {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
  /** What the hops of the trace are gathered under. */
  readonly origin: string;
};

/** An event as targets get it. */
export type BusEvent = {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** `2026-11-29T10:00:00Z` */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
};
