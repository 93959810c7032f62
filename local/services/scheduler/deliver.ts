import { parseArn } from "../../../aws/arn.ts";
import type { Authorize } from "../../protocol/access.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import { requirePermission } from "../../protocol/permission.ts";
import type { EventBusTarget } from "../events/interface.ts";
import type { RecordTarget } from "../kinesis/interface.ts";
import type { DestinationSender } from "../lambda/interface.ts";
import type { ExecutionStarter } from "../sfn/interface.ts";
import { isUniversalTarget, publishCall } from "./universalTarget.ts";

export type TargetServices = {
  readonly authorize: Authorize;
  readonly functions: DestinationSender;
  readonly stateMachines: ExecutionStarter;
  readonly dataStreams: RecordTarget;
  readonly buses: EventBusTarget;
};

/** What a schedule calls. */
export type Target = {
  /** ARN of a function, a queue, a topic, a state machine, a data stream or an event bus. */
  readonly arn: string;
  /** The role that the scheduler assumes. */
  readonly roleArn: string;
  /** The event. @default the scheduler's own event */
  readonly input?: string | undefined;
  /** Needed for an event bus. */
  readonly event?: { readonly source: string; readonly detailType: string } | undefined;
  /** Needed for a data stream. */
  readonly partitionKey?: string | undefined;
  /** Needed for a FIFO queue. */
  readonly groupId?: string | undefined;
  /** ARN of the queue for events that the target does not accept. */
  readonly deadLetterArn?: string | undefined;
};

/** @throws AwsError for a kind of target that the local cloud does not have, or one that is not complete */
export function checkTarget({ arn, input, event, partitionKey }: Target): void {
  if (isUniversalTarget(arn)) {
    publishCall(arn, input);
    return;
  }
  const kind = parseArn(arn)?.service ?? "";
  if (!["events", "kinesis", "lambda", "sns", "sqs", "states"].includes(kind)) {
    throw notSupported(`the schedule's target "${arn}"`);
  }
  if (kind === "events" && event === undefined) throw incomplete("EventBridgeParameters", arn);
  if (kind === "kinesis" && partitionKey === undefined) throw incomplete("KinesisParameters", arn);
}

function incomplete(parameters: string, arn: string): AwsError {
  return new AwsError("ValidationException", `${parameters} are required for target ${arn}.`);
}

/**
 * Calls a target as the schedule's role.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html
 *
 * @throws AwsError for a target that is gone, or that the role may not call
 */
export function deliver(
  services: TargetServices,
  target: Target,
  payload: string,
  origin: Origin,
): void {
  const { functions, stateMachines, dataStreams } = services;
  const { arn, roleArn, groupId, partitionKey = "" } = target;
  if (isUniversalTarget(arn)) {
    const { topicArn, ...message } = publishCall(arn, payload);
    functions.sendToDestination(topicArn, { ...message, roleArn, origin });
    return;
  }
  switch (parseArn(arn)?.service) {
    case "states":
      requireRole(services, target, "states:StartExecution");
      stateMachines.start(arn, payload, origin.from);
      break;
    case "kinesis":
      requireRole(services, target, "kinesis:PutRecord");
      dataStreams.put(arn, { partitionKey, data: Buffer.from(payload) }, origin.from);
      break;
    case "events":
      requireRole(services, target, "events:PutEvents");
      putEvent(services.buses, target, payload, origin);
      break;
    default:
      functions.sendToDestination(arn, { body: payload, groupId, roleArn, origin });
  }
}

type Origin = { readonly event: string; readonly from: string };

function requireRole({ authorize }: TargetServices, { arn, roleArn }: Target, action: string) {
  const principal = { kind: "role", arn: roleArn } as const;
  requirePermission(authorize, { principal, action, resource: arn });
}

function putEvent(buses: EventBusTarget, { arn, event }: Target, payload: string, origin: Origin) {
  const { source = "", detailType = "" } = event ?? {};
  const detail = parsed(payload);
  buses.putOn(arn, { source, detailType, detail, from: origin.from, origin: origin.event });
}

/** @throws AwsError ValidationException */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new AwsError("ValidationException", `The input of an event is not JSON: ${payload}`);
  }
}
