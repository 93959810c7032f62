import type { Call, Reply } from "../../../protocol/call.ts";
import { queryProtocol } from "../../../protocol/queryProtocol.ts";
import { publishOperations } from "./publishOperations.ts";
import { subscriptionOperations } from "./subscriptionOperations.ts";
import { tagOperations } from "./tagOperations.ts";
import { type SnsOptions, TopicAccess } from "./topicAccess.ts";
import { topicOperations } from "./topicOperations.ts";

/**
 * SNS over HTTP: topics, subscriptions, messages. Each call is put to `authorize` first. Mobile push,
 * the management of text messages and data protection are not supported.
 */
export function sns(options: SnsOptions): (call: Call) => Promise<Reply> {
  const access = new TopicAccess(options.authorize);
  return queryProtocol({
    namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
    operations: {
      ...topicOperations(options, access),
      ...tagOperations(options, access),
      ...subscriptionOperations(options, access),
      ...publishOperations(options, access),
    },
    withoutResult,
  });
}

const withoutResult = [
  "AddPermission",
  "DeleteTopic",
  "RemovePermission",
  "SetSubscriptionAttributes",
  "SetTopicAttributes",
  "Unsubscribe",
];
