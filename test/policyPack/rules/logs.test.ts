import { expect } from "chai";
import * as types from "../../../policyPack/types.ts";
import { found } from "../../harness/policyPack/judgedResource.ts";

describe("the policies on logs", () => {
  it("requires a retention of logs", () => {
    for (const retentionInDays of [undefined, 0]) {
      expect(found(types.logGroup, { retentionInDays })).to.deep.equal(["logs-end"]);
    }
  });

  it("requires the log group of a function", () => {
    for (const loggingConfig of [undefined, { logFormat: "JSON" }]) {
      expect(found(types.lambdaFunction, { loggingConfig })).to.deep.equal([
        "functions-name-their-logs",
      ]);
    }
  });
});
