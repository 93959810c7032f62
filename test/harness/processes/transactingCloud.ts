/** A local cloud that a test kills while it writes to tables, in the directory that it is given. */
import { indexedTable, makeTables } from "../cloud/tables.ts";

const [directory] = process.argv.slice(2);
const { tables, put } = await makeTables(directory);
await tables.create(indexedTable);
await put("a", 1_000_000);
await put("b", 0);
for (let count = 1; ; count++) {
  await tables.call("TransactWriteItems", {
    TransactItems: [change("a", -1), change("b", 1)],
    ClientRequestToken: `token-${count}`,
  });
  const value = { S: String(count) };
  const Item = { id: value, x: value, y: value, z: value };
  await tables.call("PutItem", { TableName: indexedTable.name, Item });
  process.stdout.write(`${count}\n`);
}

function change(sku: string, by: number) {
  return {
    Update: {
      TableName: "stock",
      Key: { sku: { S: sku } },
      UpdateExpression: "ADD stock :n",
      ExpressionAttributeValues: { ":n": { N: String(by) } },
    },
  };
}
