import type { Confirmation, Delivery, Notification } from "../delivery.ts";
import {
  effectiveDelivery,
  readSubscriptionDeliveryPolicy,
  readTopicDeliveryPolicy,
} from "./deliveryPolicy.ts";
import { managedEndpointRetries, type RetryPolicy } from "./retryPolicy.ts";

/** HTTP endpoints are retried as the delivery policies say; those that AWS runs always in the same way. */
export function retriesOf({
  topic,
  subscription,
}: Delivery<Notification | Confirmation>): RetryPolicy {
  const { protocol, attributes } = subscription;
  if (protocol !== "http" && protocol !== "https") return managedEndpointRetries;
  return effectiveDelivery(
    readTopicDeliveryPolicy(topic.attributes.DeliveryPolicy),
    readSubscriptionDeliveryPolicy(attributes.DeliveryPolicy),
  ).retries;
}
