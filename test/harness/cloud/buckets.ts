import { Buckets } from "../../../local/services/s3/buckets.ts";
import {
  ownedBy,
  ownershipControls,
} from "../../../local/services/s3/configuration/ownershipControls.ts";
import { publicAccessBlock } from "../../../local/services/s3/configuration/publicAccessBlock.ts";
import type { NotifierOptions } from "../../../local/services/s3/notification/notifier.ts";
import type { PutRequest } from "../../../local/services/s3/objects.ts";
import type { Publication, Publisher } from "../../../local/services/sns/interface.ts";
import { openStore } from "../../../local/storage/store.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { Trace } from "../../../local/trace/trace.ts";

export const region = "eu-west-1";
export const topicArn = "arn:aws:sns:eu-west-1:000000000000:uploads";

/** Who uploads in these tests, and the ids of the reply. */
export const requester = {
  callerArn: "arn:aws:iam::000000000000:root",
  requestId: "REQUEST",
  hostId: "host",
};

type Options = {
  readonly store?: ReturnType<typeof openStore>;
  readonly clock?: ManualClock;
  /** @default take whatever they get */
  readonly topics?: Publisher;
};

/** Buckets in memory on a clock that stands still, and what they publish. */
export function makeBuckets({
  store = openStore(),
  clock = new ManualClock(),
  ...options
}: Options = {}) {
  const published: { topicArn: string; publication: Publication }[] = [];
  const trace = new Trace(clock);
  const topics = options.topics ?? {
    publish(arn: string, publication: Publication) {
      published.push({ topicArn: arn, publication });
      return { messageId: "message" };
    },
  };
  const buckets = new Buckets({ store, clock, trace, region, topics, ...noOthers });
  return {
    store,
    clock,
    trace,
    buckets,
    published,
    /** The records of what was published so far; test events have none. */
    records: () =>
      published.flatMap(({ publication }) => JSON.parse(publication.message).Records ?? []),
    put: (bucket: string, key: string, text = "text", more: Partial<PutRequest> = {}) =>
      buckets.objects.put(
        { bucket, key, bytes: Buffer.from(text), headers: {}, ...more },
        requester,
      ),
    remove: (bucket: string, key: string, versionId?: string) =>
      buckets.objects.delete({ bucket, key, versionId }, requester),
    text: (bucket: string, key: string, versionId?: string) =>
      buckets.objects.read(buckets.objects.get(bucket, key, versionId)).toString(),
  };
}

/** Lets access control lists count in the bucket, but for what `block` keeps out. */
export function enableLists(
  { documents }: Buckets,
  bucket: string,
  block: { BlockPublicAcls?: boolean; IgnorePublicAcls?: boolean } = {},
): void {
  documents.set(bucket, ownershipControls, ownedBy("ObjectWriter"));
  documents.set(bucket, publicAccessBlock, block);
}

/** A cloud without queues and functions. */
const noOthers: Pick<NotifierOptions, "queues" | "functions" | "events" | "authorize"> = {
  queues: { find: () => undefined, send: unexpected },
  functions: { invokeAsync: unexpected },
  events: { put: () => unexpected("an event bus") },
  authorize: () => ({ allowed: true }),
};

function unexpected(arn: string): never {
  throw new Error(`${arn} was sent an event`);
}
