import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import { oneOf } from "../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  json,
  list,
  listed,
  number,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { listIn, member } from "./inputShape.ts";
import type { StreamViewType } from "./interface.ts";
import type { IndexDefinition, TableDefinition } from "./tableDefinition.ts";

const unmetered = "local tables have no limits of capacity";
const projectionType = text({ required: true, check: oneOf("ALL", "INCLUDE", "KEYS_ONLY") });

const globalIndex = object({
  name: text(required),
  hashKey: text(required),
  rangeKey: text(),
  projectionType,
  nonKeyAttributes: list(text()),
  readCapacity: listed(number({ computed: true }), unmetered),
  writeCapacity: listed(number({ computed: true }), unmetered),
});

const localIndex = object({
  name: text(required),
  rangeKey: text(required),
  projectionType,
  nonKeyAttributes: list(text()),
});

const tableInputs = {
  attributes: list(
    object({ name: text(required), type: text({ required: true, check: oneOf("B", "N", "S") }) }),
  ),
  billingMode: listed(
    text({ default: "PROVISIONED", check: oneOf("PROVISIONED", "PAY_PER_REQUEST") }),
    unmetered,
  ),
  deletionProtectionEnabled: flag({ default: false }),
  globalSecondaryIndexes: list(globalIndex),
  hashKey: text(requiredReplaces),
  localSecondaryIndexes: list(localIndex, replaces),
  name: text(replaces),
  pointInTimeRecovery: listed(anything({ computed: true }), "tables are backed up on AWS only"),
  rangeKey: text(replaces),
  readCapacity: listed(number({ computed: true }), unmetered),
  region,
  serverSideEncryption: listed(anything({ computed: true }), "items are encrypted on AWS only"),
  streamEnabled: flag(),
  streamViewType: text({
    computed: true,
    check: oneOf("", "KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"),
  }),
  tableClass: listed(text({ default: "STANDARD" }), "local tables have one class"),
  tags,
  ttl: object({ attributeName: text(), enabled: flag() }, { computed: true }),
  writeCapacity: listed(number({ computed: true }), unmetered),
};

const table = resourceType({
  type: "aws:dynamodb/table:Table",
  inputs: tableInputs,
  name: { input: "name", maximum: 255 },
  computed: ["arn", "streamArn", "streamLabel"],
  changing: ["streamArn", "streamLabel"],
  create: async (cloud, inputs) => {
    await cloud.tables.create(definitionOf(inputs));
    await cloud.tables.streams.set(inputs.name ?? "", viewOf(inputs));
    return inputs.name ?? "";
  },
  update: async (cloud, name, inputs, { before }) => {
    if (sameKeys(inputs, before)) await setTimeToLive(cloud, name, inputs, before);
    else await cloud.tables.create(definitionOf(inputs));
    await cloud.tables.streams.set(name, viewOf(inputs));
  },
  delete: async (cloud, name, { deletionProtectionEnabled }) => {
    if (deletionProtectionEnabled) {
      throw new ProviderError(
        `Resource cannot be deleted as it is currently protected against deletion: set deletionProtectionEnabled of the table ${name} to false first`,
      );
    }
    if (!(await isThere(cloud, name))) return;
    await cloud.tables.call("DeleteTable", { TableName: name });
  },
  read: async (cloud, name) => ((await isThere(cloud, name)) ? describe(cloud, name) : undefined),
  holds: async (cloud, name) => {
    if (!(await isThere(cloud, name))) return undefined;
    const { Count } = await cloud.tables.call("Scan", { TableName: name, Limit: 1 });
    return Count === 0 ? undefined : `table ${name}, with items`;
  },
});

type TableInputs = Values<typeof tableInputs>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html */
function viewOf({ streamEnabled, streamViewType }: TableInputs): StreamViewType | undefined {
  if (!streamEnabled) return undefined;
  switch (streamViewType) {
    case "KEYS_ONLY":
    case "NEW_IMAGE":
    case "OLD_IMAGE":
    case "NEW_AND_OLD_IMAGES":
      return streamViewType;
    default:
      throw new ProviderError(
        "streamViewType: a table with a stream needs the type of the stream's view: KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES",
      );
  }
}

function definitionOf(inputs: TableInputs): TableDefinition {
  const { name = "", hashKey, rangeKey, attributes = [], ttl } = inputs;
  return {
    name,
    hashKey,
    rangeKey,
    attributes: Object.fromEntries(attributes.map((each) => [each.name, each.type])),
    globalSecondaryIndexes: inputs.globalSecondaryIndexes?.map(indexOf),
    localSecondaryIndexes: inputs.localSecondaryIndexes?.map((each) =>
      indexOf({ ...each, hashKey }),
    ),
    timeToLiveAttribute: ttl?.enabled === false ? undefined : ttl?.attributeName,
  };
}

