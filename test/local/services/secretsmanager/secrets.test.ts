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

  const token = (digit: number) => `${digit}`.repeat(32);

  /** Puts `value 1` to `value 3` as versions whose ids are their tokens. */
  async function putThree() {
    secrets.create("token", "");
    for (const digit of [1, 2, 3]) {
      const value = { SecretId: "token", SecretString: `value ${digit}` };
      await call("PutSecretValue", { ...value, ClientRequestToken: token(digit) });
    }
  }

  it("labels the last version and the one before, and no other", async () => {
    await putThree();
    for (const { digit, stages } of [
      { digit: 1, stages: [] },
      { digit: 2, stages: ["AWSPREVIOUS"] },
      { digit: 3, stages: ["AWSCURRENT"] },
    ]) {
      const version = { SecretId: "token", VersionId: token(digit) };
      expect(await call("GetSecretValue", version)).to.deep.include({
        SecretString: `value ${digit}`,
        VersionStages: stages,
      });
    }
    const { VersionIdsToStages } = await call("DescribeSecret", { SecretId: "token" });
    expect(VersionIdsToStages).to.deep.equal({
      [token(2)]: ["AWSPREVIOUS"],
      [token(3)]: ["AWSCURRENT"],
    });
  });

  it("finds no version by a label that none has, or that another has", async () => {
    await putThree();
    const pending = { SecretId: "token", VersionStage: "AWSPENDING" };
    expect((await call("GetSecretValue", pending)).message).to.equal(
      "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
    );
    const other = { SecretId: "token", VersionId: token(2), VersionStage: "AWSCURRENT" };
    expect(await call("GetSecretValue", other)).to.deep.equal({
      __type: "com.amazonaws.secretsmanager#InvalidRequestException",
      message: "You provided a VersionStage that is not associated to the provided VersionId.",
    });
  });

  it("puts a value once by its token, and no other value by the same", async () => {
    await putThree();
    const again = { SecretId: "token", SecretString: "value 2", ClientRequestToken: token(2) };
    expect(await call("PutSecretValue", again)).to.deep.include({
      VersionId: token(2),
      VersionStages: ["AWSPREVIOUS"],
    });
    expect((await call("PutSecretValue", { ...again, SecretString: "x" })).__type).to.equal(
      "com.amazonaws.secretsmanager#ResourceExistsException",
    );
    expect((await call("GetSecretValue", { SecretId: "token" })).SecretString).to.equal("value 3");
  });

  it("rejects a value for other labels than the current one", async () => {
    const { arn } = secrets.create("token", "");
    const value = { SecretId: arn, SecretString: "new", VersionStages: ["AWSPENDING"] };
    expect((await call("PutSecretValue", value)).message).to.contain(
      'does not support the VersionStages ["AWSPENDING"] of a secret\'s value',
    );
    expect(secrets.get(arn).versions.size).to.equal(0);
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
