import { expect } from "chai";
import { compilePattern } from "../../../../../aws/eventPattern.ts";
import { s3EventPattern } from "../../../../../aws/s3BusEvents.ts";
import { readObjectChanges } from "../../../../../handlers/lib/objectChanges/readObjectChanges.ts";
import { busEvent } from "../../../../../local/services/s3/notification/busEvent.ts";
import type { EventName } from "../../../../../local/services/s3/notification/change.ts";
import {
  eventBridgeRule,
  matchingRules,
} from "../../../../../local/services/s3/notification/rules.ts";
import { byOwner } from "../../../../../local/services/s3/requester.ts";

const bucket = {
  name: "photos",
  arn: "arn:aws:s3:::photos",
  created: 0,
  versioning: "Disabled",
  notification: [eventBridgeRule("eu-west-1")],
} as const;

const names: readonly EventName[] = [
  "ObjectCreated:Put",
  "ObjectCreated:Post",
  "ObjectCreated:Copy",
  "ObjectCreated:CompleteMultipartUpload",
  "ObjectAcl:Put",
  "ObjectTagging:Put",
  "ObjectTagging:Delete",
  "ObjectRemoved:Delete",
  "ObjectRemoved:DeleteMarkerCreated",
];

describe("the events of a bucket in EventBridge", () => {
  for (const eventName of names) {
    it(`match the pattern for ${eventName}, and no other`, () => {
      expect(matchingRules(bucket.notification, eventName, "cat")).to.have.lengthOf(1);
      const change = { bucket, eventName, key: "cat", sequence: 1, requester: byOwner() };
      const { detailType, ...event } = busEvent(change);
      const matching = names.filter((name) => {
        const pattern = s3EventPattern({ bucket: "photos", events: [`s3:${name}`] });
        return compilePattern(pattern)({ ...event, "detail-type": detailType });
      });
      expect(matching).to.deep.equal([eventName]);
    });
  }

  for (const eventName of names) {
    it(`of ${eventName} are read by handlers under that name`, () => {
      const change = { bucket, eventName, key: "a +b", sequence: 1, requester: byOwner() };
      const { detailType, ...event } = busEvent(change);
      const envelope = { ...event, "detail-type": detailType, time: "2026-01-01T00:00:00Z" };
      const [read] = readObjectChanges(JSON.stringify(envelope));
      expect(read).to.include({ eventName, bucket: "photos", key: "a +b" });
    });
  }
});
