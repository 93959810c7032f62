import { formatArn } from "../../../arn.ts";
import { notSupported } from "../../../protocol/awsError.ts";
import type { Operations } from "../../../protocol/call.ts";
import { page } from "./input.ts";
import { readTags } from "./tagOperations.ts";
import { operation, type SnsOptions, type TopicAccess } from "./topicAccess.ts";

export function topicOperations({ topics, region }: SnsOptions, access: TopicAccess): Operations {
  return {
    CreateTopic: operation((input, call) => {
      const name = input.requiredText("Name");
      access.check(call, "CreateTopic", formatArn("sns", region, name));
      if (input.text("DataProtectionPolicy")) throw notSupported("data protection policies");
      const { arn } = topics.create(name, input.textMap("Attributes"), readTags(input));
      return { TopicArn: arn };
    }),

    DeleteTopic: access.onTopic("DeleteTopic", (arn) => {
      topics.delete(arn);
      return {};
    }),

    ListTopics: operation((input, call) => {
      access.check(call, "ListTopics", "*");
      const { items, NextToken } = page(topics.list(), input.text("NextToken"));
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken };
    }),

    GetTopicAttributes: access.onTopic("GetTopicAttributes", (arn) => ({
      Attributes: new Map(Object.entries(topics.attributes(arn))),
    })),

    SetTopicAttributes: access.onTopic("SetTopicAttributes", (arn, input) => {
      const name = input.requiredText("AttributeName");
      topics.setAttributes(arn, { [name]: input.text("AttributeValue") ?? "" });
      return {};
    }),

    AddPermission: access.onTopic("AddPermission", (arn, input) => {
      topics.addPermission(arn, {
        label: input.requiredText("Label"),
        accounts: input.texts("AWSAccountId"),
        actions: input.texts("ActionName"),
      });
      return {};
    }),

    RemovePermission: access.onTopic("RemovePermission", (arn, input) => {
      topics.removePermission(arn, input.requiredText("Label"));
      return {};
    }),
  };
}
