import { parseArn } from "../../../aws/arn.ts";
import type { Authorize, Principal } from "../../protocol/access.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import type { AsynchronousInvoker } from "../lambda/interface.ts";
import type { Publisher } from "../sns/interface.ts";
import type { QueueSender } from "../sqs/interface.ts";

export type TargetServices = {
  readonly authorize: Authorize;
  readonly functions: AsynchronousInvoker;
  readonly queues: QueueSender;
  readonly topics: Publisher;
};

/** What a schedule calls. */
export type Target = {
  /** ARN of a function, a queue or a topic. */
  readonly arn: string;
  /** The role that the scheduler assumes. */
  readonly roleArn: string;
  /** The event. @default the scheduler's own event */
  readonly input?: string | undefined;
  /** Needed for a FIFO queue. */
  readonly groupId?: string | undefined;
};

/** The action that a role needs on a target, by service. */
const actions: Readonly<Record<string, string>> = {
  lambda: "lambda:InvokeFunction",
  sns: "sns:Publish",
  sqs: "sqs:SendMessage",
};

/** @throws AwsError for a kind of target that the local cloud does not have */
export function checkTarget({ arn }: Target): void {
  if (actions[serviceOf(arn)] === undefined) throw notSupported(`the schedule's target "${arn}"`);
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
  { arn, roleArn, groupId }: Target,
  payload: string,
  origin: { readonly event: string; readonly from: string },
): void {
  const service = serviceOf(arn);
  const by: Principal = { kind: "role", arn: roleArn };
  if (service === "sns") {
    services.topics.publish(arn, { message: payload, by, ...origin });
    return;
  }
  const request = { principal: by, action: actions[service] ?? "", resource: arn, context: {} };
  const decision = services.authorize(request);
  if (!decision.allowed) throw new AwsError("AccessDenied", decision.reason, { status: 403 });
  if (service === "lambda") {
    services.functions.invokeAsync(arn, payload, origin);
    return;
  }
  const senderId = roleArn.split("/").at(-1) ?? "";
  const group = groupId === undefined ? {} : { groupId };
  services.queues.send(arn, { body: payload, senderId, ...origin, ...group });
}

function serviceOf(arn: string): string {
  return parseArn(arn)?.service ?? "";
}
