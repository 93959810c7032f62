import { FanoutTopic } from "../../components/index.ts";
import {
  type System,
  type SystemOutputs,
  type SystemSettings,
  topicOutputs,
} from "../shared/system.ts";
import { messages } from "./examples.ts";

/**
 * The fan-out that one would click together in the console: a topic, two queues with a function each,
 * and a function that the topic invokes by itself, with the policies and roles between them.
 */
export const walkthrough: System = { deploy, examples: { messages } };

function deploy({ logRetentionDays, topicArgs }: SystemSettings): SystemOutputs {
  const topic = new FanoutTopic("walkthrough", {
    ...topicArgs,
    consumers: [
      { name: "QueueA", handler: { entry: "handlers/walkthrough/teamA.ts", logRetentionDays } },
      { name: "QueueB", handler: { entry: "handlers/walkthrough/teamB.ts", logRetentionDays } },
      {
        name: "direct",
        kind: "function",
        handler: { entry: "handlers/walkthrough/direct.ts", logRetentionDays },
      },
    ],
  });
  return topicOutputs(topic);
}
