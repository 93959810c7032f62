import { FanoutTopic } from "../../components/index.ts";

/** A Pulumi program: a topic with as many consumers as TIMELINE_CONSUMERS says, each with a queue and a function. */
const count = Number(process.env.TIMELINE_CONSUMERS);

new FanoutTopic("orders", {
  consumers: Array.from({ length: count }, (_, index) => ({
    name: `consumer-${index + 1}`,
    handler: "bench/local/handler.ts",
  })),
});
