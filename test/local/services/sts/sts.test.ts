import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { owner } from "../../../../local/protocol/access.ts";
import { type Endpoint, serveEndpoint } from "../../../../local/protocol/server.ts";
import { stsService } from "../../../../local/services/sts/sts.ts";

describe("STS on the wire", () => {
  let endpoint: Endpoint;

  beforeEach(async () => {
    endpoint = await serveEndpoint({
      port: 0,
      region: "eu-west-1",
      services: { sts: stsService() },
      principalOf: (accessKeyId) =>
        accessKeyId === "ROLEKEY"
          ? { kind: "role", arn: "arn:aws:iam::000000000000:role/teams/billing" }
          : owner,
      console: (_request, response) => response.end(),
      onFailure: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
  });

  afterEach(() => endpoint.close());

  async function identityOf(accessKeyId: string) {
    const credentials = { accessKeyId, secretAccessKey: "any" };
    const client = new STSClient({ endpoint: endpoint.url, region: "eu-west-1", credentials });
    const { Account, Arn, UserId } = await client.send(new GetCallerIdentityCommand({}));
    client.destroy();
    return { Account, Arn, UserId };
  }

  it("tells the owner of the account", async () => {
    expect(await identityOf("AKIAANY")).to.deep.equal({
      Account: "000000000000",
      Arn: "arn:aws:iam::000000000000:root",
      UserId: "000000000000",
    });
  });

  it("tells a role", async () => {
    expect(await identityOf("ROLEKEY")).to.deep.equal({
      Account: "000000000000",
      Arn: "arn:aws:sts::000000000000:assumed-role/billing/billing",
      UserId: "AROA00000000000000000:billing",
    });
  });
});
