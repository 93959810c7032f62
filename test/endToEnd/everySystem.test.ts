import { expect } from "chai";
import { systemNames } from "../../systems/index.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

describe("every system, on the local run", () => {
  let test: TestRun | undefined;
  afterEach(async () => {
    await test?.close();
    test = undefined;
  });

  for (const stack of ["dev", "prod"]) {
    it(`starts with all others, with the settings of ${stack}`, async () => {
      test = await startTestRun(systemNames, { stack });
      for (const name of systemNames) {
        const { topicArn, consumers } = test.system(name);
        expect(topicArn, name).to.match(/^arn:aws:sns:/);
        expect(Object.keys(consumers), name).not.to.be.empty;
      }
    });
  }

  for (const name of systemNames) {
    it(`starts alone: ${name}`, async () => {
      test = await startTestRun([name]);
      expect(test.run.outputs).to.have.nested.property("systems").that.has.all.keys(name);
    });
  }
});
