import * as v from "valibot";
import { notSupported } from "../../protocol/awsError.ts";
import { validationError } from "./dynamoError.ts";
import type { Input } from "./engine.ts";
import { member } from "./inputShape.ts";
import { readStreamSpecification, type StreamChange } from "./streams/streamSpecification.ts";
import type { Description } from "./tableDescription.ts";

const capacityUnits = v.pipe(v.number(), v.integer(), v.minValue(1));

const members = {
  TableName: v.string(),
  BillingMode: v.optional(v.picklist(["PROVISIONED", "PAY_PER_REQUEST"])),
  DeletionProtectionEnabled: v.optional(v.boolean()),
  ProvisionedThroughput: v.optional(
    v.object({ ReadCapacityUnits: capacityUnits, WriteCapacityUnits: capacityUnits }),
  ),
  StreamSpecification: v.optional(v.unknown()),
  TableClass: v.optional(v.picklist(["STANDARD", "STANDARD_INFREQUENT_ACCESS"])),
};

const schema = v.object(members);

export type TableUpdate = Omit<v.InferOutput<typeof schema>, "StreamSpecification"> & {
  readonly stream: StreamChange | undefined;
};

/**
 * The input of `UpdateTable`, checked as far as it can be without the table.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 *
 * @throws AwsError NotImplemented, ValidationException
 */
export function readTableUpdate(input: Input): TableUpdate {
  const given = Object.keys(input).filter((name) => input[name] !== undefined);
  const unknown = given.find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) throw notSupported(`${unknown} of DynamoDB's UpdateTable`);
  const { success, output, issues } = v.safeParse(schema, input);
  if (!success) {
    const [{ message }] = issues;
    throw validationError(`Value at '${v.getDotPath(issues[0])}' is invalid: ${message}`);
  }
  if (given.length < 2) {
    throw validationError(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required",
    );
  }
  const { StreamSpecification: stream, ...update } = output;
  if (stream !== undefined && update.ProvisionedThroughput !== undefined) {
    throw invalidValues("You cannot modify stream status while updating table IOPS");
  }
  return { ...update, stream: readStreamSpecification(stream) };
}

/**
 * What is to be stored of the table from now on. Throughput has no effect here.
 *
 * @param now in milliseconds since 1970
 * @throws AwsError ValidationException
 */
export function updatedTable(table: Description, update: TableUpdate, now: number): Description {
  const { DeletionProtectionEnabled, TableClass } = update;
  return {
    ...table,
    ...throughputOf(table, update, now),
    ...(DeletionProtectionEnabled !== undefined && { DeletionProtectionEnabled }),
    ...(TableClass !== undefined && { TableClassSummary: { TableClass } }),
  };
}

function throughputOf(table: Description, update: TableUpdate, now: number): Description {
  const { BillingMode: wanted, ProvisionedThroughput: throughput } = update;
  const current = member(table.BillingModeSummary, "BillingMode") ?? "PROVISIONED";
  const mode = wanted ?? current;
  if (mode === "PAY_PER_REQUEST" && throughput !== undefined) {
    throw invalidValues(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  }
  if (wanted === "PROVISIONED" && throughput === undefined) {
    throw invalidValues("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  }
  const changed = wanted !== undefined && wanted !== current;
  const summary = {
    BillingMode: mode,
    ...(mode === "PAY_PER_REQUEST" && { LastUpdateToPayPerRequestDateTime: now / 1000 }),
  };
  if (mode === "PAY_PER_REQUEST") {
    if (!changed) return {};
    return { BillingModeSummary: summary, ProvisionedThroughput: capacity(0, 0) };
  }
  if (throughput === undefined) return {};
  requireChange(table.ProvisionedThroughput, throughput);
  const { ReadCapacityUnits, WriteCapacityUnits } = throughput;
  return {
    ProvisionedThroughput: capacity(ReadCapacityUnits, WriteCapacityUnits),
    ...(changed && { BillingModeSummary: summary }),
  };
}

function capacity(ReadCapacityUnits: number, WriteCapacityUnits: number) {
  return { NumberOfDecreasesToday: 0, ReadCapacityUnits, WriteCapacityUnits };
}

function requireChange(
  current: unknown,
  wanted: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number },
): void {
  const names = ["ReadCapacityUnits", "WriteCapacityUnits"] as const;
  if (names.some((name) => member(current, name) !== wanted[name])) return;
  const values = names.map(
    (name) =>
      `Current ${name} provisioned for the table: ${wanted[name]}. Requested ${name}: ${wanted[name]}.`,
  );
  throw validationError(
    `The provisioned throughput for the table will not change. The requested value equals the current value. ${values.join(" ")} Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
}

function invalidValues(problem: string) {
  return validationError(`One or more parameter values were invalid: ${problem}`);
}
