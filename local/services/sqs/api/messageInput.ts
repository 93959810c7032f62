import type { MessageAttribute, MessageAttributes } from "../../../../aws/messageAttributes.ts";
import type { Call } from "../../../protocol/call.ts";
import { invalidParameterValue, missingParameter } from "../errors.ts";
import type { NewMessage } from "../interface.ts";
import type { Input } from "./input.ts";

/**
 * A message to be sent, as `SendMessage` and each entry of `SendMessageBatch` describe it.
 *
 * @param parameter what an error calls the body
 */
export function newMessage(input: Input, call: Call, parameter = "MessageBody"): NewMessage {
  const body = input.text("MessageBody");
  if (body === undefined || body === "") throw missingParameter(parameter);
  return {
    body,
    attributes: messageAttributes(input, "MessageAttributes"),
    delaySeconds: input.integer("DelaySeconds"),
    groupId: input.text("MessageGroupId"),
    deduplicationId: input.text("MessageDeduplicationId"),
    traceHeader: systemAttributes(input)?.AWSTraceHeader?.stringValue ?? traceHeader(call),
    senderId: senderId(call),
    from: call.callerArn,
  };
}

/** The system attributes that a sender may set: only `AWSTraceHeader`. */
export function systemAttributes(input: Input): MessageAttributes | undefined {
  const attributes = messageAttributes(input, "MessageSystemAttributes");
  for (const [name, { dataType, stringValue }] of Object.entries(attributes ?? {})) {
    if (name !== "AWSTraceHeader") {
      throw invalidParameterValue(`Message system attribute name '${name}' is invalid.`);
    }
    if (dataType === "String" && stringValue) continue;
    throw invalidParameterValue(
      "The message system attribute 'AWSTraceHeader' is reserved for AWS X-Ray trace header. The type must be 'String'.",
    );
  }
  return attributes;
}

function messageAttributes(input: Input, member: string): MessageAttributes | undefined {
  const entries = input.entryMap(member);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name, messageAttribute(value)]));
}

function messageAttribute(value: Input): MessageAttribute {
  if (value.texts("StringListValues").length > 0 || value.texts("BinaryListValues").length > 0) {
    throw invalidParameterValue(
      "Message attribute list values in SendMessage operation are not supported.",
    );
  }
  return {
    dataType: value.text("DataType") ?? "",
    stringValue: value.text("StringValue"),
    binaryValue: value.text("BinaryValue"),
  };
}

/** A message without a trace header gets that of the call. */
function traceHeader(call: Call): string | undefined {
  return call.headers["x-amzn-trace-id"];
}

function senderId({ principal }: Call): string {
  if (principal.kind === "account") return principal.account;
  if (principal.kind === "anonymous") return principal.kind;
  return "arn" in principal ? (principal.arn.split("/").at(-1) ?? "") : principal.name;
}
