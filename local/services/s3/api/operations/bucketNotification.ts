import { randomUUID } from "node:crypto";
import { notSupported } from "../../../../protocol/awsError.ts";
import {
  childOf,
  childrenOf,
  parseXml,
  textOf,
  type XmlContent,
  type XmlElement,
} from "../../../../protocol/xml.ts";
import {
  eventBridgeRule,
  type NotificationRule,
  type NotificationTarget,
  targetOf,
} from "../../notification/rules.ts";
import { invalidArgument, malformedXml } from "../../s3Error.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onBucket } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const getBucketNotification: S3Operation = {
  name: "GetBucketNotificationConfiguration",
  method: "GET",
  of: "bucket",
  selectedBy: ["notification"],
  permissions: (request) => [onBucket("s3:GetBucketNotification", request)],
  run: ({ bucket }, { buckets }) =>
    xmlReply("NotificationConfiguration", configurations(buckets.get(bucket).notification)),
};

/** `true` accepts destinations without trying them. */
const skipHeader = "x-amz-skip-destination-validation";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
export const putBucketNotification: S3Operation = {
  name: "PutBucketNotificationConfiguration",
  method: "PUT",
  of: "bucket",
  selectedBy: ["notification"],
  headers: [...payloadHeaders, skipHeader],
  permissions: (request) => [onBucket("s3:PutBucketNotification", request)],
  run(request, { buckets, region }) {
    const root = parseXml(readPayload(request).bytes.toString("utf8"));
    if (root?.name !== "NotificationConfiguration") throw malformedXml();
    const other = root.children.find(
      ({ name }) => name !== eventBridge && !kinds.some((kind) => name === `${kind}Configuration`),
    );
    if (other !== undefined) throw notSupported(`${other.name} of a bucket's notifications`);
    const rules = kinds.flatMap((kind) =>
      childrenOf(root, `${kind}Configuration`).map((element) => readRule(kind, element)),
    );
    const toEventBridge = childOf(root, eventBridge) ? [eventBridgeRule(region)] : [];
    const skips = request.headers[skipHeader]?.toLowerCase() === "true";
    buckets.setNotification(
      request.bucket,
      [...rules, ...toEventBridge],
      request.requester,
      skips ? "untried" : "tried",
    );
    return emptyReply(200);
  },
};

/** The names of rules' elements begin with what they lead to, which is an element in them as well. */
const kinds = ["Topic", "Queue", "CloudFunction"] as const;

const eventBridge = "EventBridgeConfiguration";

type Kind = (typeof kinds)[number];

function configurations(rules: readonly NotificationRule[]): XmlContent {
  const elements = kinds.map((kind) => {
    const own = rules.filter((rule) => targetOf(rule).kind === kind);
    return [`${kind}Configuration`, own.map(ruleElement)] as const;
  });
  const isToEventBridge = rules.some((rule) => "eventBusArn" in rule);
  return { ...Object.fromEntries(elements), ...(isToEventBridge && { [eventBridge]: "" }) };
}

function ruleElement(rule: NotificationRule): XmlContent {
  const { id, events, prefix, suffix } = rule;
  const { kind, arn } = targetOf(rule);
  const filters = [
    ...(prefix === undefined ? [] : [{ Name: "Prefix", Value: prefix }]),
    ...(suffix === undefined ? [] : [{ Name: "Suffix", Value: suffix }]),
  ];
  return {
    Id: id,
    [kind]: arn,
    Event: events,
    ...(filters.length > 0 && { Filter: { S3Key: { FilterRule: filters } } }),
  };
}

function readRule(kind: Kind, element: XmlElement): NotificationRule {
  const arn = textOf(element, kind);
  if (arn === undefined) throw malformedXml();
  return {
    id: textOf(element, "Id") ?? randomUUID(),
    ...readTarget(kind, arn),
    events: childrenOf(element, "Event").map(({ text }) => text),
    ...readFilter(element),
  };
}

function readTarget(kind: Kind, arn: string): NotificationTarget {
  if (kind === "Topic") return { topicArn: arn };
  return kind === "Queue" ? { queueArn: arn } : { functionArn: arn };
}

function readFilter(element: XmlElement): Pick<NotificationRule, "prefix" | "suffix"> {
  const filter = childOf(element, "Filter");
  const key = filter && childOf(filter, "S3Key");
  const filters: { prefix?: string; suffix?: string } = {};
  for (const rule of key ? childrenOf(key, "FilterRule") : []) {
    const name = textOf(rule, "Name")?.toLowerCase();
    const value = textOf(rule, "Value");
    if (!name || value === undefined) throw malformedXml();
    if (name !== "prefix" && name !== "suffix") {
      const message = "filter rule name must be either prefix or suffix";
      throw invalidArgument(message, "FilterRule.Name", textOf(rule, "Name") ?? name);
    }
    if (name in filters) {
      const message = `Cannot specify more than one ${name} rule in a filter.`;
      throw invalidArgument(message, "FilterRule.Name", name);
    }
    filters[name] = value;
  }
  return filters;
}
