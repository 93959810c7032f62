import { expect } from "chai";
import { systemNames } from "../../systems/index.ts";
import { isRecord, statementsOf } from "../harness/policies.ts";
import type { Registration } from "../harness/registration.ts";
import { runStack, wholeStack } from "../harness/stack.ts";

const nameLimits: Readonly<Record<string, number>> = {
  "aws:sns/topic:Topic": 256,
  "aws:sqs/queue:Queue": 80,
  "aws:lambda/function:Function": 64,
  "aws:iam/role:Role": 64,
  "aws:s3/bucket:Bucket": 63,
  "aws:dynamodb/table:Table": 255,
};

/** What Pulumi adds to names that it makes, and the ending of FIFO names. */
const added = "-1a2b3c4.fifo".length;

for (const stack of ["dev", "prod"] as const) {
  describe(`every system in ${stack}`, () => {
    it("is there under its own name, with its topic and consumers among the outputs", async () => {
      const { outputs } = await wholeStack(stack);
      expect(Object.keys(outputs)).to.deep.equal(systemNames);
      for (const [name, system] of Object.entries(outputs)) {
        expect(system, name).to.include.all.keys("topicArn", "consumers");
        expect(Object.keys(system.consumers), name).not.to.be.empty;
      }
    });

    it("registers each resource once", async () => {
      const urns = (await wholeStack(stack)).registrations.map((each) => each.urn);
      expect(new Set(urns).size).to.equal(urns.length);
    });

    it("registers the same resources in a preview as in an update", async () => {
      const urns = (run: { registrations: readonly Registration[] }) =>
        run.registrations.map((each) => each.urn).sort();
      expect(urns(await wholeStack(stack, true))).to.deep.equal(urns(await wholeStack(stack)));
    });

    it("keeps every name within AWS's limits", async () => {
      for (const { type, name, inputs, urn } of (await wholeStack(stack)).registrations) {
        const limit = nameLimits[type];
        if (limit === undefined) continue;
        const length = typeof inputs.name === "string" ? inputs.name.length : name.length + added;
        expect(length, urn).to.be.at.most(limit);
      }
    });

    it("allows nobody everything: each Allow names actions, resources and who, or is pinned by a condition", async () => {
      const statements = (await wholeStack(stack)).registrations.flatMap(statementsOf);
      expect(statements).not.to.be.empty;
      for (const { where, statement } of statements) {
        if (statement.Effect !== "Allow" || isRecord(statement.Condition)) continue;
        // A key belongs to its account: without this, nobody could change its policy any more.
        if (statement.Sid === "AccountManages" && where.includes("kms/keyPolicy")) continue;
        expect([statement.Action].flat(), where).not.to.include("*");
        expect([statement.Action].flat().join(), where).not.to.match(/\w+:\*/);
        expect([statement.Resource].flat(), where).not.to.include("*");
        expect(statement.Principal, where).not.to.equal("*");
      }
    });

    it("has one policy for each topic, and one notification for each bucket", async () => {
      const { registrations } = await wholeStack(stack);
      for (const [type, input] of [
        ["aws:sns/topicPolicy:TopicPolicy", "arn"],
        ["aws:s3/bucketNotification:BucketNotification", "bucket"],
        ["aws:s3/bucketPolicy:BucketPolicy", "bucket"],
      ] as const) {
        const owners = registrations
          .filter((each) => each.type === type)
          .map((each) => each.inputs[input]);
        expect(new Set(owners).size, type).to.equal(owners.length);
      }
    });

    it(`${stack === "prod" ? "protects" : "does not protect"} what stores data`, async () => {
      const stores = (await wholeStack(stack)).registrations.filter(({ type }) =>
        ["aws:s3/bucket:Bucket", "aws:dynamodb/table:Table"].includes(type),
      );
      expect(stores).not.to.be.empty;
      for (const { urn, protect } of stores) expect(protect, urn).to.equal(stack === "prod");
    });

    for (const system of systemNames) {
      it(`deploys ${system} alone`, async () => {
        const { outputs } = await runStack(stack, { systems: [system] });
        expect(Object.keys(outputs)).to.deep.equal([system]);
      });
    }
  });
}
