import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { listObjects, onObjects, onTable } from "../shared/permissions.ts";
import { createBucket, createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * A photo is uploaded to S3; the topic invokes three functions directly, without queues. Each has two queues
 * for failures: events on which it failed, and messages that SNS could not deliver to it.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { forceDestroy, protect, logRetentionDays } = settings;
  const bucket = new UploadBucket("photos", { forceDestroy }, { protect });
  const resized = createBucket("photos-resized", settings);
  const metadata = createTable("photos-metadata", "key", settings);
  const labels = createTable("photos-labels", "key", settings);

  // Decoding a photo of 25 megapixels needs half of the memory.
  const handler = { memoryMb: 1536, timeoutSeconds: 60, logRetentionDays };
  const read = [onObjects(bucket.bucket, ["GetObject"]), listObjects(bucket.bucket)];
  const topic = new FanoutTopic("photos", {
    ...settings.topicArgs,
    sources: [{ bucket, events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"] }],
    consumers: [
      {
        name: "resize",
        kind: "function",
        handler: {
          ...handler,
          entry: "handlers/photos/resize.ts",
          environment: { RESIZED_BUCKET: resized.id },
          permissions: [...read, onObjects(resized, ["PutObject", "DeleteObject"])],
        },
      },
      {
        name: "metadata",
        kind: "function",
        handler: {
          ...handler,
          entry: "handlers/photos/metadata.ts",
          environment: { METADATA_TABLE: metadata.name },
          permissions: [...read, onTable(metadata, "PutItem", "DeleteItem")],
        },
      },
      {
        name: "labels",
        kind: "function",
        handler: {
          ...handler,
          entry: "handlers/photos/labels.ts",
          environment: { LABELS_TABLE: labels.name },
          permissions: [...read, onTable(labels, "PutItem", "DeleteItem")],
        },
      },
    ],
  });
  return {
    ...topicOutputs(topic),
    bucket: bucket.bucket.id,
    resized: resized.id,
    metadataTable: metadata.name,
    labelsTable: labels.name,
  };
}
