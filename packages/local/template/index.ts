import { FanoutTopic } from "@pulumi-fanout/fanout";

/** Orders are published here; each consumer has its own queue, so that none waits for the other. */
export const topic = new FanoutTopic("orders", {
  consumers: [
    { name: "billing", handler: "handlers/billing.ts" },
    // Only orders of goods, by the attribute that the publisher sets.
    { name: "shipping", handler: "handlers/shipping.ts", filter: { kind: ["goods"] } },
  ],
});

export const { topicArn } = topic;
