import { GetSubscriptionAttributesCommand } from "@aws-sdk/client-sns";
import type { Clients } from "./clients.ts";

/** What SNS says of a subscription. */
export type SubscriptionFacts = {
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Whether its endpoint has not agreed yet, and so gets nothing. */
  readonly pending: boolean;
  readonly raw: boolean;
  readonly filterPolicy?: string | undefined;
  readonly filterPolicyScope: "MessageAttributes" | "MessageBody";
  /** Of the queue for what cannot be delivered. */
  readonly undeliveredArn?: string | undefined;
};

/** @param arn of a subscription; one whose endpoint has not agreed may have none yet */
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
