import { isObject } from "../../../aws/isObject.ts";
import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import type { Hop } from "../../trace/hop.ts";
import { shortName } from "../../trace/shortName.ts";

/** The longest title, in characters: a line. */
const longestTitle = 160;

/** What entered the cloud, in a line: `placed · orderId o-1001`, `Put photo.png in photos`. */
export function titleOf(hop: Hop): string {
  return plainTitle(hop).slice(0, longestTitle).replaceAll(/\s+/g, " ").trim();
}

function plainTitle(hop: Hop): string {
  switch (hop.kind) {
    case "stored":
      return storedTitle(hop.eventName, hop.key, shortName(hop.to));
    case "published":
      return messageTitle(hop.body, hop.attributes);
    case "sent":
      return hop.summary;
    case "denied":
    case "dropped":
    case "failed":
      return `${hop.kind}: ${hop.reason}`;
    default:
      return `${hop.kind}: ${shortName(hop.to)}`;
  }
}

function storedTitle(eventName: string, key: string, bucket: string): string {
  if (eventName.startsWith("ObjectRemoved:")) return `Delete ${key} from ${bucket}`;
  const [, how = "Put"] = eventName.split(":");
  const verb = how === "CompleteMultipartUpload" ? "Upload" : how;
  return `${verb} ${key} in ${bucket}`;
}

/** Members that say what happened, the most telling first. */
const kinds = [
  "type",
  "event",
  "eventType",
  "event_type",
  "eventName",
  "detail-type",
  "kind",
  "action",
  "operation",
  "job",
  "level",
  "severity",
  "status",
  "title",
  "subject",
];

/** Members that say to what it happened. */
const identifier = /(^id|Id|ID|_id|Key|Number|^key|^email)$/;

/** What happened and to what, by the names that events usually have for it; else the beginning of the text. */
function messageTitle(body: string, attributes: MessageAttributes = {}): string {
  const document = parseJson(body);
  const ofBody = isObject(document) ? scalarsOf(document) : new Map<string, string>();
  const ofAttributes = new Map(
    Object.entries(attributes).flatMap(([name, { stringValue }]) =>
      stringValue === undefined ? [] : [[name, stringValue] as const],
    ),
  );
  if (ofBody.get("Event") === "s3:TestEvent") return `Test event of ${ofBody.get("Bucket")}`;
  const kind = kinds
    .flatMap((name) => [ofAttributes.get(name), ofBody.get(name)])
    .find((value) => value !== undefined);
  const [subject] = [...ofBody, ...ofAttributes].filter(([name]) => identifier.test(name));
  const parts = [kind, subject?.join(" ")].filter((part) => part !== undefined);
  return subject === undefined && !isObject(document) ? body : parts.join(" · ") || body;
}

function scalarsOf(document: Readonly<Record<string, unknown>>): Map<string, string> {
  return new Map(
    Object.entries(document).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [],
    ),
  );
}

/** The longest message that is read for its title, in characters. */
const longestRead = 64 * 1024;

function parseJson(text: string): unknown {
  // Only an object says more than its text, and an error of the parser costs as much as many of them.
  if (text.length > longestRead || !/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A message need not be JSON.
    return undefined;
  }
}
