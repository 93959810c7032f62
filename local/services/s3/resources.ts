import type { ResourceType } from "../../provider/declaration/resourceType.ts";
import { bucket } from "./resources/bucket.ts";
import { bucketNotification } from "./resources/bucketNotification.ts";
import { bucketObject } from "./resources/bucketObject.ts";
import { bucketSettings } from "./resources/bucketSettings.ts";
import { bucketWebsite } from "./resources/bucketWebsite.ts";

export const s3: readonly ResourceType[] = [
  bucket,
  ...bucketSettings,
  bucketNotification,
  bucketObject,
  bucketWebsite,
];
