import { parseArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import type { Authorize, Principal } from "../../protocol/access.ts";
import { accessDenied, notSupported } from "../../protocol/awsError.ts";
import { requireKey } from "../kms/interface.ts";
import type { AsynchronousInvoker } from "../lambda/interface.ts";
import type { Publisher } from "../sns/interface.ts";
import type { QueueTargets } from "../sqs/interface.ts";
import { at, checkTransformer, transformed } from "./inputTransformer.ts";
import type { BusEvent, Rule, Target } from "./rule.ts";

export type TargetServices = {
  readonly topics: Publisher;
  readonly queues: QueueTargets;
  readonly functions: AsynchronousInvoker;
  readonly authorize: Authorize;
  readonly region: string;
};

type Conditions = Readonly<Record<string, string>>;

const service = "events.amazonaws.com";
const eventBridge: Principal = { kind: "service", name: service };

/** EventBridge names no source to a key: a key's policy that asks for one lets no event through. */
const sourceless: Conditions = { "aws:SecureTransport": "true" };

/** SQS shows this as the `SenderId` of what EventBridge sends. */
const senderId = "AIDAJXNJGGKNS7OSV23OI";

/** @throws AwsError for a kind of target that the local cloud does not have */
export function checkTarget({ arn, transformer }: Target): void {
  if (transformer !== undefined) checkTransformer(transformer);
  const kind = parseArn(arn)?.service ?? "";
  if (!["lambda", "sqs", "sns"].includes(kind)) throw notSupported(`the event target "${arn}"`);
}

/**
 * Sends an event to a target, which has to let EventBridge in by its own policy.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 *
 * @throws AwsError for a target that is gone, or does not let the rule in
 */
export function deliver(
  services: TargetServices,
  rule: Rule,
  target: Target,
  event: BusEvent,
): void {
  const { arn } = target;
  const payload = payloadOf(target, rule, event);
  const origin = { event: event.id, from: rule.arn };
  const context = { ...sourceless, "aws:SourceArn": rule.arn, "aws:SourceAccount": account };
  const require = (action: string, resource: string, conditions: Conditions = context) => {
    const request = { principal: eventBridge, action, resource, context: conditions };
    const decision = services.authorize(request);
    if (!decision.allowed) throw accessDenied(decision.reason);
  };
  switch (parseArn(arn)?.service) {
    case "lambda":
      require("lambda:InvokeFunction", arn);
      services.functions.invokeAsync(arn, payload, origin);
      break;
    case "sqs": {
      require("sqs:SendMessage", arn);
      const { KmsMasterKeyId: keyId } = services.queues.find(arn)?.attributes ?? {};
      if (keyId) {
        const { region } = services;
        const allowed = (action: string, key: string) => require(action, key, sourceless);
        requireKey(keyId, { service, region, require: allowed });
      }
      const group = target.groupId === undefined ? {} : { groupId: target.groupId };
      services.queues.send(arn, { body: payload, senderId, ...origin, ...group });
      break;
    }
    default:
      services.topics.publish(arn, { message: payload, by: eventBridge, context, ...origin });
  }
}

function payloadOf({ input, inputPath, transformer }: Target, rule: Rule, event: BusEvent): string {
  if (input !== undefined) return input;
  if (transformer !== undefined) return transformed(transformer, rule, event);
  return JSON.stringify(inputPath === undefined ? event : at(event, inputPath));
}
