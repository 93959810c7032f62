import { account } from "../../../arn.ts";
import type { Operations } from "../../../protocol/call.ts";
import {
  invalidParameterValue,
  invalidValue,
  missingParameter,
  queueDoesNotExist,
} from "../errors.ts";
import type { Queue } from "../queue.ts";
import type { Queues } from "../queues.ts";
import type { Input } from "./input.ts";
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

/** Statements of a queue's policy, one at a time. */
export function permissionOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    AddPermission: access.onQueue("AddPermission", ({ arn }, input) => {
      queues.addPermission(arn, {
        label: input.requiredText("Label"),
        accounts: requiredTexts(input, "AWSAccountIds"),
        actions: requiredTexts(input, "Actions"),
      });
      return {};
    }),

    RemovePermission: access.onQueue("RemovePermission", ({ arn }, input) => {
      queues.removePermission(arn, input.requiredText("Label"));
      return {};
    }),
  };
}

function requiredTexts(input: Input, name: string): readonly string[] {
  const texts = input.texts(name);
  if (texts.length === 0) throw missingParameter(name);
  return texts;
}

export function tagOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    TagQueue: access.onQueue("TagQueue", ({ arn }, input) => {
      const tags = input.textMap("Tags");
      if (Object.keys(tags).length === 0) throw missingParameter("Tags");
      queues.tag(arn, tags);
      return {};
    }),

    UntagQueue: access.onQueue("UntagQueue", ({ arn }, input) => {
      const keys = input.texts("TagKeys");
      if (keys.length === 0) throw missingParameter("TagKeys");
      queues.untag(arn, keys);
      return {};
    }),

    ListQueueTags: access.onQueue("ListQueueTags", ({ tags }) =>
      Object.keys(tags).length === 0 ? {} : { Tags: tags },
    ),
  };
}

/** A page of queues. AWS returns a token for the next page only if the caller sets a page size. */
function page(
  queues: readonly Queue[],
  input: Input,
): { urls: readonly string[] | undefined; NextToken: string | undefined } {
  const size = input.integer("MaxResults");
  if (size !== undefined && (size < 1 || size > 1000)) {
    throw invalidValue(size, "MaxResults", "Must be between 1 and 1000, if provided.");
  }
  const after = Buffer.from(input.text("NextToken") ?? "", "base64").toString();
  const rest = queues.filter(({ name }) => name > after);
  const shown = rest.slice(0, size ?? 1000);
  const last = shown.at(-1);
  const more = size !== undefined && last !== undefined && rest.length > shown.length;
  return {
    urls: shown.length === 0 ? undefined : shown.map(({ url }) => url),
    NextToken: more ? Buffer.from(last.name).toString("base64") : undefined,
  };
}
