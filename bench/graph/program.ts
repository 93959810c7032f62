import { FanoutTopic } from "../../components/index.ts";

/** A topic with so many consumers, each with a queue, a dead-letter queue and a function. */
export function program(consumers: number): void {
  new FanoutTopic("bench", {
    consumers: Array.from({ length: consumers }, (_, index) => ({
      name: `consumer-${index}`,
      handler: "bench/local/handler.ts",
    })),
  });
}
