import type { Overview } from "../../api/types.ts";
import type { SystemShape } from "../../systems/systemShape.ts";
import { h, svg } from "../element.ts";
import { filterInWords } from "../filterWords.ts";
import { linkTo, type Route } from "../route.ts";
import { type Edge, type Lane, layOut } from "./layout.ts";
import { depth, endpointNode, functionNode, lettersNode, node, placed } from "./nodes.ts";

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
    !inProgram && h("span.badge", { title: "Made by a client of the API" }, "not from the program"),
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
