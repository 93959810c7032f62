import { expect } from "chai";
import { Aws, Thing, up } from "../../harness/engine/inline.ts";
import { errorsOf, stepsOf, type TestHost, testHost } from "../../harness/engine/runs.ts";

describe("resources whose provider changes", () => {
  let host: TestHost;
  beforeEach(() => {
    host = testHost();
  });

  const program = (configuration: Record<string, unknown>) => () => {
    new Thing("queue", {}, { provider: new Aws("mine", configuration) });
  };

  it("are replaced with a provider that moves to another region", async () => {
    await up(host, program({ region: "eu-west-1" }));
    const run = await up(host, program({ region: "eu-west-2" }));
    expect(errorsOf(run)).to.deep.equal([]);
    expect(stepsOf(run)).to.deep.equal([
      "create-replacement mine",
      "create-replacement queue",
      "delete-replaced queue",
      "delete-replaced mine",
    ]);
    expect(host.aws.log).to.deep.equal(["create queue", "create queue", "delete queue"]);
  });

  it("stay when another setting of the provider changes", async () => {
    await up(host, program({ region: "eu-west-1" }));
    const run = await up(host, program({ region: "eu-west-1", maxRetries: 3 }));
    expect(stepsOf(run)).to.deep.equal(["update mine", "same queue"]);
  });

  it("stay when the provider gets a region that the last engine did not keep", async () => {
    await up(host, program({}));
    const run = await up(host, program({ region: "eu-west-1" }));
    expect(stepsOf(run)).to.deep.equal(["update mine", "same queue"]);
  });

  it("stay with a provider that is renamed by an alias", async () => {
    await up(host, program({ region: "eu-west-1" }));
    const run = await up(host, () => {
      const aws = new Aws("ours", { region: "eu-west-1" }, { aliases: [{ name: "mine" }] });
      new Thing("queue", {}, { provider: aws });
    });
    expect(stepsOf(run)).to.deep.equal(["same ours", "same queue"]);
  });

  it("are replaced where they go over to a default provider of another region", async () => {
    await up(host, program({ region: "eu-west-1" }));
    const config = { "aws:region": "eu-west-2" };
    const run = await up(host, () => new Thing("queue"), { config });
    expect(stepsOf(run)).to.include.members(["create-replacement queue", "delete mine"]);
    expect(host.aws.resources).to.have.lengthOf(1);
  });

  it("are refused a default provider where the stack disables it", async () => {
    const config = { "pulumi:disable-default-providers": '["aws"]' };
    const run = await up(host, () => new Thing("queue"), { config });
    expect(errorsOf(run)).to.deep.equal([
      "error: Default provider for 'aws' disabled. 'urn:pulumi:dev::shop::aws:test/thing:Thing::queue' must use an explicit provider.",
    ]);
  });
});
