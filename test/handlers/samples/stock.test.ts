import { expect } from "chai";
import { releasing, reserving, shortage, wanted } from "../../../handlers/samples/stock.ts";

const line = (sku: string, quantity: number) => ({ sku, quantity, unitPrice: 1 });
const tables = { inventory: "inventory", ledger: "ledger" };
const items = [
  { sku: "chair", quantity: 2 },
  { sku: "lamp", quantity: 1 },
];

describe("wanted", () => {
  it("adds up the lines of each sku", () => {
    const lines = [line("chair", 2), line("lamp", 1), line("chair", 3)];
    expect(wanted(lines)).to.deep.equal([
      { sku: "chair", quantity: 5 },
      { sku: "lamp", quantity: 1 },
    ]);
  });

  it("has no trouble with any name", () => {
    expect(wanted([line("__proto__", 2), line("constructor", 1)])).to.deep.equal([
      { sku: "__proto__", quantity: 2 },
      { sku: "constructor", quantity: 1 },
    ]);
  });
});

describe("the transactions", () => {
  it("touch the ledger first and each sku once", () => {
    for (const transaction of [reserving(tables, "o-1", items), releasing(tables, "o-1", items)]) {
      const touched = transaction.map(({ Put, Update }) => [
        Put?.TableName ?? Update?.TableName,
        Put?.Item ?? Update?.Key,
      ]);
      expect(touched[0]?.[0]).to.equal("ledger");
      expect(touched[0]?.[1]).to.include({ orderId: "o-1" });
      expect(touched.slice(1)).to.deep.equal([
        ["inventory", { sku: "chair" }],
        ["inventory", { sku: "lamp" }],
      ]);
    }
  });
});

describe("shortage", () => {
  it("says how much of what there is, and what there is not", () => {
    const failed = [
      { index: 1, item: { sku: { S: "chair" }, stock: { N: "1" } } },
      { index: 2, item: undefined },
    ];
    expect(shortage(items, failed)).to.equal("chair: 2 wanted, 1 in stock; lamp: not in the range");
  });
});
