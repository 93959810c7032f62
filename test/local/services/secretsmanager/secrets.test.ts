import { expect } from "chai";
import { type Authorize, owner } from "../../../../local/protocol/access.ts";
import { Secrets } from "../../../../local/services/secretsmanager/secrets.ts";
import { secretsManager } from "../../../../local/services/secretsmanager/secretsManager.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";

describe("Secrets Manager", () => {
  let secrets: Secrets;
  let authorize: Authorize;

  beforeEach(() => {
    secrets = new Secrets({ clock: new ManualClock(), region: "eu-west-1" });
    authorize = () => ({ allowed: true });
  });

  async function call(operation: string, input: object) {
    const { body } = await secretsManager({ secrets, authorize })({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `secretsmanager.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
      service: "secretsmanager",
      region: "eu-west-1",
      principal: owner,
      callerArn: "arn:aws:iam::000000000000:root",
    });
    return JSON.parse(String(body));
  }

  it("gives the current value of a secret by its name and its ARN, and the one before", async () => {
    const { arn } = secrets.create("token", "");
    secrets.put("token", { text: "old" });
    const { VersionId } = await call("PutSecretValue", { SecretId: arn, SecretString: "new" });
    for (const SecretId of ["token", arn]) {
      expect(await call("GetSecretValue", { SecretId })).to.deep.include({
        ARN: arn,
        Name: "token",
        VersionId,
        SecretString: "new",
      });
    }
    const previous = { SecretId: "token", VersionStage: "AWSPREVIOUS" };
    expect((await call("GetSecretValue", previous)).SecretString).to.equal("old");
  });

  it("rejects a secret that does not exist, and a caller without permission", async () => {
    expect(await call("GetSecretValue", { SecretId: "none" })).to.deep.equal({
      __type: "com.amazonaws.secretsmanager#ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    });
    const { arn } = secrets.create("token", "");
    authorize = () => ({ allowed: false, reason: "No statement allows it." });
    expect((await call("GetSecretValue", { SecretId: "token" })).message).to.equal(
      `User: arn:aws:iam::000000000000:root is not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}. No statement allows it.`,
    );
  });
});
