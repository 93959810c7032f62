import { gunzipSync } from "node:zlib";
import { Cloud } from "../../../local/cloud.ts";
import type { DeliveryStream } from "../../../local/services/firehose/deliveryStream.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import type { Hop } from "../../../local/trace/hop.ts";

export const bucket = "archive";
export const writer = "arn:aws:iam::000000000000:role/writer";
const writing = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "s3:PutObject", Resource: `arn:aws:s3:::${bucket}/*` },
};

/** A cloud whose clock stands still, with a bucket and a role that may write to it. */
export function startStreams(options: { dataDirectory?: string; allowed?: boolean } = {}) {
  const { dataDirectory, allowed = true } = options;
  const clock = new ManualClock();
  const endpoint = () => "http://127.0.0.1:4566";
  const cloud = new Cloud({ region: "eu-west-1", clock: () => clock, endpoint, dataDirectory });
  cloud.buckets.create(bucket);
  cloud.permissions.addRole(writer);
  const allow = () => cloud.permissions.setRolePolicy(writer, "write", writing);
  if (allowed) allow();
  return {
    cloud,
    clock,
    allow,
    create: (settings: Partial<DeliveryStream> = {}) =>
      cloud.streams.create({
        name: "events",
        roleArn: writer,
        bucketArn: `arn:aws:s3:::${bucket}`,
        prefix: "",
        bufferingSeconds: 300,
        bufferingMebibytes: 5,
        compression: "UNCOMPRESSED",
        ...settings,
      }),
    put: (arn: string, text: string, event = "event-1") =>
      cloud.streams.put(arn, { data: Buffer.from(text), event }),
    /** What is in the bucket, by key. */
    objects: () => {
      const { entries } = cloud.buckets.objects.list({ bucket, limit: 1000, versions: false });
      return new Map(
        entries.flatMap((entry) => {
          if (!("object" in entry)) return [];
          const { key } = entry.object;
          const bytes = cloud.buckets.objects.read(entry.object);
          return [[key, (key.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString()] as const];
        }),
      );
    },
    steps: (event: string): Hop[] => cloud.trace.recent().filter((hop) => hop.event === event),
  };
}
