import { isObject } from "../../../aws/isObject.ts";
import { listIn, member, recordIn } from "./inputShape.ts";
import type { StreamViewType } from "./interface.ts";

export type Description = Readonly<Record<string, unknown>>;

/** What a table's description says of its stream. */
type DescribedStream = {
  readonly arn: string;
  readonly label: string;
  readonly view: StreamViewType;
};

/** A table as `CreateTable` answers, from what is stored of it. */
export function describeTable(table: Description, stream: DescribedStream | undefined) {
  return {
    ...table,
    DeletionProtectionEnabled: table.DeletionProtectionEnabled === true,
    ...(stream !== undefined && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
      LatestStreamArn: stream.arn,
      LatestStreamLabel: stream.label,
    }),
  };
}

/** Of a table that is billed by request. */
const warmOnDemand = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000 };

/**
 * The description with the throughput that AWS holds ready, which `CreateTable` does not say.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
export function withWarmThroughput(table: Description): Description {
  const indexes = listIn(table, "GlobalSecondaryIndexes");
  return {
    ...table,
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        ...(isObject(index) && index),
        WarmThroughput: warmThroughput(index),
      })),
    }),
    WarmThroughput: warmThroughput(table),
  };
}

function warmThroughput(described: unknown): Description {
  const provisioned = recordIn(described, "ProvisionedThroughput");
  const units = {
    ReadUnitsPerSecond: provisioned.ReadCapacityUnits,
    WriteUnitsPerSecond: provisioned.WriteCapacityUnits,
  };
  const onDemand = member(provisioned, "ReadCapacityUnits") === 0;
  return { ...(onDemand ? warmOnDemand : units), Status: "ACTIVE" };
}
