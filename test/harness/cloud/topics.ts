import { Outbox } from "../../../local/outbox.ts";
import { type Authorize, owner } from "../../../local/protocol/access.ts";
import { emailDeliverer } from "../../../local/services/sns/deliverers/email.ts";
import { httpDeliverer } from "../../../local/services/sns/deliverers/http.ts";
import { lambdaDeliverer } from "../../../local/services/sns/deliverers/lambda.ts";
import { smsDeliverer } from "../../../local/services/sns/deliverers/sms.ts";
import { sqsDeliverer } from "../../../local/services/sns/deliverers/sqs.ts";
import type { Deliverer } from "../../../local/services/sns/delivery.ts";
import type { Publication } from "../../../local/services/sns/interface.ts";
import { Topics } from "../../../local/services/sns/topics.ts";
import type { ReceivedMessage } from "../../../local/services/sqs/interface.ts";
import { Queues } from "../../../local/services/sqs/queues.ts";
import { openStore } from "../../../local/storage/store.ts";
import { Activity } from "../../../local/time/activity.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import type { Hop } from "../../../local/trace/hop.ts";
import { Trace } from "../../../local/trace/trace.ts";
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
