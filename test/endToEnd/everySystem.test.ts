import { expect } from "chai";
import { systemNames } from "../../systems/index.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

describe("every system, on the local run", () => {
  let test: RunningSystems | undefined;
  afterEach(async () => {
    await test?.cloud.close();
    test = undefined;
  });

  for (const stack of ["dev", "prod"]) {
    it(`starts with all others, with the settings of ${stack}`, async () => {
      test = await startSystems(systemNames, { stack });
      for (const name of systemNames) {
        const { topicArn, consumers } = test.system(name);
        expect(topicArn, name).to.match(/^arn:aws:sns:/);
        expect(Object.keys(consumers), name).not.to.be.empty;
      }
    });
  }

  for (const name of systemNames) {
    it(`starts alone: ${name}`, async () => {
      test = await startSystems([name]);
      expect(test.cloud.outputs).to.have.nested.property("systems").that.has.all.keys(name);
    });
  }
});
