import { shortName } from "../../../trace/shortName.ts";
import type { ConsumerShape } from "../../systems/systemShape.ts";
import { h } from "../element.ts";
import { publishForm } from "../forms/publishForm.ts";
import { kept } from "../kept.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { pretty } from "../words.ts";
import { detailFrame, empty, facts, textBox } from "./frame.ts";

const back = { href: linkTo("systems"), name: "Systems" };

/** A topic: the box to publish to it, and who is subscribed. */
export function topicView({ overview }: State, arn: string): HTMLElement {
  const system = overview?.systems.find(({ topic }) => topic?.arn === arn);
  const { topic } = system ?? {};
  if (system === undefined || topic === undefined) return missing("topic", arn);
  return detailFrame(
    back,
    `Publish to ${system.name}`,
    kept(`publish ${arn}`, () => publishForm(system, topic)),
    h("h3", {}, "Topic"),
    facts({
      ARN: h("code", {}, arn),
      Kind: topic.fifo ? "FIFO: messages of a group keep their order" : "standard",
    }),
    h("h3", {}, "Subscribers"),
    h("ul.subscribers", {}, system.consumers.map(subscriber)),
  );
}

function subscriber(consumer: ConsumerShape): HTMLElement {
  const { name, protocol, filter, raw, confirmed, subscriptionArn } = consumer;
  return h(
    "li",
    { "data-key": subscriptionArn },
    h("strong", {}, name),
    h(
      "span.quiet",
      {},
      [
        protocol,
        raw && "raw delivery",
        !confirmed && "not confirmed",
        filter === undefined && "gets everything",
      ]
        .filter(Boolean)
        .join(", "),
    ),
    filter !== undefined &&
      textBox(pretty(JSON.stringify(filter.policy)), `Filter policy of ${name}`),
  );
}

/** A subscriber that is an address. */
export function addressView({ overview }: State, subscriptionArn: string): HTMLElement {
  const found = overview?.systems
    .flatMap(({ consumers }) => consumers)
    .find((each) => each.subscriptionArn === subscriptionArn);
  if (found === undefined) return missing("subscription", subscriptionArn);
  return detailFrame(
    back,
    found.name,
    facts({
      Protocol: found.protocol,
      Endpoint: found.endpoint,
      State: found.confirmed
        ? "confirmed"
        : [
            "not confirmed: it gets nothing yet. The link to confirm it is in the ",
            h("a", { href: linkTo("outbox") }, "outbox"),
          ],
      Subscription: h("code", {}, subscriptionArn),
    }),
    found.filter !== undefined && [
      h("h3", {}, "Filter policy"),
      textBox(pretty(JSON.stringify(found.filter.policy)), "Filter policy"),
    ],
  );
}

function missing(what: string, arn: string): HTMLElement {
  return detailFrame(back, shortName(arn), empty(`There is no such ${what}.`));
}
