import type { Outbox } from "./outbox.ts";
import type { Authorize } from "./protocol/access.ts";
import type { DeliveryStreams } from "./services/firehose/deliveryStreams.ts";
import type { Functions } from "./services/lambda/functions.ts";
import { emailDeliverer } from "./services/sns/deliverers/email.ts";
import { firehoseDeliverer } from "./services/sns/deliverers/firehose.ts";
import { httpDeliverer } from "./services/sns/deliverers/http.ts";
import { lambdaDeliverer } from "./services/sns/deliverers/lambda.ts";
import { smsDeliverer } from "./services/sns/deliverers/sms.ts";
import { sqsDeliverer } from "./services/sns/deliverers/sqs.ts";
import type { Deliverers } from "./services/sns/delivery.ts";
import type { Queues } from "./services/sqs/queues.ts";

/** Where messages of topics go. */
export type Sinks = {
  readonly authorize: Authorize;
  readonly queues: Queues;
  readonly outbox: Outbox;
  /** Created after topics: each may send to the other. */
  readonly functions: () => Pick<Functions, "invokeAsync">;
  /** Created after topics, because buckets are. */
  readonly streams: () => Pick<DeliveryStreams, "put">;
};

/** What delivers the messages of topics, by protocol. */
export function deliverersOf({ authorize, queues, outbox, functions, streams }: Sinks): Deliverers {
  const http = httpDeliverer();
  return {
    sqs: sqsDeliverer({ queues, authorize }),
    lambda: lambdaDeliverer({
      functions: {
        invokeAsync: (arn, payload, origin) => functions().invokeAsync(arn, payload, origin),
      },
      authorize,
    }),
    email: emailDeliverer(outbox, "email"),
    "email-json": emailDeliverer(outbox, "email-json"),
    sms: smsDeliverer(outbox),
    firehose: firehoseDeliverer({
      streams: { put: (arn, record) => streams().put(arn, record) },
      authorize,
    }),
    http,
    https: http,
  };
}
