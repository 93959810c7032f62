import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { AccessKey } from "../../../../local/protocol/authentication/accessKey.ts";
import { type Endpoint, serveEndpoint } from "../../../../local/protocol/server.ts";
import { stsService } from "../../../../local/services/sts/sts.ts";
import { ownerOnly } from "../../../harness/endpoints/authentication.ts";

const secretAccessKey = "test";

const keys: Readonly<Record<string, AccessKey>> = {
  ROLEKEY: {
    secretAccessKey,
    principal: { kind: "role", arn: "arn:aws:iam::000000000000:role/teams/billing" },
  },
  USERKEY: {
    secretAccessKey,
    principal: { kind: "user", arn: "arn:aws:iam::000000000000:user/staff/bob" },
  },
};

describe("STS on the wire", () => {
  let endpoint: Endpoint;

  beforeEach(async () => {
    endpoint = await serveEndpoint({
      port: 0,
      ...ownerOnly,
      accessKey: (id) => keys[id] ?? ownerOnly.accessKey(id),
      services: { sts: stsService() },
      console: (_request, response) => response.end(),
      onFailure: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
  });

  afterEach(() => endpoint.close());

  async function identityOf(accessKeyId: string, region = "eu-west-1") {
    const credentials = { accessKeyId, secretAccessKey: "test" };
    const client = new STSClient({ endpoint: endpoint.url, region, credentials });
    const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}));
    client.destroy();
    return { Account, Arn, UserId };
  }

  it("tells the owner of the account", async () => {
    expect(await identityOf("test")).to.deep.equal({
      Account: "000000000000",
      Arn: "arn:aws:iam::000000000000:root",
      UserId: "000000000000",
    });
  });

  it("tells a user", async () => {
    expect(await identityOf("USERKEY")).to.deep.equal({
      Account: "000000000000",
      Arn: "arn:aws:iam::000000000000:user/staff/bob",
      UserId: "AIDABOB",
    });
  });

  it("answers callers of its global endpoint, which sign for us-east-1", async () => {
    expect(await identityOf("test", "us-east-1")).to.include({ UserId: "000000000000" });
  });

  it("tells a role", async () => {
    expect(await identityOf("ROLEKEY")).to.deep.equal({
      Account: "000000000000",
      Arn: "arn:aws:sts::000000000000:assumed-role/billing/billing",
      UserId: "AROA00000000000000000:billing",
    });
  });
});
