import { expect } from "chai";
import { PrivateBucket } from "../../components/index.ts";
import { evaluate } from "../../local/services/iam/evaluate.ts";
import { parsePolicy } from "../../local/services/iam/policy.ts";
import { resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const roleArn = "arn:aws:iam::000000000000:role/writer";
const key = "arn:aws:s3:::trail-1a2b3c4/2026/01/31/e-1.json";

/** Whether somebody whose own policy allows everything on S3 may do it. */
async function mayDo(action: string, context: Record<string, string> = {}): Promise<boolean> {
  const run = await runProgram(() => new PrivateBucket("trail", { appendOnly: true }));
  const { inputs } = resource(run, "aws:s3/bucketPolicy:BucketPolicy", "trail");
  const everything = { Effect: "Allow", Action: "s3:*", Resource: "*" };
  const request = {
    principal: { kind: "role", arn: roleArn },
    action,
    resource: key,
    context: { "aws:SecureTransport": "true", ...context },
  } as const;
  return evaluate(request, {
    identity: [parsePolicy("the role", { Version: "2012-10-17", Statement: [everything] })],
    resource: parsePolicy("the bucket", inputs.policy),
    resourceAccount: "000000000000",
  }).allowed;
}

describe("an append-only bucket", () => {
  it("accepts an object if the write requires that its key does not exist", async () => {
    expect(await mayDo("s3:PutObject", { "s3:if-none-match": "*" })).to.equal(true);
  });

  it("refuses a write that could replace an object", async () => {
    expect(await mayDo("s3:PutObject")).to.equal(false);
  });

  for (const action of ["s3:DeleteObject", "s3:DeleteObjectVersion"]) {
    it(`denies ${action} to every principal`, async () => {
      expect(await mayDo(action)).to.equal(false);
    });
  }

  it("is read like any other", async () => {
    expect(await mayDo("s3:GetObject")).to.equal(true);
  });
});
