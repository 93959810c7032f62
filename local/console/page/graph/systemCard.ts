import type { Overview } from "../../api/types.ts";
import type { SystemShape } from "../../systems/systemShape.ts";
import { h, svg } from "../element.ts";
import { filterInWords } from "../filterWords.ts";
import { linkTo, type Route } from "../route.ts";
import { hubOf, type Lane, type Layout, layOut } from "./layout.ts";
import { depth } from "./nodeStates.ts";
import {
  endpointNode,
  functionNode,
  hubNode,
  lettersNode,
  type Node,
  node,
  placed,
  sourceNode,
} from "./nodes.ts";
import type { Path } from "./path.ts";
import { systemHeading } from "./systemHeading.ts";

/** One system as a graph. */
export function systemCard(
  system: SystemShape,
  overview: Overview,
  { width, route, path }: Shown,
): HTMLElement {
  const here = "id" in route ? linkTo(route.view, route.id) : "";
  return h(
    "article.system",
    {
      "data-key": system.name,
      id: `system-${system.name}`,
      "aria-labelledby": `title-${system.name}`,
    },
    systemHeading(system, overview, true),
    system.consumers.length > 0 || system.topic !== undefined
      ? graph(system, overview, { width, path, here })
      : undefined,
    system.otherQueues.length > 0 && looseQueues(system, overview),
  );
}

type Shown = { readonly width: number; readonly route: Route; readonly path: Path };

type Drawn = {
  readonly width: number;
  readonly path: Path;
  /** Link of what the panel shows. */
  readonly here: string;
};

function graph(system: SystemShape, overview: Overview, drawn: Drawn): HTMLElement {
  const { width, path, here } = drawn;
  const layout = layOut(system, width);
  const isTraced = layout.edges.some(({ from, to }) => path.edges.has(`${from} ${to}`));
  const hub = hubOf(system);
  return h(
    "div.graph",
    { style: { height: `${layout.height}px` }, "data-traced": isTraced },
    lines(layout, drawn),
    layout.sources.map(({ box, ...source }) =>
      node(box, here, {
        ...sourceNode(source, system, overview),
        trace: path.nodes.get(source.arn),
      }),
    ),
    hub !== undefined &&
      layout.topic !== undefined &&
      node(layout.topic, here, {
        ...hubNode(hub, system, overview, here),
        trace: path.nodes.get(hub.arn),
      }),
    layout.lanes.map((each) => lane(each, overview, drawn)),
    h("div.dots", { "data-keep": true, "aria-hidden": "true" }),
  );
}

function lines({ edges, height }: Layout, { width, path: traced }: Drawn): SVGElement {
  return svg(
    "svg",
    { class: "edges", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    edges.map(({ from, to, path, drawn }) =>
      svg("path", {
        d: path,
        class: drawn ? "edge" : "edge hidden",
        "data-edge": `${from} ${to}`,
        ...(traced.edges.has(`${from} ${to}`) && { "data-path": traced.nodes.get(to) }),
        ...(drawn && { "marker-end": "url(#arrow)" }),
      }),
    ),
  );
}

function lane(
  { consumer, title, endpoint, worker, letters }: Lane,
  overview: Overview,
  { path, here }: Drawn,
) {
  const traced = (each: Node): Node => ({ ...each, trace: path.nodes.get(each.arn) });
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
    node(endpoint, here, traced(endpointNode(consumer, overview))),
    worker !== undefined &&
      consumer.function !== undefined &&
      node(worker, here, traced(functionNode(consumer.function.arn, overview))),
    letters.map((each) =>
      lettersNode(each, consumer, overview, { here, trace: path.nodes.get(each.arn) }),
    ),
  ];
}

function scopeInWords(scope: string): string {
  return scope === "MessageBody" ? "message's body" : "message's attributes";
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
