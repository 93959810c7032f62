import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { DynamoError } from "../../../../../local/services/dynamodb/dynamoError.ts";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { makeTables, stockItem } from "../../../../harness/cloud/tables.ts";

const TableName = "stock";

function take(sku: string, count: number, more: object = {}) {
  return {
    Update: {
      TableName,
      Key: { sku: { S: sku } },
      UpdateExpression: "SET stock = stock - :n",
      ConditionExpression: "stock >= :n",
      ExpressionAttributeValues: { ":n": { N: String(count) } },
      ...more,
    },
  };
}

function give(sku: string, count: number) {
  return {
    Update: {
      TableName,
      Key: { sku: { S: sku } },
      UpdateExpression: "ADD stock :n",
      ExpressionAttributeValues: { ":n": { N: String(count) } },
    },
  };
}

function putOnce(sku: string, stock: number) {
  return {
    Put: {
      TableName,
      Item: stockItem(sku, stock),
      ConditionExpression: "attribute_not_exists(sku)",
    },
  };
}

function remove(sku: string) {
  return { Delete: { TableName, Key: { sku: { S: sku } } } };
}

function exists(sku: string, more: object = {}) {
  const Key = { sku: { S: sku } };
  return {
    ConditionCheck: { TableName, Key, ConditionExpression: "attribute_exists(sku)", ...more },
  };
}

async function makeStock(
  stocks: Readonly<Record<string, number>> = { chair: 5, desk: 1 },
  directory?: string,
) {
  const made = await makeTables(directory);
  for (const [sku, count] of Object.entries(stocks)) await made.put(sku, count);
  const transact = (items: object[], more: object = {}) =>
    made.tables.call("TransactWriteItems", { TransactItems: items, ...more });
  const levels = async () => {
    const { Items } = await made.tables.call("Scan", { TableName });
    const entries = Array.isArray(Items)
      ? Items.map(({ sku, stock }) => [sku.S, Number(stock.N)])
      : [];
    return Object.fromEntries(entries.sort());
  };
  return { ...made, transact, levels };
}

async function errorOf(work: Promise<unknown>): Promise<DynamoError> {
  const error = await failureOf(work);
  if (!(error instanceof DynamoError)) throw error;
  return error;
}

