import type { FunctionState, Overview, QueueState } from "../../api/shapes.ts";
import type { ConsumerShape, SystemShape } from "../../systems/systemShape.ts";
import { type Child, h, svg } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { linkTo, type Route } from "../route.ts";
import { age, count, filterInWords } from "../words.ts";
import {
  type Box,
  type Edge,
  type Lane,
  type Letters,
  type LettersRole,
  layOut,
} from "./layout.ts";

/** What a node says of itself, and where it leads. */
type Node = {
  readonly kind: IconName;
  readonly name: string;
  readonly state: Child;
  readonly href: string;
  readonly arn: string;
  readonly tone?: "busy" | "bad" | undefined;
};

/** One system as a graph. */
export function systemCard(
  system: SystemShape,
  overview: Overview,
  { width, route }: { readonly width: number; readonly route: Route },
): HTMLElement {
  const here = "id" in route ? linkTo(route.view, route.id) : "";
  return h(
    "article.system",
    {
      "data-key": system.name,
      id: `system-${system.name}`,
      "aria-labelledby": `title-${system.name}`,
    },
    heading(system),
    system.topic === undefined
      ? looseQueues(system, overview)
      : graph(system, overview, width, here),
  );
}

function heading({ name, url, topic, inProgram }: SystemShape): HTMLElement {
  return h(
    "header.system-head",
    {},
    h("h2", { id: `title-${name}` }, name),
    topic?.fifo && h("span.badge", { title: "Messages of a group keep their order" }, "FIFO"),
    !inProgram && h("span.badge", { title: "Not made by the program" }, "made by hand"),
    url !== undefined &&
      h("a.outside", { href: url, target: "_blank", rel: "noopener" }, "Open its page"),
    topic !== undefined && h("a.action", { href: linkTo("topic", topic.arn) }, "Publish"),
  );
}

function graph(system: SystemShape, overview: Overview, width: number, here: string): HTMLElement {
  const layout = layOut(system, width);
  const { topic } = system;
  return h(
    "div.graph",
    { style: { height: `${layout.height}px` } },
    lines(layout.edges, width, layout.height),
    layout.sources.map(({ arn, name, box }) =>
      node(box, here, {
        kind: "bucket",
        name,
        state: "drop files",
        href: linkTo("bucket", arn),
        arn,
      }),
    ),
    topic !== undefined &&
      layout.topic !== undefined &&
      node(layout.topic, here, {
        kind: "topic",
        name: topic.name,
        state: "",
        href: linkTo("topic", topic.arn),
        arn: topic.arn,
      }),
    layout.lanes.map((each) => lane(each, overview, here)),
    h("div.dots", { "data-keep": true, "aria-hidden": "true" }),
  );
}

function lines(edges: readonly Edge[], width: number, height: number): SVGElement {
  return svg(
    "svg",
    { class: "edges", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    edges.map(({ from, to, path, drawn }) =>
      svg("path", {
        d: path,
        class: drawn ? "edge" : "edge hidden",
        "data-edge": `${from} ${to}`,
        ...(drawn && { "marker-end": "url(#arrow)" }),
      }),
    ),
  );
}

function lane(
  { consumer, title, endpoint, worker, letters }: Lane,
  overview: Overview,
  here: string,
) {
  return [
    h(
      "div.lane-title",
      { style: placed(title), "data-key": `title ${consumer.subscriptionArn}` },
      h("strong", {}, consumer.name),
      consumer.filter !== undefined &&
        h(
          "span.filter",
          { title: `Filter policy on the ${scopeInWords(consumer.filter.scope)}` },
          filterInWords(consumer.filter.policy),
        ),
    ),
    node(endpoint, here, endpointNode(consumer, overview)),
    worker !== undefined &&
      consumer.function !== undefined &&
      node(worker, here, functionNode(consumer.function.arn, overview)),
    letters.map((each) => lettersNode(each, consumer, overview, here)),
  ];
}

function scopeInWords(scope: string): string {
  return scope === "MessageBody" ? "message's body" : "message's attributes";
}

function endpointNode(consumer: ConsumerShape, overview: Overview): Node {
  const { queue, protocol, endpoint, confirmed, subscriptionArn } = consumer;
  if (queue !== undefined) {
    const state = overview.queues[queue.arn];
    return {
      kind: "queue",
      name: "queue",
      state: state === undefined ? "is gone" : depth(state),
      href: linkTo("queue", queue.arn),
      arn: queue.arn,
      ...(state !== undefined && isBusy(state) && { tone: "busy" }),
    };
  }
  if (consumer.function !== undefined) return functionNode(consumer.function.arn, overview);
  return {
    kind: "address",
    name: protocol,
    state: confirmed ? endpoint : `${endpoint}, not confirmed`,
    href: linkTo("address", subscriptionArn),
    arn: endpoint,
  };
}

function functionNode(arn: string, overview: Overview): Node {
  const state = overview.functions[arn];
  return {
    kind: "function",
    name: "function",
    state: work(state),
    href: linkTo("function", arn),
    arn,
    tone: state?.problem !== undefined ? "bad" : state?.running ? "busy" : undefined,
  };
}

function isBusy({ visible, inFlight, delayed }: QueueState): boolean {
  return visible + inFlight + delayed > 0;
}

/** `3 waiting, 2 at work, oldest 12 s`, without what is none. */
export function depth({ visible, inFlight, delayed, oldestAgeSeconds }: QueueState): string {
  const parts = [
    visible > 0 && `${visible.toLocaleString("en")} waiting`,
    inFlight > 0 && `${inFlight.toLocaleString("en")} in flight`,
    delayed > 0 && `${delayed.toLocaleString("en")} delayed`,
    oldestAgeSeconds !== undefined && oldestAgeSeconds > 0 && age(oldestAgeSeconds),
  ].filter((part) => part !== false);
  return parts.length === 0 ? "empty" : parts.join(" · ");
}

function work(state: FunctionState | undefined): string {
  if (state === undefined) return "is gone";
  if (state.problem !== undefined) return "cannot read its queue";
  return state.running > 0 ? `${state.running} running` : "idle";
}

function node(box: Box, here: string, { kind, name, state, href, arn, tone }: Node): HTMLElement {
  return h(
    `a.node.${kind}`,
    {
      href,
      style: placed(box),
      "data-key": `${kind} ${arn}`,
      "data-node": arn,
      "data-tone": tone,
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

function lettersNode(
  { role, arn, box }: Letters,
  consumer: ConsumerShape,
  overview: Overview,
  here: string,
): HTMLElement {
  const state = overview.queues[arn];
  const held = state === undefined ? 0 : state.visible + state.inFlight + state.delayed;
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
      ...(href === here && { "aria-current": "true" }),
    },
    count(held, name, role === "undelivered" ? name : `${name}s`),
  );
}

/** Queues of no consumer. */
function looseQueues({ otherQueues }: SystemShape, { queues }: Overview): HTMLElement {
  return h(
    "ul.loose",
    {},
    otherQueues.map(({ arn, name }) => {
      const state = queues[arn];
      return h(
        "li",
        { "data-key": arn },
        h("a", { href: linkTo("queue", arn), "data-node": arn }, name),
        h("span.quiet", {}, state === undefined ? "" : depth(state)),
      );
    }),
  );
}

function placed({ x, y, width, height }: Box): Record<string, string> {
  return { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
}
