import type { FunctionState, Overview, QueueState } from "../../api/types.ts";
import type { ConsumerShape, Source, SystemShape } from "../../systems/systemShape.ts";
import { type Child, h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { linkOf } from "../names.ts";
import { linkTo } from "../route.ts";
import { dueInWords } from "../views/triggerWords.ts";
import { age, count } from "../words.ts";
import type { Box, Letters, LettersRole } from "./layout.ts";

/** What a node says of itself, and where it leads. */
export type Node = {
  readonly kind: IconName;
  readonly name: string;
  readonly state: Child;
  readonly href: string;
  readonly arn: string;
  readonly tone?: "busy" | "bad" | "open" | undefined;
  /** How the event went here that the panel shows, if it came here. */
  readonly trace?: "good" | "bad" | undefined;
};

/** What publishes to the topic by itself. A rule or schedule is named after its system, which the reader sees. */
export function sourceNode(
  { kind, name, arn }: Source,
  system: SystemShape,
  overview: Overview,
): Node {
  const prefix = `${system.name}-`;
  return {
    kind,
    name: name.startsWith(prefix) ? name.slice(prefix.length) : name,
    state: kind === "bucket" ? "drop files" : triggerState(arn, overview),
    href: linkOf(arn) ?? "",
    arn,
  };
}

/** When a rule or schedule is due; empty for anything else. */
export function triggerState(arn: string, { triggers, now }: Overview): string {
  const trigger = triggers[arn];
  return trigger === undefined ? "" : dueInWords(trigger, now);
}

/** What the topic delivers to: a queue, a function, an address. */
export function endpointNode(consumer: ConsumerShape, overview: Overview): Node {
  const { queue, protocol, endpoint, confirmed, subscriptionArn } = consumer;
  if (queue !== undefined) {
    const state = overview.queues[queue.arn];
    return {
      kind: "queue",
      name: "queue",
      state: depthOf(consumer, overview) ?? "is gone",
      href: linkTo("queue", queue.arn),
      arn: queue.arn,
      ...(heldIn(state) > 0 && { tone: "busy" }),
      ...failingTone(overview, queue.arn),
    };
  }
  if (consumer.function !== undefined) return functionNode(consumer.function.arn, overview);
  return {
    kind: "address",
    name: protocol,
    state: confirmed ? endpoint : `not confirmed: ${endpoint}`,
    href: linkTo("address", subscriptionArn),
    arn: endpoint,
    ...(!confirmed && { tone: "open" }),
    ...failingTone(overview, endpoint),
  };
}

function failingTone({ failing }: Overview, endpoint: string): { tone?: "bad" } {
  return (failing[endpoint] ?? 0) > 0 ? { tone: "bad" } : {};
}

export function functionNode(arn: string, overview: Overview): Node {
  const state = overview.functions[arn];
  return {
    kind: "function",
    name: "function",
    state: work(state, isBroken(overview, arn)),
    href: linkTo("function", arn),
    arn,
    tone: functionTone(arn, overview),
  };
}

function functionTone(arn: string, overview: Overview): Node["tone"] {
  const state = overview.functions[arn];
  if (state?.problem !== undefined || overview.failing[arn]) return "bad";
  if (state?.notRunHere || state?.mapping?.enabled === false || isBroken(overview, arn)) {
    return "open";
  }
  return state?.running ? "busy" : undefined;
}

function isBroken({ faults }: Overview, arn: string): boolean {
  return faults.some((fault) => "functionArn" in fault && fault.functionArn === arn);
}

/** How many messages a queue holds, whatever they wait for. */
export function heldIn(state: QueueState | undefined): number {
  return state === undefined ? 0 : state.visible + state.inFlight + state.delayed;
}

/** What a consumer's queue holds; undefined where it has none any more. */
export function depthOf({ queue, ...consumer }: ConsumerShape, overview: Overview) {
  const state = queue && overview.queues[queue.arn];
  if (queue === undefined || state === undefined) return undefined;
  const isAtWork = (overview.functions[consumer.function?.arn ?? ""]?.running ?? 1) > 0;
  const isFailing = (overview.failing[queue.arn] ?? 0) > 0;
  return depth(state, isFailing && !isAtWork ? "to retry" : "in flight");
}

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

function work(state: FunctionState | undefined, broken: boolean): string {
  if (state === undefined) return "is gone";
  if (state.notRunHere) return "not run here";
  if (state.mapping?.enabled === false) return "paused";
  if (broken) return "broken on purpose";
  if (state.problem !== undefined) return "cannot read its queue";
  return state.running > 0 ? `${state.running} running` : "idle";
}

export function node(
  box: Box,
  here: string,
  { kind, name, state, href, arn, tone, trace }: Node,
): HTMLElement {
  return h(
    `a.node.${kind}`,
    {
      href,
      style: placed(box),
      "data-key": `${kind} ${arn}`,
      "data-node": arn,
      "data-tone": tone,
      "data-path": trace,
      ...(typeof state === "string" && { title: state }),
      ...(href === here && { "aria-current": "true" }),
    },
    icon(kind),
    h("span.node-name", {}, name),
    state !== "" && h("span.node-state", {}, state),
  );
}

const lettersNames: Readonly<Record<LettersRole, string>> = {
  deadLetters: "dead letter",
  undelivered: "undelivered",
  failures: "failure",
};

/** A queue of what went wrong. */
export function lettersNode(
  { role, arn, box }: Letters,
  consumer: ConsumerShape,
  overview: Overview,
  { here, trace }: { readonly here: string; readonly trace: Node["trace"] },
): HTMLElement {
  const state = overview.queues[arn];
  const held = heldIn(state);
  const href = linkTo("queue", arn);
  const name = lettersNames[role];
  return h(
    "a.letters",
    {
      href,
      style: placed(box),
      "data-key": `${consumer.subscriptionArn} ${role}`,
      "data-node": arn,
      "data-tone": held > 0 ? "bad" : undefined,
      "data-path": trace,
      ...(href === here && { "aria-current": "true" }),
    },
    count(held, name, role === "undelivered" ? name : `${name}s`),
  );
}

export function placed({ x, y, width, height }: Box): Record<string, string> {
  return { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
}
