import { expect } from "chai";
import { resource } from "../harness/programs/graph.ts";
import { statementsOf } from "../harness/programs/policies.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("database changes", () => {
  for (const replica of ["search", "reporting"]) {
    it(`go to ${replica} in its own table, where tombstones expire`, async () => {
      const run = await runStack("dev", { systems: ["database-changes"] });
      const name = `database-changes-${replica}`;
      const table = resource(run, "aws:dynamodb/table:Table", name);
      expect(table.inputs.ttl).to.deep.equal({ attributeName: "expiration", enabled: true });
      const role = resource(run, "aws:iam/rolePolicy:RolePolicy", name);
      const onTables = statementsOf(role)
        .map(({ statement }) => statement)
        .filter(({ Action }) => JSON.stringify(Action).includes("dynamodb:"));
      expect(onTables.map(({ Action }) => Action)).to.deep.equal([["dynamodb:PutItem"]]);
      expect(onTables[0]?.Resource).to.contain(`table/${name}-`);
    });
  }
});
