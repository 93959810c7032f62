import { GetSubscriptionAttributesCommand } from "@aws-sdk/client-sns";
import type { Clients } from "./clients.ts";

/** Attributes of a subscription. */
export type SubscriptionFacts = {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Whether it is unconfirmed, so that nothing is delivered. */
  readonly pending: boolean;
  readonly raw: boolean;
  readonly filterPolicy?: string | undefined;
  readonly filterPolicyScope: "MessageAttributes" | "MessageBody";
  /** ARN of the dead-letter queue of the subscription. */
  readonly undeliveredArn?: string | undefined;
};

/** @param arn of a subscription; an unconfirmed one may have none, which returns undefined */
export async function describeSubscription(
  clients: Clients,
  arn: string,
): Promise<SubscriptionFacts | undefined> {
  if (!arn.startsWith("arn:")) return undefined;
  const { Attributes = {} } = await clients
    .sns(arn)
    .send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
  const { Protocol = "", Endpoint = "", RedrivePolicy } = Attributes;
  return {
    arn,
    protocol: Protocol,
    endpoint: Endpoint,
    pending: Attributes.PendingConfirmation === "true",
    raw: Attributes.RawMessageDelivery === "true",
    filterPolicy: Attributes.FilterPolicy,
    filterPolicyScope:
      Attributes.FilterPolicyScope === "MessageBody" ? "MessageBody" : "MessageAttributes",
    undeliveredArn: RedrivePolicy && JSON.parse(RedrivePolicy).deadLetterTargetArn,
  };
}