describe("writing transactions", () => {
  it("do all that they say", async () => {
    const { transact, levels } = await makeStock({ chair: 5, desk: 1, lamp: 3 });
    expect(
      await transact([take("chair", 2), putOnce("sofa", 4), remove("lamp"), exists("desk")]),
    ).to.deep.equal({});
    expect(await levels()).to.deep.equal({ chair: 3, desk: 1, sofa: 4 });
  });

  it("do nothing when one condition fails, and say which", async () => {
    const { transact, levels } = await makeStock();
    const error = await errorOf(
      transact([putOnce("sofa", 4), take("desk", 2), remove("chair"), exists("ghost")]),
    );
    expect([error.code, error.status, error.message]).to.deep.equal([
      "TransactionCanceledException",
      400,
      "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, None, ConditionalCheckFailed]",
    ]);
    const failed = { Code: "ConditionalCheckFailed", Message: "The conditional request failed" };
    expect(error.details).to.deep.equal({
      CancellationReasons: [{ Code: "None" }, failed, { Code: "None" }, failed],
    });
    expect(await levels()).to.deep.equal({ chair: 5, desk: 1 });
  });

  it("give the item that failed its condition where that is asked for", async () => {
    const { transact } = await makeStock();
    const asked = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };
    const error = await errorOf(transact([take("desk", 2, asked), exists("ghost", asked)]));
    const failed = { Code: "ConditionalCheckFailed", Message: "The conditional request failed" };
    expect(error.details.CancellationReasons).to.deep.equal([
      { ...failed, Item: stockItem("desk", 1) },
      failed,
    ]);
  });

  it("are cancelled by an item that does not fit its table or its update", async () => {
    const { transact, levels } = await makeStock();
    const wrongKey = { Put: { TableName, Item: { sku: { N: "1" } } } };
    const noNumber = {
      Update: {
        TableName,
        Key: { sku: { S: "desk" } },
        UpdateExpression: "SET stock = absent - :n",
        ExpressionAttributeValues: { ":n": { N: "1" } },
      },
    };
    const error = await errorOf(transact([take("chair", 1), wrongKey, noNumber]));
    expect(error.details.CancellationReasons).to.deep.equal([
      { Code: "None" },
      {
        Code: "ValidationError",
        Message:
          "One or more parameter values were invalid: Type mismatch for key sku expected: S actual: N",
      },
      {
        Code: "ValidationError",
        Message: "The provided expression refers to an attribute that does not exist in the item",
      },
    ]);
    expect(await levels()).to.deep.equal({ chair: 5, desk: 1 });
  });

  it("write entries of indexes with their items, or not at all", async () => {
    const { tables, transact } = await makeStock();
    await tables.create({
      name: "orders",
      hashKey: "id",
      attributes: { id: "S", customer: "S" },
      globalSecondaryIndexes: [{ name: "byCustomer", hashKey: "customer" }],
    });
    const order = (id: string) => ({
      Put: { TableName: "orders", Item: { id: { S: id }, customer: { S: "ada" } } },
    });
    const found = async () => {
      const { Count } = await tables.call("Query", {
        TableName: "orders",
        IndexName: "byCustomer",
        KeyConditionExpression: "customer = :c",
        ExpressionAttributeValues: { ":c": { S: "ada" } },
      });
      return Count;
    };
    await errorOf(transact([order("1"), take("desk", 2)]));
    expect(await found()).to.equal(0);
    await transact([order("1"), take("desk", 1)]);
    expect(await found()).to.equal(1);
  });

  it("are refused whole when they are none", async () => {
    const { transact, levels } = await makeStock();
    const refusal = async (items: object[]) => {
      const { code, message } = await errorOf(transact(items));
      return [code, message];
    };
    const onlyOne = [
      "ValidationException",
      "TransactItems can only contain one of Check, Put, Update or Delete",
    ];
    expect(await refusal([{}])).to.deep.equal(onlyOne);
    expect(await refusal([{ ...take("chair", 1), ...remove("desk") }])).to.deep.equal(onlyOne);
    expect(await refusal([{ Get: {} }])).to.deep.equal(onlyOne);
    expect(await refusal([take("chair", 1), remove("chair")])).to.deep.equal([
      "ValidationException",
      "Transaction request cannot include multiple operations on one item",
    ]);
    expect((await refusal([]))[0]).to.equal("ValidationException");
    const many = Array.from({ length: 101 }, (_, index) => putOnce(`sku ${index}`, 1));
    expect((await refusal(many))[1]).to.contain(
      "Member must have length less than or equal to 100",
    );
    expect((await refusal([take("chair", 1, { TableName: "ghost" })]))[0]).to.equal(
      "ResourceNotFoundException",
    );
    expect((await refusal([take("chair", 1, { ConditionExpression: "stock >" })]))[0]).to.equal(
      "ValidationException",
    );
    expect(await levels()).to.deep.equal({ chair: 5, desk: 1 });
  });

  it("take 100 items, of 4 MB together", async () => {
    const { transact, levels } = await makeStock({});
    await transact(Array.from({ length: 100 }, (_, index) => putOnce(`sku ${index}`, 1)));
    expect(Object.keys(await levels())).to.have.length(100);
    const large = Array.from({ length: 11 }, (_, index) => ({
      Put: { TableName, Item: { sku: { S: `large ${index}` }, text: { S: "x".repeat(390_000) } } },
    }));
    expect((await errorOf(transact(large))).code).to.equal("ValidationException");
    await transact(large.slice(0, 10));
  });

  it("tell what they used: twice what the operations would alone", async () => {
    const { transact } = await makeStock();
    const items = [take("chair", 1), take("desk", 1)];
    expect(await transact(items, { ReturnConsumedCapacity: "TOTAL" })).to.deep.equal({
      ConsumedCapacity: [{ TableName, CapacityUnits: 4, WriteCapacityUnits: 4 }],
    });
  });

  it("are as if one came after the other, however many run at once", async () => {
    const skus = ["a", "b", "c"];
    const sku = fc.constantFrom(...skus);
    const move = fc
      .record({ from: sku, to: sku, count: fc.integer({ min: 1, max: 4 }) })
      .filter(({ from, to }) => from !== to);
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 30 }), async (moves) => {
        const { transact, levels, tables } = await makeStock({ a: 5, b: 5, c: 5 });
        const outcomes = await Promise.allSettled(
          moves.map(({ from, to, count }) => transact([take(from, count), give(to, count)])),
        );
        const expected: Record<string, number> = { a: 5, b: 5, c: 5 };
        for (const [index, { from, to, count }] of moves.entries()) {
          const enough = (expected[from] ?? 0) >= count;
          expect(outcomes[index]?.status).to.equal(enough ? "fulfilled" : "rejected");
          if (!enough) continue;
          expected[from] = (expected[from] ?? 0) - count;
          expected[to] = (expected[to] ?? 0) + count;
        }
        expect(await levels()).to.deep.equal(expected);
        await tables.close();
      }),
      { numRuns: 30 },
    );
  });
});

