import type { MessageAttribute, MessageAttributes } from "../../../../aws/messageAttributes.ts";
import { overTls } from "../../../protocol/access.ts";
import type { Call, Operations } from "../../../protocol/call.ts";
import { violation } from "../../../protocol/constraint.ts";
import { publishText } from "../deliverers/sms.ts";
import { invalidParameter, invalidParameterBecause } from "../errors.ts";
import type { Publication } from "../interface.ts";
import type { Input } from "./input.ts";
import { operation, type SnsOptions, type TopicAccess } from "./topicAccess.ts";

/** Topics authorize publishers themselves, because S3 publishes without the API. */
export function publishOperations(options: SnsOptions, access: TopicAccess): Operations {
  return {
    Publish: operation((input, call) => {
      const publication = readPublication(input, call, "");
      const phoneNumber = input.text("PhoneNumber");
      if (phoneNumber !== undefined) {
        access.check(call, "Publish", "*");
        const { messageId } = publishText(options, phoneNumber, publication);
        return { MessageId: messageId };
      }
      const published = options.topics.publish(targetOf(input), publication);
      return { MessageId: published.messageId, SequenceNumber: published.sequenceNumber };
    }),

    PublishBatch: operation((input, call) => {
      const entries = input.entries("PublishBatchRequestEntries").map((entry, index) => ({
        ...readPublication(entry, call, `publishBatchRequestEntries.${index + 1}.member.`),
        id: entry.requiredText("Id"),
      }));
      const published = options.topics.publishBatch(input.requiredText("TopicArn"), entries);
      const Successful = published.map(({ id, messageId, sequenceNumber }) => ({
        Id: id,
        MessageId: messageId,
        SequenceNumber: sequenceNumber,
      }));
      return { Successful, Failed: [] };
    }),
  };
}

/** A topic may be named as the target, too. */
function targetOf(input: Input): string {
  const target = input.text("TopicArn") ?? input.text("TargetArn");
  if (target === undefined) {
    throw invalidParameterBecause("TopicArn or TargetArn", "no value for required parameter");
  }
  if (target.includes(":endpoint/")) {
    throw invalidParameterBecause("TargetArn", "No endpoint found for the target arn specified");
  }
  return target;
}

/** @param path where the message stands in the request, for AWS's errors */
function readPublication(input: Input, call: Call, path: string): Publication {
  return {
    message: input.requiredText("Message"),
    subject: input.text("Subject"),
    messageStructure: readStructure(input.text("MessageStructure")),
    attributes: readAttributes(input, path),
    groupId: input.text("MessageGroupId"),
    deduplicationId: input.text("MessageDeduplicationId"),
    traceHeader: call.headers["x-amzn-trace-id"],
    by: call.principal,
    context: overTls,
    from: call.callerArn,
  };
}

function readStructure(text: string | undefined): "json" | undefined {
  if (text === undefined || text === "json") return text;
  throw invalidParameter("MessageStructure");
}

function readAttributes(input: Input, path: string): MessageAttributes {
  const attributes = input
    .entryMap("MessageAttributes")
    .map(([name, value]) => [name, readAttribute(name, value, path)] as const);
  return Object.fromEntries(attributes);
}

function readAttribute(name: string, value: Input, path: string): MessageAttribute {
  const dataType = value.text("DataType");
  if (dataType === undefined) {
    const at = `${path}messageAttributes.${name}.member.dataType`;
    throw violation(at, null, "not be null", "ValidationError");
  }
  return {
    dataType,
    stringValue: value.text("StringValue"),
    binaryValue: value.text("BinaryValue"),
  };
}
