import { eventTypeCovers } from "./s3Events.ts";

/** An event type of S3's notifications as EventBridge has it. */
export type BusEventType = {
  /** Without `s3:`. */
  readonly event: string;
  readonly detailType: string;
  /** The call or the lifecycle rule that caused it. */
  readonly reason?: string;
  /** Of a deletion: whether the object is gone, or has a marker. */
  readonly deletion?: string;
};

const expired = "Lifecycle Expiration";
const permanently = "Permanently Deleted";
const marked = "Delete Marker Created";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
const busEventTypes: readonly BusEventType[] = [
  { event: "ObjectCreated:Put", detailType: "Object Created", reason: "PutObject" },
  { event: "ObjectCreated:Post", detailType: "Object Created", reason: "POST Object" },
  { event: "ObjectCreated:Copy", detailType: "Object Created", reason: "CopyObject" },
  {
    event: "ObjectCreated:CompleteMultipartUpload",
    detailType: "Object Created",
    reason: "CompleteMultipartUpload",
  },
  deleted("ObjectRemoved:Delete", "DeleteObject", permanently),
  deleted("ObjectRemoved:DeleteMarkerCreated", "DeleteObject", marked),
  deleted("LifecycleExpiration:Delete", expired, permanently),
  deleted("LifecycleExpiration:DeleteMarkerCreated", expired, marked),
  { event: "ObjectRestore:Post", detailType: "Object Restore Initiated" },
  { event: "ObjectRestore:Completed", detailType: "Object Restore Completed" },
  { event: "ObjectRestore:Delete", detailType: "Object Restore Expired" },
  { event: "LifecycleTransition", detailType: "Object Storage Class Changed" },
  { event: "IntelligentTiering", detailType: "Object Access Tier Changed" },
  { event: "ObjectAcl:Put", detailType: "Object ACL Updated" },
  { event: "ObjectTagging:Put", detailType: "Object Tags Added" },
  { event: "ObjectTagging:Delete", detailType: "Object Tags Deleted" },
];

function deleted(event: string, reason: string, deletion: string): BusEventType {
  return { event, detailType: "Object Deleted", reason, deletion };
}

/** @param event such as `ObjectCreated:Put` @throws Error for one that S3 does not send to EventBridge */
export function busEventType(event: string): BusEventType {
  const type = busEventTypes.find((each) => each.event === event);
  if (type === undefined) throw new Error(`S3 does not send ${event} to EventBridge`);
  return type;
}

/** @returns the event type, such as `ObjectCreated:Put`; undefined if S3 documents no such combination */
export function eventOnBus(event: {
  readonly detailType: string;
  readonly reason: string | undefined;
  readonly deletion: string | undefined;
}): string | undefined {
  return busEventTypes.find(
    ({ detailType, reason, deletion }) =>
      detailType === event.detailType && reason === event.reason && deletion === event.deletion,
  )?.event;
}

/** Whether S3 sends events of a type, such as `s3:ObjectCreated:*`, to EventBridge. */
export function isOnBus(eventType: string): boolean {
  return busEventTypes.some(({ event }) => eventTypeCovers(eventType, `s3:${event}`));
}

/** The events of a bucket that a pattern matches. */
export type BusEventFilter = {
  readonly bucket: string;
  /** Such as `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  /** @default every key */
  readonly prefix?: string | undefined;
  readonly suffix?: string | undefined;
};

/** The pattern of EventBridge that matches the events of a bucket. */
export function s3EventPattern({ bucket, events, prefix, suffix }: BusEventFilter) {
  const covered = busEventTypes.filter(({ event }) =>
    events.some((type) => eventTypeCovers(type, `s3:${event}`)),
  );
  const key = keyValue(prefix, suffix);
  return {
    source: ["aws.s3"],
    "detail-type": [...new Set(covered.map(({ detailType }) => detailType))],
    detail: {
      bucket: { name: [bucket] },
      ...(key !== undefined && { object: { key: [key] } }),
      ...causes(covered),
    },
  };
}

/** Keys in the events of EventBridge are not encoded. */
function keyValue(prefix = "", suffix = ""): string | object | undefined {
  if (prefix !== "" && suffix !== "") {
    return { wildcard: `${escaped(prefix)}*${escaped(suffix)}` };
  }
  if (prefix !== "") return { prefix };
  return suffix === "" ? undefined : { suffix };
}

function escaped(text: string): string {
  return text.replace(/[*\\]/g, (character) => `\\${character}`);
}

type Cause = Readonly<Record<string, readonly (string | object)[]>>;

/** The conditions on what caused the events: none if the pattern has all events of its detail types. */
function causes(covered: readonly BusEventType[]): object {
  const types = [...Map.groupBy(covered, ({ detailType }) => detailType)];
  const isWhole = types.every(
    ([type, own]) =>
      own.length === busEventTypes.filter(({ detailType }) => detailType === type).length,
  );
  if (isWhole) return {};
  const distinct = types.flatMap(([, own]) => causesOfType(own));
  const [only, ...others] = distinct;
  return others.length === 0 ? { ...only } : { $or: distinct };
}

/** Of one detail type: a condition for each combination of reason and way of deletion. */
function causesOfType(own: readonly BusEventType[]): Cause[] {
  if (own.every(({ reason }) => reason === undefined)) return [{ reason: [{ exists: false }] }];
  if (own.every(({ deletion }) => deletion === undefined)) {
    return [{ reason: own.flatMap(({ reason }) => reason ?? []) }];
  }
  return [...Map.groupBy(own, ({ reason = "" }) => reason)].map(([reason, same]) => ({
    reason: [reason],
    ...(same.length === 1 && { "deletion-type": same.flatMap(({ deletion }) => deletion ?? []) }),
  }));
}
