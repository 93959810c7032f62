import { AwsError, accessDenied } from "../../../protocol/awsError.ts";
import type { EventBusTarget } from "../../events/interface.ts";
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
  const context = { "aws:SecureTransport": "true" };
  const principal = { kind: "role", arn: roleArn } as const;
  const decision = authorize({ principal, action: "events:PutEvents", resource: arn, context });
  if (!decision.allowed) throw accessDenied(decision.reason);
  const bus = arn.replace(/^.*event-bus\//, "");
  if (publisher.findBus(bus) === undefined) {
    throw new AwsError("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
  }
  const { functionArn, condition, event } = concluded;
  const outcome = condition === "Success" ? "Success" : "Failure";
  return publisher.put({
    bus,
    source: "lambda",
    detailType: `Lambda Function Invocation Result - ${outcome}`,
    resources: [arn, `${functionArn}:$LATEST`],
    detail: JSON.parse(destinationRecord(concluded, time)),
    from: functionArn,
    origin: event,
  });
}
