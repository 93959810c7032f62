import { expect } from "chai";
import { isObject } from "../../aws/isObject.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { statementsOf } from "../harness/programs/policies.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("audit logs", () => {
  const auditLogs = () => runStack("dev", { systems: ["audit-logs"] });

  it("are in order, and archived by the topic for a year", async () => {
    const topic = resource(await auditLogs(), "aws:sns/topic:Topic", "audit-logs");
    expect(topic.inputs).to.include({ fifoTopic: true });
    expect(json(topic, "archivePolicy")).to.deep.equal({ MessageRetentionPeriod: "365" });
  });

  it("are in a bucket whose objects cannot be deleted or replaced", async () => {
    const policy = resource(
      await auditLogs(),
      "aws:s3/bucketPolicy:BucketPolicy",
      "audit-logs-trail",
    );
    const denied = statementsOf(policy).map(({ statement }) => statement);
    expect(denied).to.deep.include({
      Sid: "DenyDeletes",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: "arn:aws:s3:::audit-logs-trail-1a2b3c4/*",
    });
    expect(denied.map(({ Sid }) => Sid)).to.include("DenyOverwrites");
  });

  it("are written by a function that may only put objects into the bucket", async () => {
    const run = await auditLogs();
    const role = resource(run, "aws:iam/rolePolicy:RolePolicy", "audit-logs-trail");
    const actions = statementsOf(role)
      .filter(({ statement }) => isObject(statement))
      .flatMap(({ statement }) => [statement.Action].flat())
      .filter((action) => String(action).startsWith("s3:"));
    expect(actions).to.deep.equal(["s3:PutObject"]);
  });
});
