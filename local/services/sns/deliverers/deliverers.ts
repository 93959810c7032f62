import type { Outbox } from "../../../outbox.ts";
import type { Authorize } from "../../../protocol/access.ts";
import type { RecordSink } from "../../firehose/interface.ts";
import type { AsynchronousInvoker } from "../../lambda/interface.ts";
import type { QueueTargets } from "../../sqs/interface.ts";
import type { Deliverers } from "../delivery.ts";
import { emailDeliverer } from "./email.ts";
import { firehoseDeliverer } from "./firehose.ts";
import { httpDeliverer } from "./http.ts";
import { lambdaDeliverer } from "./lambda.ts";
import { smsDeliverer } from "./sms.ts";
import { sqsDeliverer } from "./sqs.ts";

/** Where messages of topics go. */
export type Sinks = {
  readonly authorize: Authorize;
  readonly queues: QueueTargets;
  readonly outbox: Outbox;
  /** Created after topics: each may send to the other. */
  readonly functions: () => AsynchronousInvoker;
  /** Created after topics, because buckets are. */
  readonly streams: () => RecordSink;
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
