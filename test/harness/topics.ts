import { Activity } from "../../local/cloud/activity.ts";
import { ManualClock } from "../../local/cloud/manualClock.ts";
import { Outbox } from "../../local/cloud/outbox/outbox.ts";
import { type Authorize, owner } from "../../local/cloud/permissions/access.ts";
import type { ReceivedMessage } from "../../local/cloud/queues/message.ts";
import { Queues } from "../../local/cloud/queues/queues.ts";
import { openStore } from "../../local/cloud/store.ts";
import { emailDeliverer } from "../../local/cloud/topics/deliverers/email.ts";
import { httpDeliverer } from "../../local/cloud/topics/deliverers/http.ts";
import { lambdaDeliverer } from "../../local/cloud/topics/deliverers/lambda.ts";
import { smsDeliverer } from "../../local/cloud/topics/deliverers/sms.ts";
import { sqsDeliverer } from "../../local/cloud/topics/deliverers/sqs.ts";
import type { Deliverer } from "../../local/cloud/topics/delivery.ts";
import type { Publication } from "../../local/cloud/topics/publication.ts";
import { Topics } from "../../local/cloud/topics/topics.ts";
import type { Hop } from "../../local/cloud/trace/hop.ts";
import { Trace } from "../../local/cloud/trace/trace.ts";
import { functionsThatRecord } from "./recordingFunctions.ts";

/** Who publishes in these tests. */
export const publisher = "arn:aws:iam::000000000000:root";

export const endpoint = "http://127.0.0.1:4566";

type Options = {
  readonly authorize?: Authorize;
  readonly store?: ReturnType<typeof openStore>;
  readonly clock?: ManualClock;
  /** Take the place of the real ones. */
  readonly deliverers?: Readonly<Record<string, Deliverer>>;
};

/** Topics with real queues and an outbox, in memory on a clock that stands still; functions only record. */
export function makeTopics({
  authorize = () => ({ allowed: true }),
  store = openStore(),
  deliverers = {},
  ...options
}: Options = {}) {
  const activity = new Activity();
  const clock = options.clock ?? new ManualClock(() => activity.idle());
  const trace = new Trace(clock);
  const region = "eu-west-1";
  const queueUrl = (name: string) => `${endpoint}/000000000000/${name}`;
  const queues = new Queues({ store, clock, trace, region, queueUrl });
  const outbox = new Outbox({ store, clock });
  const functions = functionsThatRecord();
  const topics = new Topics({
    store,
    clock,
    trace,
    activity,
    region,
    endpoint: () => endpoint,
    authorize,
    deliverers: {
      lambda: lambdaDeliverer({ functions, authorize }),
      http: httpDeliverer(),
      https: httpDeliverer(),
      email: emailDeliverer(outbox, "email"),
      "email-json": emailDeliverer(outbox, "email-json"),
      sms: smsDeliverer(outbox),
      ...deliverers,
      sqs: { ...sqsDeliverer({ queues, authorize }), ...deliverers.sqs },
    },
  });
  return {
    activity,
    clock,
    store,
    topics,
    queues,
    outbox,
    functions,
    /** The hops of that kind so far. */
    hops<Kind extends Hop["kind"]>(kind: Kind): Extract<Hop, { kind: Kind }>[] {
      return trace.recent().filter((hop): hop is Extract<Hop, { kind: Kind }> => hop.kind === kind);
    },
    /** Up to ten messages that wait in a queue. */
    receive(queueArn: string): ReceivedMessage[] {
      return queues.receiveNow(queueArn, { maxMessages: 10 });
    },
  };
}

export function publication(message: string, more: Partial<Publication> = {}): Publication {
  return { message, by: owner, from: publisher, ...more };
}
