import type { Authorize } from "../../../protocol/access.ts";
import type { AsynchronousInvoker } from "../../lambda/interface.ts";
import { lambdaEvent } from "../delivering/envelope.ts";
import type { Deliverer } from "../delivery.ts";
import { requireForTopic } from "./access.ts";

/** Invokes functions. A function that fails does not fail the delivery. */
export function lambdaDeliverer({
  functions,
  authorize,
}: {
  readonly functions: AsynchronousInvoker;
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
