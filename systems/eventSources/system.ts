import * as aws from "@pulumi/aws";
import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { noteHandler } from "../shared/noteHandler.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * A topic that a bucket, EventBridge and a schedule publish to, and a second topic that gets other objects of the
 * same bucket.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { forceDestroy, protect } = settings;
  const notes = createTable("event-sources-notes", "id", settings);
  const bucket = new UploadBucket("event-sources", { forceDestroy }, { protect });
  const bus = new aws.cloudwatch.EventBus("shop");

  const topic = new FanoutTopic("event-sources", {
    ...settings.topicArgs,
    sources: [
      { bucket, prefix: "reports/" },
      { name: "removed", bucket, via: "eventBridge", events: ["s3:ObjectRemoved:*"] },
      {
        name: "placed",
        bus: bus.name,
        eventPattern: { source: ["shop"], "detail-type": ["Order Placed"] },
        inputTransformer: {
          paths: { order: "$.detail.order" },
          template: '{ "placed": <order> }',
        },
      },
      { name: "reminder", schedule: "rate(5 minutes)", payload: { remind: "orders" } },
    ],
    consumers: [{ name: "notes", handler: noteHandler("notes", notes, settings) }],
  });
  new FanoutTopic("event-sources-images", {
    ...settings.topicArgs,
    sources: [{ bucket, prefix: "images/" }],
    consumers: [{ name: "images", handler: noteHandler("images", notes, settings) }],
  });
  return {
    ...topicOutputs(topic),
    bucket: bucket.bucket.id,
    bus: bus.name,
    notesTable: notes.name,
  };
}
