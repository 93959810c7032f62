import type { Authorize } from "../../iam/access.ts";
import { lambdaEvent } from "../delivering/envelope.ts";
import type { Deliverer } from "../delivery.ts";
import { requireForTopic } from "./access.ts";

/** What topics need of the functions. */
export type AsyncInvoker = {
  /**
   * Queues an asynchronous invocation. How the function fares is no more SNS's concern.
   *
   * @throws AwsError when there is no such function
   */
  invokeAsync(
    functionArn: string,
    payload: string,
    options: { readonly event: string; readonly from: string },
  ): void;
};

/** Invokes functions. A function that fails does not fail the delivery. */
export function lambdaDeliverer({
  functions,
  authorize,
}: {
  readonly functions: AsyncInvoker;
  readonly authorize: Authorize;
}): Deliverer {
  return {
    deliver(delivery) {
      const { topic, subscription, message } = delivery;
      const functionArn = subscription.endpoint;
      requireForTopic(authorize, topic, "lambda:InvokeFunction", functionArn);
      functions.invokeAsync(functionArn, lambdaEvent(delivery), {
        event: message.event,
        from: topic.arn,
      });
    },
  };
}
