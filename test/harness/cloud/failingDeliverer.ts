import { AwsError } from "../../../local/protocol/awsError.ts";
import type { Deliverer, Delivery } from "../../../local/services/sns/delivery.ts";

/**
 * A deliverer that fails as often as it is told, and keeps what it delivers after that.
 *
 * @param failures the HTTP statuses of its first answers
 */
export function failingDeliverer(...failures: number[]): Deliverer & {
  readonly delivered: readonly Delivery[];
  /** How often something was to be delivered. */
  tries(): number;
} {
  const delivered: Delivery[] = [];
  let tries = 0;
  return {
    delivered,
    tries: () => tries,
    deliver(delivery) {
      const status = failures[tries++];
      if (status !== undefined) throw new AwsError("Failure", `answered ${status}`, { status });
      delivered.push(delivery);
    },
  };
}
