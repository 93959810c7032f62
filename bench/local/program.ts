import { FanoutTopic } from "../../components/index.ts";
import { topicOutputs } from "../../systems/shared/system.ts";

export const consumers = ["first", "second", "third"];

/** A topic with three consumers, whose functions receive batches of ten. */
export async function program(fifo: boolean): Promise<object> {
  const topic = new FanoutTopic("bench", {
    fifo,
    consumers: consumers.map((name) => ({ name, handler: "bench/local/handler.ts" })),
  });
  return { systems: { bench: topicOutputs(topic) } };
}
