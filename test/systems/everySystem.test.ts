import { expect } from "chai";
import { isObject } from "../../aws/isObject.ts";
import { systemNames } from "../../systems/index.ts";
import { brokenLimits } from "../harness/programs/awsLimits.ts";
import { statementsOf } from "../harness/programs/policies.ts";
import type { Registration } from "../harness/programs/registration.ts";
import { runStack, wholeStack } from "../harness/programs/stack.ts";

for (const stack of ["dev", "prod"] as const) {
  describe(`every system in ${stack}`, () => {
    it("is deployed under its name, with topic and consumers in the outputs", async () => {
      const { outputs } = await wholeStack(stack);
      expect(Object.keys(outputs)).to.deep.equal(systemNames);
      for (const [name, system] of Object.entries(outputs)) {
        expect(system, name).to.include.all.keys("topicArn", "consumers");
        expect(Object.keys(system.consumers), name).not.to.be.empty;
      }
    });

    it("is within AWS's limits, with one owner for each document", async () => {
      const { registrations } = await wholeStack(stack);
      expect(registrations).not.to.be.empty;
      expect(brokenLimits(registrations)).to.deep.equal([]);
    });

    it("registers the same resources in a preview as in an update", async () => {
      const urns = (run: { registrations: readonly Registration[] }) =>
        run.registrations.map((each) => each.urn).sort();
      expect(urns(await wholeStack(stack, true))).to.deep.equal(urns(await wholeStack(stack)));
    });

    it("has no wide grant: each Allow names actions, resources and principals, or has a condition", async () => {
      const statements = (await wholeStack(stack)).registrations.flatMap(statementsOf);
      expect(statements).not.to.be.empty;
      for (const { where, statement } of statements) {
        if (statement.Effect !== "Allow" || isObject(statement.Condition)) continue;
        // A key that its account cannot manage could never be changed again.
        if (statement.Sid === "AccountManages" && where.includes("kms/keyPolicy")) continue;
        expect([statement.Action].flat(), where).not.to.include("*");
        expect([statement.Action].flat().join(), where).not.to.match(/\w+:\*/);
        expect([statement.Resource].flat(), where).not.to.include("*");
        expect(statement.Principal, where).not.to.equal("*");
      }
    });

    it(`${stack === "prod" ? "protects" : "does not protect"} what stores data`, async () => {
      const stores = (await wholeStack(stack)).registrations.filter(({ type }) =>
        ["aws:s3/bucket:Bucket", "aws:dynamodb/table:Table"].includes(type),
      );
      expect(stores).not.to.be.empty;
      for (const { urn, protect } of stores) expect(protect, urn).to.equal(stack === "prod");
    });

    it(`${stack === "prod" ? "watches" : "does not watch"} each system's topic`, async () => {
      const { registrations } = await wholeStack(stack);
      const named = (type: string) =>
        registrations.filter((each) => each.type === type).map(({ name }) => name);
      // The topic that alarms go to has none of its own.
      const topics = named("fanout:index:FanoutTopic").filter((name) => name !== "alarms");
      expect(topics).to.include.members([...systemNames]);
      const watched = stack === "prod" ? topics : [];
      expect(named("fanout:index:Alarms")).to.have.members(watched);
    });

    for (const system of systemNames) {
      it(`deploys ${system} alone`, async () => {
        const { outputs } = await runStack(stack, { systems: [system] });
        expect(Object.keys(outputs)).to.deep.equal([system]);
      });
    }
  });
}
