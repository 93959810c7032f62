import type { Overview } from "../../api/types.ts";
import type { ConsumerShape, Named, Source, SystemShape } from "../../systems/systemShape.ts";
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { linkOf } from "../names.ts";
import { linkTo } from "../route.ts";
import { dueInWords } from "../triggerWords.ts";
import { count } from "../words.ts";
import type { Letters, LettersRole } from "./layout.ts";
import {
  addressState,
  functionState,
  heldIn,
  hubState,
  type NodeState,
  queueState,
} from "./nodeStates.ts";
import type { Box } from "./ways.ts";

/** What a node says of itself, and where it leads. */
export type Node = NodeState & {
  readonly kind: IconName;
  readonly name: string;
  readonly href: string;
  readonly arn: string;
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
  const rest = kind === "bucket" ? "drop files" : triggerWords(arn, overview);
  return {
    kind,
    name: name.startsWith(prefix) ? name.slice(prefix.length) : name,
    href: linkOf(arn) ?? "",
    arn,
    ...hubState(arn, overview, rest),
  };
}

/** The topic, or what brings events in place of one. */
export function hubNode(hub: Named, system: SystemShape, overview: Overview, here: string): Node {
  return {
    kind: system.entrance?.kind ?? "topic",
    name: hub.name,
    href: linkOf(hub.arn) ?? here,
    arn: hub.arn,
    ...hubState(hub.arn, overview, triggerWords(hub.arn, overview)),
  };
}

/** When a rule or schedule is due; empty for anything else. */
function triggerWords(arn: string, { triggers, now }: Overview): string {
  const trigger = triggers[arn];
  return trigger === undefined ? "" : dueInWords(trigger, now);
}

/** What the topic delivers to: a queue, a function, an address. */
export function endpointNode(consumer: ConsumerShape, overview: Overview): Node {
  const { queue, protocol, endpoint, subscriptionArn } = consumer;
  if (queue !== undefined) {
    return {
      kind: "queue",
      name: "queue",
      href: linkTo("queue", queue.arn),
      arn: queue.arn,
      ...queueState(consumer, overview),
    };
  }
  if (consumer.function !== undefined) return functionNode(consumer.function.arn, overview);
  return {
    kind: "address",
    name: protocol,
    href: linkTo("address", subscriptionArn),
    arn: endpoint,
    ...addressState(consumer, overview),
  };
}

export function functionNode(arn: string, overview: Overview): Node {
  return {
    kind: "function",
    name: "function",
    href: linkTo("function", arn),
    arn,
    ...functionState(arn, overview),
  };
}

export function node(
  box: Box,
  here: string,
  { kind, name, words, href, arn, tone, trace }: Node,
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
      title: words === "" ? undefined : words,
      ...(href === here && { "aria-current": "true" }),
    },
    icon(kind),
    h("span.node-name", {}, name),
    words !== "" && h("span.node-state", {}, words),
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