describe("a transaction's client token", () => {
  const ClientRequestToken = "token-1";

  it("lets it happen once in ten minutes", async () => {
    const { transact, levels, clock } = await makeStock();
    const send = () => transact([take("chair", 1)], { ClientRequestToken });
    await send();
    await send();
    await clock.advance(10 * 60_000 - 1);
    expect(await send()).to.deep.equal({});
    expect(await levels()).to.deep.equal({ chair: 4, desk: 1 });
    await clock.advance(1);
    await send();
    expect(await levels()).to.deep.equal({ chair: 3, desk: 1 });
  });

  it("lets it happen once when it is sent twice at the same time", async () => {
    const { transact, levels } = await makeStock();
    const send = () => transact([take("chair", 1)], { ClientRequestToken });
    await Promise.all([send(), send(), send()]);
    expect(await levels()).to.deep.equal({ chair: 4, desk: 1 });
  });

  it("lets it happen once, whatever the order of the members", async () => {
    const { transact, levels } = await makeStock();
    const { Update } = take("chair", 1);
    const reversed = Object.fromEntries(Object.entries(Update).reverse());
    await transact([{ Update }], { ClientRequestToken });
    await transact([{ Update: reversed }], { ClientRequestToken });
    expect(await levels()).to.deep.equal({ chair: 4, desk: 1 });
  });

  it("counts a transaction that is sent again as a read", async () => {
    const { transact } = await makeStock();
    const more = { ClientRequestToken, ReturnConsumedCapacity: "TOTAL" };
    const units = { TableName, CapacityUnits: 2 };
    expect(await transact([take("chair", 1)], more)).to.deep.equal({
      ConsumedCapacity: [{ ...units, WriteCapacityUnits: 2 }],
    });
    expect(await transact([take("chair", 1)], more)).to.deep.equal({
      ConsumedCapacity: [{ ...units, ReadCapacityUnits: 2 }],
    });
  });

  it("is refused for another transaction", async () => {
    const { transact, levels } = await makeStock();
    await transact([take("chair", 1)], { ClientRequestToken });
    const other = await errorOf(transact([take("chair", 2)], { ClientRequestToken }));
    expect(other.code).to.equal("IdempotentParameterMismatchException");
    expect(await levels()).to.deep.equal({ chair: 4, desk: 1 });
  });

  it("is free again after a transaction that was cancelled", async () => {
    const { transact, levels, put } = await makeStock();
    const send = () => transact([take("desk", 2)], { ClientRequestToken });
    expect((await errorOf(send())).code).to.equal("TransactionCanceledException");
    await put("desk", 3);
    await send();
    expect(await levels()).to.deep.equal({ chair: 5, desk: 1 });
  });
});

describe("reading transactions", () => {
  function get(sku: string, more: object = {}) {
    return { Get: { TableName, Key: { sku: { S: sku } }, ...more } };
  }

  it("give items in the order asked, and what is missing as nothing", async () => {
    const { tables } = await makeStock();
    const { Responses } = await tables.call("TransactGetItems", {
      TransactItems: [
        get("desk"),
        get("ghost"),
        get("chair", {
          ProjectionExpression: "#s",
          ExpressionAttributeNames: { "#s": "stock" },
        }),
      ],
    });
    expect(Responses).to.deep.equal([
      { Item: stockItem("desk", 1) },
      {},
      { Item: { stock: { N: "5" } } },
    ]);
  });

  it("never see half of a writing one", async () => {
    const skus = Array.from({ length: 20 }, (_, index) => `sku ${index}`);
    // On disk reads are not done in the turn in which they are asked for.
    const directory = mkdtempSync(join(tmpdir(), "tables-"));
    const empty = Object.fromEntries(skus.map((sku) => [sku, 0]));
    const { tables, transact } = await makeStock(empty, directory);
    const seen: number[] = [];
    const readAll = async () => {
      const { Responses } = await tables.call("TransactGetItems", {
        TransactItems: skus.map((sku) => get(sku)),
      });
      const stocks = Array.isArray(Responses) ? Responses.map(({ Item }) => Item.stock.N) : [];
      seen.push(new Set(stocks).size);
    };
    for (let round = 0; round < 20; round++) {
      const writes = [1, 2, 3].map(() => transact(skus.map((sku) => give(sku, 1))));
      await Promise.all([readAll(), ...writes, readAll(), readAll()]);
    }
    await tables.close();
    rmSync(directory, { recursive: true });
    expect(seen).to.have.length(60);
    expect(new Set(seen)).to.deep.equal(new Set([1]));
  });

  it("are refused like writing ones", async () => {
    const { tables } = await makeStock();
    const codeOf = async (TransactItems: object[]) =>
      (await errorOf(tables.call("TransactGetItems", { TransactItems }))).code;
    expect(await codeOf([])).to.equal("ValidationException");
    expect(await codeOf([remove("chair")])).to.equal("ValidationException");
    expect(await codeOf([get("chair", { TableName: "ghost" })])).to.equal(
      "ResourceNotFoundException",
    );
    const wrongKey = get("chair", { Key: { other: { S: "x" } } });
    expect(await codeOf([get("desk"), wrongKey])).to.equal("TransactionCanceledException");
  });
});
