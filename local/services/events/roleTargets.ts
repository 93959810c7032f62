import { parseArn } from "../../../aws/arn.ts";
import type { Authorize, Decision } from "../../protocol/access.ts";
import { AwsError, accessDenied } from "../../protocol/awsError.ts";
import { requirePermission } from "../../protocol/permission.ts";
import type { RecordTarget } from "../kinesis/interface.ts";
import type { ExecutionStarter } from "../sfn/interface.ts";
import { at } from "./inputTransformer.ts";
import type { Delivery } from "./rule.ts";

/** The parts of the cloud that EventBridge calls as a role of the target. */
export type RoleTargetServices = {
  readonly authorize: Authorize;
  /** Whether a service may act as a role. */
  readonly assume: (roleArn: string, service: string) => Decision;
  readonly stateMachines: ExecutionStarter;
  readonly dataStreams: RecordTarget;
};

/**
 * Starts an execution of a state machine, or puts a record into a stream.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-iam-roles.html
 *
 * @throws AwsError for a target that is gone, or that the role may not call
 */
export function deliverAsRole(
  services: RoleTargetServices,
  { rule, target, event }: Delivery,
  payload: string,
): void {
  const { arn, roleArn = "", partitionKeyPath } = target;
  if (parseArn(arn)?.service === "states") {
    requireRole(services, roleArn, "states:StartExecution", arn);
    services.stateMachines.start(arn, payload, rule.arn);
    return;
  }
  requireRole(services, roleArn, "kinesis:PutRecord", arn);
  const partitionKey = partitionKeyPath === undefined ? event.id : keyAt(event, partitionKeyPath);
  services.dataStreams.put(arn, { partitionKey, data: Buffer.from(payload) }, rule.arn);
}

/** @throws AwsError AccessDenied, unless EventBridge may act as the role, and the role may do it */
export function requireRole(
  { authorize, assume }: Pick<RoleTargetServices, "authorize" | "assume">,
  roleArn: string,
  action: string,
  resource: string,
): void {
  const trusted = assume(roleArn, "events.amazonaws.com");
  if (!trusted.allowed) throw accessDenied(trusted.reason);
  requirePermission(authorize, { principal: { kind: "role", arn: roleArn }, action, resource });
}

/** @throws AwsError when the event has no text or number there */
function keyAt(event: Delivery["event"], path: string): string {
  const key = at(event, path);
  if (typeof key === "string" || typeof key === "number") return String(key);
  throw new AwsError("InvalidParameter", `The event has no partition key at ${path}.`);
}
