import type { Overview } from "../../api/types.ts";
import type { ConsumerShape, SystemShape } from "../../systems/systemShape.ts";
import { h } from "../element.ts";
import { heldIn } from "./nodeStates.ts";
import { endpointNode, functionNode, type Node } from "./nodes.ts";
import { systemHeading } from "./systemHeading.ts";

/** A system at a glance: its consumers, a pip for each of their queues and functions. */
export function systemTile(system: SystemShape, overview: Overview): HTMLElement {
  return h(
    "article.system.tile",
    {
      "data-key": system.name,
      id: `system-${system.name}`,
      "aria-labelledby": `title-${system.name}`,
    },
    systemHeading(system, overview, false),
    h(
      "ul.tile-consumers",
      {},
      system.consumers.map((consumer) => line(consumer, overview)),
      system.otherQueues.map(({ arn, name }) =>
        h(
          "li",
          { "data-key": arn },
          pip("queue", arn, heldIn(overview.queues[arn]) > 0 ? "busy" : undefined),
          h("span.tile-name", {}, name),
        ),
      ),
    ),
  );
}

function line(consumer: ConsumerShape, overview: Overview): HTMLElement {
  const endpoint = endpointNode(consumer, overview);
  const worker =
    consumer.queue !== undefined && consumer.function !== undefined
      ? functionNode(consumer.function.arn, overview)
      : undefined;
  const telling = [endpoint, worker].find((each) => each !== undefined && isTelling(each));
  return h(
    "li",
    { "data-key": consumer.subscriptionArn, title: consumer.name },
    pip(endpoint.kind, endpoint.arn, endpoint.tone),
    worker !== undefined && pip(worker.kind, worker.arn, worker.tone),
    h("span.tile-name", {}, consumer.name),
    telling !== undefined &&
      h("span.tile-state", { "data-tone": telling.tone, title: telling.words }, telling.words),
  );
}

/** Whether a tile has more to say of a node than its colour; what people confirm or break has a badge. */
function isTelling({ kind, tone }: Node): boolean {
  return tone === "bad" || (tone === "busy" && kind === "queue");
}

function pip(kind: string, arn: string, tone: string | undefined): HTMLElement {
  return h(`i.pip.${kind}`, { "data-node": arn, "data-tone": tone, "aria-hidden": "true" });
}
