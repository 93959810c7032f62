import { account } from "../../../arn.ts";
import type { Operations } from "../../../protocol/call.ts";
import { invalidParameterValue, missingParameter, queueDoesNotExist } from "../errors.ts";
import type { Queues } from "../queues.ts";
import type { Input } from "./input.ts";
import { page } from "./page.ts";
import type { QueueAccess } from "./queueAccess.ts";

/** Queues themselves: making, finding, describing, changing, emptying and deleting them. */
export function queueOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    CreateQueue: access.onAccount((input, call) => {
      const name = queueName(input);
      access.check(call, "CreateQueue", access.arn(name));
      const tags = input.textMap("tags");
      if (Object.keys(tags).length > 0) access.check(call, "TagQueue", access.arn(name));
      return { QueueUrl: queues.create(name, input.textMap("Attributes"), tags).url };
    }),

    DeleteQueue: access.onQueue("DeleteQueue", ({ arn }) => {
      queues.delete(arn);
      return {};
    }),

    GetQueueUrl: access.onAccount((input, call) => {
      const owner = input.text("QueueOwnerAWSAccountId") ?? account;
      const queue = queues.get(access.arn(queueName(input)));
      if (owner !== account) throw queueDoesNotExist();
      access.check(call, "GetQueueUrl", queue.arn);
      return { QueueUrl: queue.url };
    }),

    ListQueues: access.onAccount((input, call) => {
      access.check(call, "ListQueues", access.arn("*"));
      const prefix = input.text("QueueNamePrefix") ?? "";
      const found = queues.list().filter(({ name }) => name.startsWith(prefix));
      const { urls: QueueUrls, NextToken } = page(found, input);
      return { QueueUrls, NextToken };
    }),

    ListDeadLetterSourceQueues: access.onQueue("ListDeadLetterSourceQueues", ({ arn }, input) => {
      const { urls: queueUrls = [], NextToken } = page(queues.deadLetterSources(arn), input);
      return { queueUrls, NextToken };
    }),

    GetQueueAttributes: access.onQueue("GetQueueAttributes", ({ arn }, input) => {
      const found = queues.attributes(arn, input.texts("AttributeNames"));
      return Object.keys(found).length === 0 ? {} : { Attributes: found };
    }),

    SetQueueAttributes: access.onQueue("SetQueueAttributes", ({ arn }, input) => {
      const attributes = input.textMap("Attributes");
      if (Object.keys(attributes).length === 0) throw missingParameter("Attribute.Name");
      queues.setAttributes(arn, attributes);
      return {};
    }),

    PurgeQueue: access.onQueue("PurgeQueue", ({ arn }) => {
      queues.purge(arn);
      return {};
    }),
  };
}

function queueName(input: Input): string {
  const name = input.text("QueueName");
  if (name !== undefined && name !== "") return name;
  throw invalidParameterValue(
    "Value for parameter QueueName is invalid. Reason: Must specify a queue name.",
  );
}
