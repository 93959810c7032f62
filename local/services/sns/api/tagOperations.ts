import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operation, Operations } from "../../../protocol/call.ts";
import { invalidParameter } from "../errors.ts";
import { checkArn } from "../topic.ts";
import type { Input } from "./input.ts";
import { operation, type SnsOptions, type TopicAccess } from "./topicAccess.ts";

export function tagOperations({ topics }: SnsOptions, access: TopicAccess): Operations {
  return {
    TagResource: onResource("TagResource", (arn, input) => {
      topics.tag(arn, readTags(input));
      return {};
    }),

    UntagResource: onResource("UntagResource", (arn, input) => {
      topics.untag(arn, input.texts("TagKeys"));
      return {};
    }),

    ListTagsForResource: onResource("ListTagsForResource", (arn) => ({
      Tags: Object.entries(topics.get(arn).tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  };

  function onResource(action: string, operate: (arn: string, input: Input) => object): Operation {
    return operation((input: Input, call: Call) => {
      const arn = input.requiredText("ResourceArn");
      checkArn("ResourceArn", arn);
      access.check(call, action, arn);
      if (topics.find(arn) === undefined) {
        throw new AwsError("ResourceNotFound", "Resource does not exist", { status: 404 });
      }
      return operate(arn, input);
    });
  }
}

/** @throws InvalidParameter when a key comes twice */
export function readTags(input: Input): Readonly<Record<string, string>> {
  const tags = input
    .entries("Tags")
    .map((tag) => [tag.requiredText("Key"), tag.text("Value") ?? ""] as const);
  const byKey = Object.fromEntries(tags);
  if (Object.keys(byKey).length < tags.length) {
    throw invalidParameter("Duplicated keys are not allowed.");
  }
  return byKey;
}
