import { FanoutTopic } from "../../components/index.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * The fan-out of AWS's console walkthroughs: a topic, two queues with a function each, and a function that the
 * topic invokes directly, with their policies and roles.
 */
export function deploy({ logRetentionDays, topicArgs }: SystemSettings): SystemOutputs {
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
