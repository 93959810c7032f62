import { isObject } from "../../../../aws/isObject.ts";
import { validationError } from "../dynamoError.ts";
import type { Engine, Input, Output } from "../engine.ts";
import { itemIn, listIn, member } from "../inputShape.ts";
import { type ItemLocks, itemName, keyOf } from "../itemLocks.ts";
import { reasonOf, transactionCanceled } from "./cancellation.ts";
import { consumedCapacity } from "./consumedCapacity.ts";
import { checkCount } from "./transactItem.ts";

type Attempt = { readonly output: Output; readonly failure?: unknown };

/**
 * `TransactGetItems`: items as they are at one moment.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html
 * @throws AwsError TransactionCanceledException, ValidationException, ResourceNotFoundException
 */
export async function transactGet(engine: Engine, locks: ItemLocks, input: Input): Promise<Output> {
  const requests = listIn(input, "TransactItems");
  checkCount(requests);
  const gets = requests.map(readGet).map((get) => engine.check("GetItem", get));
  const names = await Promise.all(
    gets.map(async (get) => {
      const table = await engine.table(String(get.TableName));
      return itemName(keyOf(itemIn(get, "Key"), table), table) ?? [];
    }),
  );
  return locks.hold(names.flat(), async () => {
    const attempts = await Promise.all(gets.map((get) => attempt(engine, get)));
    const reasons = attempts.map(({ failure }) => reasonOf(failure));
    if (reasons.some(({ Code }) => Code !== "None")) throw transactionCanceled(reasons);
    const outputs = attempts.map(({ output }) => output);
    return {
      Responses: outputs.map(({ Item }) => (Item === undefined ? {} : { Item })),
      ...consumedCapacity(input, "ReadCapacityUnits", outputs),
    };
  });
}

function readGet(request: unknown): Input {
  const get = member(request, "Get");
  if (!isObject(get)) throw validationError("TransactItems can only contain Get");
  return { ...get, ConsistentRead: true };
}

async function attempt(engine: Engine, get: Record<string, unknown>): Promise<Attempt> {
  try {
    return { output: await engine.run("GetItem", { ...get, ReturnConsumedCapacity: "INDEXES" }) };
  } catch (failure) {
    return { output: {}, failure };
  }
}
