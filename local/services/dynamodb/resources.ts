import * as v from "valibot";
import {
  optionalFlag,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

const index = v.strictObject({
  name: v.string(),
  hashKey: v.string(),
  rangeKey: optionalText,
  projectionType: v.picklist(["ALL", "KEYS_ONLY"]),
});

export const dynamodb: Readonly<Record<string, ResourceType>> = {
  "aws:dynamodb/table:Table": resourceType(
    {
      name: optionalText,
      hashKey: v.string(),
      rangeKey: optionalText,
      attributes: v.array(v.strictObject({ name: v.string(), type: v.string() })),
      billingMode: v.literal("PAY_PER_REQUEST"),
      globalSecondaryIndexes: v.optional(v.array(index), []),
      ttl: v.optional(v.strictObject({ attributeName: v.string(), enabled: optionalFlag })),
      pointInTimeRecovery: v.optional(v.strictObject({ enabled: v.boolean() })),
      serverSideEncryption: v.optional(v.strictObject({ enabled: v.boolean() })),
      tags,
    },
    async (cloud, logicalName, inputs) => {
      const { name = logicalName, hashKey, rangeKey, ttl } = inputs;
      const { arn } = await cloud.tables.create({
        name,
        hashKey,
        rangeKey,
        attributes: Object.fromEntries(inputs.attributes.map((each) => [each.name, each.type])),
        globalSecondaryIndexes: inputs.globalSecondaryIndexes.map(
          ({ projectionType, ...keys }) => ({
            ...keys,
            projection: projectionType,
          }),
        ),
        timeToLiveAttribute: ttl?.attributeName,
      });
      return { id: name, outputs: { name, arn } };
    },
  ),

  "aws:dynamodb/tableItem:TableItem": resourceType(
    {
      tableName: v.string(),
      hashKey: v.string(),
      rangeKey: optionalText,
      item: v.pipe(v.string(), v.parseJson()),
    },
    async (cloud, logicalName, { tableName, item }) => {
      await cloud.tables.seed(tableName, v.parse(itemSchema, item));
      return { id: logicalName };
    },
  ),
};

/** DynamoDB's own JSON: `{ "sku": { "S": "chair" } }`. */
const itemSchema = v.record(v.string(), v.record(v.string(), v.any()));
