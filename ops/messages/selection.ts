import type { Message } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import type { FilterPolicyScope } from "../../aws/filterPolicy/filterPolicy.ts";
import { explain } from "../../aws/filterPolicy/match.ts";
import type { FilteredMessage } from "../../aws/filterPolicy/messageFields.ts";
import { filterPolicyProblems } from "../../aws/filterPolicy/validateFilterPolicy.ts";
import type { Arguments } from "../arguments.ts";
import type { Options } from "../command.ts";
import { messageOf, UsageError } from "../errors.ts";

/** Chooses messages of a queue. */
export type Selection = (message: Message) => boolean;

/** Options of commands that act on some messages of a queue. */
export const selectionOptions: Options = {
  id: {
    type: "string",
    multiple: true,
    value: "MESSAGE-ID",
    about: "only this message, as peek shows it; may be repeated",
  },
  match: {
    type: "string",
    value: "POLICY",
    about: "only messages that this filter policy lets through, as SNS would",
  },
  scope: {
    type: "string",
    value: "SCOPE",
    about: "of --match: MessageAttributes (the default) or MessageBody",
  },
};

/**
 * @returns undefined if all messages are chosen
 * @throws UsageError for a policy that SNS would reject
 */
export function selectionOf(given: Arguments): Selection | undefined {
  const ids = new Set(given.texts("id"));
  const policy = given.text("match");
  if (policy === undefined && given.text("scope") !== undefined) {
    throw new UsageError("--scope is of --match, which is missing");
  }
  const tests = [
    ...(ids.size === 0 ? [] : [({ MessageId = "" }: Message) => ids.has(MessageId)]),
    ...(policy === undefined ? [] : [policySelection(policy, scopeOf(given))]),
  ];
  if (tests.length === 0) return undefined;
  return (message) => tests.every((test) => test(message));
}

function scopeOf(given: Arguments): FilterPolicyScope {
  const scope = given.text("scope") ?? "MessageAttributes";
  if (scope === "MessageAttributes" || scope === "MessageBody") return scope;
  throw new UsageError(`--scope must be MessageAttributes or MessageBody (given "${scope}")`);
}

function policySelection(text: string, scope: FilterPolicyScope): Selection {
  const policy = readJson(text);
  const [problem] = filterPolicyProblems(policy, scope);
  if (problem !== undefined) {
    throw new UsageError(`--match: ${problem.text} (at "${problem.path}")`);
  }
  return (message) => explain(policy, scope, publishedMessage(message)).matches;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`--match is not JSON: ${messageOf(cause)}`, { cause });
  }
}

/** The envelope of a message that was not delivered raw. */
const snsEnvelope = v.object({
  Type: v.literal("Notification"),
  Message: v.string(),
  MessageAttributes: v.optional(
    v.record(v.string(), v.object({ Type: v.string(), Value: v.string() })),
    {},
  ),
});

/** The message as its publisher sent it. */
function publishedMessage({ Body = "", MessageAttributes = {} }: Message): FilteredMessage {
  const envelope = v.safeParse(v.pipe(v.string(), v.parseJson(), snsEnvelope), Body);
  if (envelope.success) {
    const { Message: body, MessageAttributes: attributes } = envelope.output;
    return {
      body,
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([name, { Type, Value }]) => [
          name,
          { dataType: Type, ...(Type.startsWith("Binary") ? {} : { stringValue: Value }) },
        ]),
      ),
    };
  }
  return {
    body: Body,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { DataType = "", StringValue }]) => [
        name,
        { dataType: DataType, ...(StringValue !== undefined && { stringValue: StringValue }) },
      ]),
    ),
  };
}
