import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { deny, listObjects, onObjects, onTable } from "../shared/permissions.ts";
import { createBucket, createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** A file is uploaded to S3; three consumers process it, each from its own queue. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { forceDestroy, protect, logRetentionDays, maxConcurrency } = settings;
  const bucket = new UploadBucket("uploads", { versioned: true, forceDestroy }, { protect });
  const results = createBucket("thumbnails", settings);
  const catalog = createTable("catalog", "key", settings);

  const topic = new FanoutTopic("uploads", {
    ...settings.topicArgs,
    sources: [{ bucket, events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"] }],
    consumers: [
      {
        name: "thumbnail",
        maxConcurrency,
        batchSize: 5,
        handler: {
          entry: "handlers/uploads/thumbnail.ts",
          // Decoding a photo of 25 megapixels needs half of it.
          memoryMb: 1536,
          timeoutSeconds: 60,
          logRetentionDays,
          environment: { THUMBNAILS_BUCKET: results.id },
          permissions: [
            onObjects(bucket.bucket, ["GetObject"]),
            listObjects(bucket.bucket),
            onObjects(results, ["PutObject", "DeleteObject"]),
            // An upload with a key such as audit/... must not overwrite the records there.
            deny(onObjects(results, ["PutObject", "DeleteObject"], "audit/")),
          ],
        },
      },
      {
        name: "catalog",
        maxConcurrency,
        handler: {
          entry: "handlers/uploads/catalog.ts",
          timeoutSeconds: 10,
          logRetentionDays,
          environment: { CATALOG_TABLE: catalog.name },
          permissions: [
            onObjects(bucket.bucket, ["GetObject"]),
            listObjects(bucket.bucket),
            onTable(catalog, "PutItem", "DeleteItem"),
          ],
        },
      },
      {
        name: "audit",
        maxConcurrency,
        handler: {
          entry: "handlers/uploads/audit.ts",
          timeoutSeconds: 10,
          logRetentionDays,
          environment: { AUDIT_BUCKET: results.id },
          permissions: [onObjects(results, ["PutObject"], "audit/")],
        },
      },
    ],
  });
  return {
    ...topicOutputs(topic),
    bucket: bucket.bucket.id,
    thumbnails: results.id,
    catalogTable: catalog.name,
  };
}