function indexOf(index: {
  readonly name: string;
  readonly hashKey: string;
  readonly rangeKey: string | undefined;
  readonly projectionType: string;
  readonly nonKeyAttributes: readonly string[] | undefined;
}): IndexDefinition {
  const { name, hashKey, rangeKey, projectionType: projection, nonKeyAttributes = [] } = index;
  return { name, hashKey, rangeKey, projection: projectionOf(projection, nonKeyAttributes) };
}

function projectionOf(type: string, others: readonly string[]): IndexDefinition["projection"] {
  return type === "ALL" || type === "KEYS_ONLY" ? type : others;
}

function sameKeys(a: TableInputs, b: TableInputs): boolean {
  const keys = (inputs: TableInputs) => {
    const { timeToLiveAttribute: _, ...rest } = definitionOf(inputs);
    return JSON.stringify(rest);
  };
  return keys(a) === keys(b);
}

async function setTimeToLive(
  { tables }: Cloud,
  name: string,
  { ttl: after }: TableInputs,
  { ttl: before }: TableInputs,
): Promise<void> {
  const attribute = after?.enabled === false ? undefined : after?.attributeName;
  const old = before?.enabled === false ? undefined : before?.attributeName;
  if (attribute === old) return;
  const TimeToLiveSpecification = {
    AttributeName: attribute ?? old,
    Enabled: attribute !== undefined,
  };
  await tables.call("UpdateTimeToLive", { TableName: name, TimeToLiveSpecification });
}

async function isThere({ tables }: Cloud, name: string): Promise<boolean> {
  return (await tables.list()).includes(name);
}

async function describe({ tables }: Cloud, name: string): Promise<PropertyMap> {
  const { Table } = await tables.call("DescribeTable", { TableName: name });
  const keys = v.parse(keySchema, listIn(Table, "KeySchema"));
  const attributes = v.parse(attributeSchema, listIn(Table, "AttributeDefinitions"));
  const key = (type: string) => keys.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const rangeKey = key("RANGE");
  const stream = await tables.streams.of(name);
  return {
    arn: tables.arn(name),
    name,
    hashKey: key("HASH") ?? "",
    ...(rangeKey !== undefined && { rangeKey }),
    attributes: attributes.map((each) => ({ name: each.AttributeName, type: each.AttributeType })),
    streamArn: stream?.arn ?? "",
    streamLabel: stream?.label ?? "",
    streamEnabled: stream !== undefined,
    streamViewType: stream?.view ?? "",
  };
}

const keySchema = v.array(v.object({ AttributeName: v.string(), KeyType: v.string() }));
const attributeSchema = v.array(v.object({ AttributeName: v.string(), AttributeType: v.string() }));

const tableItem = resourceType({
  type: "aws:dynamodb/tableItem:TableItem",
  inputs: {
    hashKey: text(requiredReplaces),
    item: json(required),
    rangeKey: text(replaces),
    region,
    tableName: text(requiredReplaces),
  },
  create: async (cloud, { tableName, item }, making) => {
    await cloud.tables.seed(tableName, itemOf(item));
    return making.id(() => `${tableName}|${making.name}`);
  },
  update: async (cloud, _id, { tableName, item, hashKey, rangeKey }, { before }) => {
    const oldKey = keyOf(before.item, hashKey, rangeKey);
    if (JSON.stringify(oldKey) !== JSON.stringify(keyOf(item, hashKey, rangeKey))) {
      await cloud.tables.call("DeleteItem", { TableName: tableName, Key: oldKey });
    }
    await cloud.tables.call("PutItem", { TableName: tableName, Item: itemOf(item) });
  },
  delete: async (cloud, _id, { tableName, item, hashKey, rangeKey }) => {
    if (!(await isThere(cloud, tableName))) return;
    const Key = keyOf(item, hashKey, rangeKey);
    await cloud.tables.call("DeleteItem", { TableName: tableName, Key });
  },
});

/** DynamoDB's own JSON: `{ "sku": { "S": "chair" } }`. */
const itemSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(v.string(), v.record(v.string(), v.any())),
);

function itemOf(text: string): v.InferOutput<typeof itemSchema> {
  return v.parse(itemSchema, text);
}

function keyOf(item: string, hashKey: string, rangeKey: string | undefined) {
  const names = [hashKey, ...(rangeKey === undefined ? [] : [rangeKey])];
  return Object.fromEntries(names.map((name) => [name, member(itemOf(item), name)]));
}

export const dynamodb: readonly ResourceType[] = [table, tableItem];
