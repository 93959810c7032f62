import type { Failing, FaultView, Overview, QueueState } from "../../api/types.ts";
import type { ConsumerShape } from "../../systems/systemShape.ts";
import { denialsOf, faultsOfFunction } from "../faultsAt.ts";
import { age } from "../words.ts";

/** How a node of the map is doing. What colours it is among its words: a red node says what failed, and how much. */
export type NodeState = {
  readonly words: string;
  readonly tone?: "busy" | "bad" | "open" | undefined;
};

/** @param rest what else there is to say */
function stateOf(tone: NodeState["tone"], ...rest: readonly (string | undefined)[]): NodeState {
  const words = rest.filter((part) => part !== undefined && part !== "").join(" · ");
  return tone === undefined ? { words } : { words, tone };
}

/** A topic, or what brings events in place of one: what reached nobody, or could not enter. */
export function hubState(arn: string, overview: Overview, rest = ""): NodeState {
  const failing = overview.failing[arn];
  return failing === undefined
    ? stateOf(undefined, rest)
    : stateOf("bad", failingInWords(failing), rest);
}

/** A consumer's queue: what failed on its way there or in its function, and what it holds. */
export function queueState(consumer: ConsumerShape, overview: Overview): NodeState {
  const { queue } = consumer;
  const state = queue && overview.queues[queue.arn];
  if (queue === undefined || state === undefined) return stateOf("bad", "is gone");
  const held = heldIn(state);
  const failing = overview.failing[queue.arn];
  const depthWords = depthOf(consumer, state, overview);
  if (failing !== undefined) {
    const isSaid = depthWords.includes(toRetry) && Object.keys(failing).every(isInQueue);
    return stateOf("bad", isSaid ? "" : failingInWords(failing), held > 0 ? depthWords : "");
  }
  const [denial] = denialsOf(overview.faults, queue.arn);
  if (denial !== undefined) return stateOf("open", onPurpose(denial), held > 0 ? depthWords : "");
  return stateOf(held > 0 ? "busy" : undefined, depthWords);
}

/** A function, whoever invokes it. */
export function functionState(arn: string, overview: Overview): NodeState {
  const state = overview.functions[arn];
  if (state === undefined) return stateOf("bad", "is gone");
  const { problem, notRunHere, mapping, running } = state;
  const failing = overview.failing[arn];
  const faults = [...faultsOfFunction(overview.faults, arn), ...denialsOf(overview.faults, arn)];
  const why = [
    problem !== undefined && "cannot read its queue",
    failing !== undefined && failingInWords(failing),
    notRunHere && "not run here",
    mapping?.enabled === false && "paused",
    faults[0] !== undefined && onPurpose(faults[0]),
  ].filter((part) => typeof part === "string");
  const isBad = problem !== undefined || failing !== undefined;
  if (why.length > 0) return stateOf(isBad ? "bad" : "open", ...why);
  return running > 0 ? stateOf("busy", `${running} running`) : stateOf(undefined, "idle");
}

/** A subscription of neither a queue nor a function. */
export function addressState(
  { endpoint, confirmed }: ConsumerShape,
  overview: Overview,
): NodeState {
  const failing = overview.failing[endpoint];
  const rest = confirmed ? endpoint : `not confirmed: ${endpoint}`;
  if (failing !== undefined) return stateOf("bad", failingInWords(failing), rest);
  return stateOf(confirmed ? undefined : "open", rest);
}

const onPurposeWords: Readonly<Record<FaultView["kind"], string>> = {
  error: "fails",
  delay: "starts late",
  throttle: "throttled",
  pause: "paused",
  deny: "denied",
};

function onPurpose({ kind }: FaultView): string {
  return `${onPurposeWords[kind]} on purpose`;
}

const failingWords: Readonly<Record<keyof Failing, string>> = {
  failed: "failed",
  denied: "denied",
  dropped: "lost",
  unreached: "reached nobody",
  retrying: "to be delivered again",
  filtered: "filtered out",
  waiting: "waiting after a failure",
  working: "at work after a failure",
};

/** `2 failed · 1 denied`: how many events went wrong at a place, and how. */
export function failingInWords(failing: Failing): string {
  return Object.entries(failingWords)
    .flatMap(([state, word]) => {
      const number = Object.entries(failing).find(([each]) => each === state)?.[1] ?? 0;
      return number > 0 ? [`${number.toLocaleString("en")} ${word}`] : [];
    })
    .join(" · ");
}

/** How many events go wrong at a place. */
export function countFailing(failing: Failing | undefined): number {
  return Object.values(failing ?? {}).reduce((sum, number) => sum + number, 0);
}

/** Whether an event that failed so usually has its message still in the queue. */
function isInQueue(state: string): boolean {
  return ["failed", "retrying", "waiting", "working"].includes(state);
}

/** How many messages a queue holds, whatever they wait for. */
export function heldIn(state: QueueState | undefined): number {
  return state === undefined ? 0 : state.visible + state.inFlight + state.delayed;
}

/** What a consumer's queue holds. */
function depthOf({ queue, ...consumer }: ConsumerShape, state: QueueState, overview: Overview) {
  const isAtWork = (overview.functions[consumer.function?.arn ?? ""]?.running ?? 1) > 0;
  const isFailing = countFailing(overview.failing[queue?.arn ?? ""]) > 0;
  return depth(state, isFailing && !isAtWork ? toRetry : "in flight");
}

const toRetry = "to retry";

/**
 * `3 waiting · 2 in flight · 12 s`, without what is none; the time is the age of the oldest.
 *
 * @param inFlightWord for messages that were received and not deleted: where none is at work, they wait for their
 * next try
 */
export function depth(
  { visible, inFlight, delayed, oldestAgeSeconds }: QueueState,
  inFlightWord: "in flight" | "to retry" = "in flight",
): string {
  const parts = [
    visible > 0 && `${visible.toLocaleString("en")} waiting`,
    inFlight > 0 && `${inFlight.toLocaleString("en")} ${inFlightWord}`,
    delayed > 0 && `${delayed.toLocaleString("en")} delayed`,
    oldestAgeSeconds !== undefined && oldestAgeSeconds > 0 && age(oldestAgeSeconds),
  ].filter((part) => part !== false);
  return parts.length === 0 ? "empty" : parts.join(" · ");
}
