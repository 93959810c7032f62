import { parseArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import { overTls, type Principal } from "../../protocol/access.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import { requirePermission } from "../../protocol/permission.ts";
import { requireKey } from "../kms/interface.ts";
import type { AsynchronousInvoker } from "../lambda/interface.ts";
import type { Publisher } from "../sns/interface.ts";
import type { QueueTargets } from "../sqs/interface.ts";
import { at, checkTransformer, transformed } from "./inputTransformer.ts";
import { deliverAsRole, type RoleTargetServices, requireRole } from "./roleTargets.ts";
import type { BusEvent, Delivery, Rule, Target } from "./rule.ts";

export type TargetServices = RoleTargetServices & {
  readonly topics: Publisher;
  readonly queues: QueueTargets;
  readonly functions: AsynchronousInvoker;
  readonly region: string;
};

type Conditions = Readonly<Record<string, string>>;

const service = "events.amazonaws.com";
const eventBridge: Principal = { kind: "service", name: service };

/** SQS shows this as the `SenderId` of what EventBridge sends. */
export const senderId = "AIDAJXNJGGKNS7OSV23OI";

/** @throws AwsError for a kind of target that the local cloud does not have, or one without the role that it needs */
export function checkTarget({ arn, transformer, roleArn }: Target): void {
  if (transformer !== undefined) checkTransformer(transformer);
  const kind = parseArn(arn)?.service ?? "";
  if (!["lambda", "sqs", "sns", "events", "states", "kinesis"].includes(kind)) {
    throw notSupported(`the event target "${arn}"`);
  }
  if (roleArn === undefined && (kind === "states" || kind === "kinesis")) {
    throw new AwsError("ValidationException", `RoleArn is required for target ${arn}.`);
  }
}

/**
 * Sends an event to a target, which has to let EventBridge in by its own policy, or is called as a role.
 *
 * @param forward puts an event on another bus
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 *
 * @throws AwsError for a target that is gone, or does not let the rule in
 */
export function deliver(
  services: TargetServices,
  delivery: Delivery,
  forward: (delivery: Delivery) => void,
): void {
  const { rule, target, event } = delivery;
  const { arn, roleArn } = target;
  const payload = payloadOf(target, rule, event);
  const origin = { event: delivery.origin, from: rule.arn };
  const context = contextOf(rule);
  const require = (action: string, resource: string) =>
    requirePermission(services.authorize, { principal: eventBridge, action, resource, context });
  switch (parseArn(arn)?.service) {
    case "lambda":
      require("lambda:InvokeFunction", arn);
      services.functions.invokeAsync(arn, payload, origin);
      break;
    case "sqs":
      requireQueue(services, rule, arn);
      services.queues.send(arn, {
        ...{ body: payload, senderId, ...origin },
        ...(target.groupId !== undefined && { groupId: target.groupId }),
      });
      break;
    case "states":
    case "kinesis":
      deliverAsRole(services, delivery, payload);
      break;
    case "events":
      if (roleArn !== undefined) requireRole(services, roleArn, "events:PutEvents", arn);
      forward(delivery);
      break;
    default:
      services.topics.publish(arn, { message: payload, by: eventBridge, context, ...origin });
  }
}

/** @throws AwsError if the queue's policy, or that of its key, does not let the rule send */
export function requireQueue(services: TargetServices, rule: Rule, arn: string): void {
  const { authorize, region, queues } = services;
  const send = { principal: eventBridge, action: "sqs:SendMessage", resource: arn };
  requirePermission(authorize, { ...send, context: contextOf(rule) });
  const { KmsMasterKeyId: keyId } = queues.find(arn)?.attributes ?? {};
  if (!keyId) return;
  // EventBridge names no source to a key: a key's policy that asks for one lets no event through.
  const require = (action: string, resource: string) =>
    requirePermission(authorize, { principal: eventBridge, action, resource });
  requireKey(keyId, { service, region, require });
}

function contextOf(rule: Rule): Conditions {
  return { ...overTls, "aws:SourceArn": rule.arn, "aws:SourceAccount": account };
}

function payloadOf({ input, inputPath, transformer }: Target, rule: Rule, event: BusEvent): string {
  if (input !== undefined) return input;
  if (transformer !== undefined) return transformed(transformer, rule, event);
  return JSON.stringify(inputPath === undefined ? event : at(event, inputPath));
}
