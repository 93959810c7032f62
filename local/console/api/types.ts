import type { DeniedCall } from "../../services/iam/faults/deniedCalls.ts";
import type { InvocationFault } from "../../services/lambda/faults/invocationFault.ts";
import type { Hop } from "../../trace/hop.ts";
import type { Span } from "../../trace/spans/span.ts";
import type { EventPage, EventSummary, MissedSubscriber } from "../events/eventSummary.ts";
import type { BranchFailure, EventFailure, Failing } from "../failures/eventFailure.ts";
import type { Progress, Waiting } from "../failures/outlook.ts";
import type { Replay } from "../replay/possibleReplay.ts";
import type { SystemShape } from "../systems/systemShape.ts";

/** Everything that the page shows at once: what there is, and how it is doing at this moment. */
export type Overview = {
  readonly stack: string;
  readonly region: string;
  /** How this run differs from AWS: `permissions off`, ... */
  readonly modes: readonly string[];
  /** Cloud time in milliseconds since 1970. */
  readonly now: number;
  readonly systems: readonly SystemShape[];
  /** By ARN. */
  readonly queues: Readonly<Record<string, QueueState>>;
  /** By ARN. */
  readonly functions: Readonly<Record<string, FunctionState>>;
  /** Rules of EventBridge and schedules, by ARN. */
  readonly triggers: Readonly<Record<string, TriggerState>>;
  /** How many events have gone wrong somewhere, and have not been handled there since. */
  readonly failures: number;
  /** How many of these events went wrong there, and how, by ARN or address. */
  readonly failing: Readonly<Record<string, Failing>>;
  /** How many of these events go wrong in which system, by its name. */
  readonly failingIn: Readonly<Record<string, number>>;
  /** What is broken on purpose. */
  readonly faults: readonly FaultView[];
  /** How many e-mails and text messages have been sent. */
  readonly outbox: number;
  /** What clients of the API made: `queue orders-copy`. */
  readonly notFromProgram: readonly string[];
  /** What is wrong with the program's handlers as they are saved now; empty when all is well. */
  readonly problems: readonly string[];
};

export type { Failing };

export type QueueState = {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Absent when the queue is empty. */
  readonly oldestAgeSeconds?: number;
  /** Of a standard queue with message groups. */
  readonly fairness?: Fairness;
};

/** The groups with a disproportionate share, and the messages of all others. */
type Fairness = {
  readonly noisyGroups: number;
  readonly quiet: Omit<QueueState, "fairness">;
};

export type FunctionState = {
  /** Invocations at work. */
  readonly running: number;
  /** Its code is a container image, which the local cloud does not run: its messages wait. */
  readonly notRunHere?: boolean;
  /** What keeps it from reading its queue. */
  readonly problem?: string;
  /** That reads its queue, where one does. */
  readonly mapping?: { readonly id: string; readonly enabled: boolean };
};

/** What calls its targets by itself: a rule of EventBridge, or a schedule. */
export type TriggerState = {
  readonly enabled: boolean;
  /** ARNs of topics, queues and functions. */
  readonly targets: readonly string[];
  /** `rate(5 minutes)`; absent for a rule that events match. */
  readonly schedule?: string;
  /** Of the schedule. @default UTC */
  readonly timeZone?: string;
  /** Cloud time of the next call, in milliseconds since 1970; absent where none is due. */
  readonly next?: number;
  /** The event pattern of a rule, as JSON. */
  readonly pattern?: string;
  /** What a schedule sends. @default the scheduler's own event */
  readonly input?: string;
};

/** A page of the events that the run remembers. */
export type Events = EventPage & {
  /** Of the latest hop that they count in: the stream goes on after it. */
  readonly sequence: number;
};

/** Everything that is known of one event. */
export type EventView = {
  readonly hops: readonly Hop[];
  readonly missedSubscribers: readonly MissedSubscriber[];
  /** How its branches go on, by ARN or address; only of those that were tried, or wait for something. */
  readonly progress: Readonly<Record<string, BranchProgress>>;
  /** What handlers say that they did with it, by the id of the request: `counted`, `unchanged`. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** The events in whose course a function brought it in. */
  readonly causes: readonly EventSummary[];
  /** What functions brought in while they worked on it: objects, mails, messages. */
  readonly results: readonly EventSummary[];
};

/** The trace of an event, with what its functions brought in: what happened when. */
export type TraceView = {
  /** By their start; empty for an event that the run has forgotten. */
  readonly spans: readonly Span[];
};

export type BranchProgress = Partial<Progress> & { readonly waiting?: Waiting };

/** One event that went wrong somewhere. */
export type FailureView = Omit<EventFailure, "branches"> & {
  readonly branches: readonly (BranchFailure & Progress)[];
  /** Of an event that nobody got. */
  readonly missedSubscribers: readonly MissedSubscriber[];
};

export type QueueView = {
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  readonly state: QueueState;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** ARNs of the queues whose dead letters it keeps. */
  readonly deadLettersOf: readonly string[];
  /** The first messages, in the order of their entry. */
  readonly messages: readonly QueueMessage[];
  /** The latest moves of its messages back to where they came from, latest first. */
  readonly moves: readonly Move[];
  readonly replay: Replay;
};

export type QueueMessage = {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, AttributeText>>;
  readonly state: "visible" | "inFlight" | "delayed";
  /** Cloud time in milliseconds since 1970, like the next. */
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly groupId?: string;
  /** ARN of the queue that it comes from, of a dead letter. */
  readonly sourceArn?: string;
  /** The id of its event. */
  readonly event: string;
  /** Why it failed last; absent where it has not failed, or that is not known any more. */
  readonly failure?: { readonly reason: string; readonly position?: string };
};

export type AttributeText = { readonly dataType: string; readonly text: string };

export type Move = {
  readonly status: string;
  readonly moved: number;
  readonly toMove: number;
  readonly startedAt: number;
  readonly failureReason?: string;
};

/** What the page offers to try a system with. */
export type Examples = {
  readonly messages: readonly ExampleMessage[];
  readonly files: readonly ExampleFile[];
};

export type ExampleMessage = {
  readonly title: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groupId?: string;
  /** Invalid on purpose. */
  readonly poison: boolean;
};

export type ExampleFile = {
  readonly title: string;
  readonly key: string;
  readonly contentType: string;
  /** In base64. */
  readonly body: string;
  /** The uploader's own metadata, without the prefix `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
};

/** A fault that is in force. */
export type FaultView = {
  readonly id: string;
  /** How often it takes effect; absent for one that stays until it is removed. */
  readonly times?: number;
  readonly hits: number;
} & (InvocationFault | ({ readonly kind: "deny" } & DeniedCall));

/** Whether a subscriber would get a message, and why. */
export type Verdict = {
  readonly subscriptionArn: string;
  readonly delivered: boolean;
  readonly reason: string;
};

export type Mail = {
  readonly id: number;
  readonly kind: "email" | "sms";
  readonly to: readonly string[];
  readonly from: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly event?: string;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
};
