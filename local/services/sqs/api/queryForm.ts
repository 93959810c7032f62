import { readParameters } from "../../../protocol/queryParameters.ts";
import type { XmlContent } from "../../../protocol/xml.ts";

/**
 * SQS in the query protocol, which SDKs spoke until the end of 2023: its lists and maps are flattened, under
 * names of their own. The operations know the names of today.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */
type Fields = Readonly<Record<string, unknown>>;

/** What a flattened name stands for: a list, or a map whose entries are pairs of that key's name and `Value`. */
type Flattened = { readonly member: string; readonly key?: "Name" | "Key" };

const inputs: Readonly<Record<string, Flattened>> = {
  Attribute: { member: "Attributes", key: "Name" },
  AttributeName: { member: "AttributeNames" },
  AWSAccountId: { member: "AWSAccountIds" },
  ActionName: { member: "Actions" },
  ChangeMessageVisibilityBatchRequestEntry: { member: "Entries" },
  DeleteMessageBatchRequestEntry: { member: "Entries" },
  MessageAttribute: { member: "MessageAttributes", key: "Name" },
  MessageAttributeName: { member: "MessageAttributeNames" },
  MessageSystemAttribute: { member: "MessageSystemAttributes", key: "Name" },
  MessageSystemAttributeName: { member: "MessageSystemAttributeNames" },
  SendMessageBatchRequestEntry: { member: "Entries" },
  TagKey: { member: "TagKeys" },
  Tags: { member: "Tags", key: "Key" },
};

/** The members themselves: SDKs send an empty one as an empty text. */
const members = new Map(Object.values(inputs).map(({ member, key }) => [member, key]));

const integers = new Set([
  "DelaySeconds",
  "MaxNumberOfMessages",
  "MaxNumberOfMessagesPerSecond",
  "MaxResults",
  "VisibilityTimeout",
  "WaitTimeSeconds",
]);

/** The action that parameters name, and its input as the operations take it. */
export function readQuery(parameters: Iterable<readonly [string, string]>): {
  readonly action: string | undefined;
  readonly input: Fields;
} {
  const { Action, Version, ...given } = readParameters(parameters);
  const action = typeof Action === "string" ? Action : undefined;
  // The only two operations with a member of the same kind call it differently.
  const tags = action === "CreateQueue" ? "tags" : "Tags";
  return { action, input: readMembers(given, { ...inputs, Tag: { member: tags, key: "Key" } }) };
}

function readMembers(given: Fields, names: Readonly<Record<string, Flattened>>): Fields {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const flattened = Object.hasOwn(names, name) ? names[name] : undefined;
      if (flattened !== undefined)
        return [flattened.member, readFlattened(value, flattened, names)];
      if (value === "" && members.has(name)) return [name, members.get(name) ? {} : []];
      return [name, integers.has(name) ? readInteger(value) : value];
    }),
  );
}

function readFlattened(
  value: unknown,
  { key }: Flattened,
  names: Readonly<Record<string, Flattened>>,
): unknown {
  const items = numbered(value);
  if (key === undefined) {
    return items.map((item) => (isFields(item) ? readMembers(item, names) : item));
  }
  return Object.fromEntries(
    items.filter(isFields).map((item) => [String(item[key] ?? ""), item.Value]),
  );
}

/** `Attribute.1.Name`, `Attribute.2.Name`, ...; a single one may go without a number. */
function numbered(value: unknown): readonly unknown[] {
  if (!isFields(value)) return [value];
  const entries = Object.entries(value);
  if (!entries.every(([name]) => /^\d+$/.test(name))) return [value];
  return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => item);
}

/** What is no number is left for the operation to refuse. */
function readInteger(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
}

type Content = XmlContent | readonly XmlContent[];

/** The output as it stands in the XML document of an action. */
export function queryOutput(action: string, output: object): Record<string, Content> {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => written(action, name, value)),
  );
}

function written(action: string, name: string, value: unknown): [string, Content] {
  switch (name) {
    case "Attributes":
      return ["Attribute", pairs(action, value, "Name")];
    case "MessageAttributes":
      return ["MessageAttribute", pairs(action, value, "Name")];
    case "Tags":
      return ["Tag", pairs(action, value, "Key")];
    case "Messages":
      return ["Message", contentOf(action, value)];
    case "QueueUrls":
    case "queueUrls":
      return ["QueueUrl", contentOf(action, value)];
    case "Successful":
    case "Results":
      return [`${action}ResultEntry`, contentOf(action, value)];
    case "Failed":
      return ["BatchResultErrorEntry", contentOf(action, value)];
    default:
      return [name, contentOf(action, value)];
  }
}

function pairs(action: string, value: unknown, key: "Name" | "Key"): Content {
  if (!isFields(value)) return undefined;
  return Object.entries(value).map(
    ([name, item]): XmlContent => ({
      [key]: name,
      Value: contentOf(action, item),
    }),
  );
}

function contentOf(action: string, value: unknown): Content {
  if (Array.isArray(value)) return value.map((item) => itemOf(action, item));
  return itemOf(action, value);
}

function itemOf(action: string, value: unknown): XmlContent {
  if (isFields(value)) return queryOutput(action, value);
  return value === undefined || value === null ? undefined : String(value);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
