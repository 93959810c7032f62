import { requirePermission } from "../../../protocol/permission.ts";
import type { EventBusTarget } from "../../events/interface.ts";
import { withQualifier } from "../functionArn.ts";
import type { DestinationServices } from "./destinations.ts";
import { type ConcludedEvent, destinationRecord } from "./records.ts";

export type ResultBus = {
  readonly arn: string;
  readonly publisher: EventBusTarget;
};

/**
 * Puts what became of an event on an event bus, as a function's role.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 *
 * @param time cloud time in milliseconds
 * @returns the id of the event on the bus
 * @throws AwsError when the role may not put it, or when the bus does not exist
 */
export function putResultEvent(
  { arn, publisher }: ResultBus,
  authorize: DestinationServices["authorize"],
  roleArn: string,
  concluded: ConcludedEvent,
  time: number,
): string {
  const principal = { kind: "role", arn: roleArn } as const;
  requirePermission(authorize, { principal, action: "events:PutEvents", resource: arn });
  const { functionArn, condition, event } = concluded;
  const outcome = condition === "Success" ? "Success" : "Failure";
  return publisher.putOn(arn, {
    source: "lambda",
    detailType: `Lambda Function Invocation Result - ${outcome}`,
    resources: [arn, withQualifier(functionArn)],
    detail: JSON.parse(destinationRecord(concluded, time)),
    from: functionArn,
    origin: event,
  });
}
