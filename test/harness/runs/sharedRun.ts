import { DescribeTableCommand, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { consoleClient } from "./consoleApi.ts";
import { startTestRun, type TestRun } from "./localRun.ts";
import { itemsIn } from "./sinks.ts";

type Item = Readonly<Record<string, unknown>>;
type Table = {
  readonly name: string;
  readonly keys: readonly string[];
  readonly items: readonly Item[];
};

/** Longer than topics remember deduplication ids. */
const pastDeduplication = 6 * 60_000;
/** Longer than SQS takes between two purges of a queue. */
const pastPurge = 61_000;

/** A run that the tests of a file share, because its start costs more than most of them. */
export type SharedRun = {
  readonly test: TestRun;
  /**
   * Empties queues, outbox and lists, and restores the items of tables. Objects, recorded events and the clock's
   * time stay; a test that changes or deletes resources needs a run of its own.
   */
  reset(): Promise<void>;
};

/** Starts these systems, and waits until the test events of their buckets have been handled. */
export async function startSharedRun(systems: readonly string[]): Promise<SharedRun> {
  const test = await startTestRun(systems);
  await test.settle();
  const tables = await tablesOf(test);
  const { queues } = test.run.cloud;
  return {
    test,
    reset: async () => {
      await test.settle();
      await test.clock.advance(pastDeduplication);
      for (const { arn } of queues.list()) queues.purge(arn);
      await test.clock.advance(pastPurge);
      for (const table of tables) await restore(test, table);
      const { post } = consoleClient(test);
      for (const list of ["failures", "outbox", "faults"]) await post(`clear-${list}`, {});
    },
  };
}

async function tablesOf(test: TestRun): Promise<Table[]> {
  const { dynamodb } = test.clients;
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand({}));
  return Promise.all(
    TableNames.map(async (name) => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: name }));
      const keys = (Table?.KeySchema ?? []).map(({ AttributeName = "" }) => AttributeName);
      return { name, keys, items: await itemsIn(test, name) };
    }),
  );
}

async function restore(test: TestRun, { name, keys, items }: Table): Promise<void> {
  const { dynamodb } = test.clients;
  for (const item of await itemsIn(test, name)) {
    const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
    await dynamodb.send(new DeleteCommand({ TableName: name, Key }));
  }
  for (const Item of items) await dynamodb.send(new PutCommand({ TableName: name, Item }));
}
