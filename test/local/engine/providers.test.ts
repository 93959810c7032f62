import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readProject } from "../../../local/engine/project/project.ts";
import { DynamicProvider } from "../../../local/engine/providers/dynamicProvider.ts";
import { randomProvider } from "../../../local/engine/providers/randomProvider.ts";
import { plainOutputs } from "../../../local/pulumi/values/json.ts";
import { up } from "../../harness/engine/inline.ts";
import { errorsOf, fixture, runFolder, stepsOf, testHost } from "../../harness/engine/runs.ts";

class Random extends pulumi.CustomResource {
  declare readonly result: pulumi.Output<string>;
  declare readonly hex: pulumi.Output<string>;

  constructor(type: string, name: string, args: Readonly<Record<string, unknown>>) {
    const secret = type === "RandomPassword" ? ["result"] : [];
    super(
      `random:index/${type.replace(/^R/, "r")}:${type}`,
      name,
      { result: undefined, hex: undefined, ...args },
      { additionalSecretOutputs: secret },
    );
  }
}

describe("providers besides AWS's", function () {
  this.timeout(60_000);

  it("random: makes names that stay until an input changes", async () => {
    const host = { ...testHost(), providers: { random: randomProvider } };
    const program = (length: number) => () => ({
      pet: new Random("RandomPet", "pet", { length }).result,
      text: new Random("RandomString", "text", { length: 12, special: false, minNumeric: 2 })
        .result,
      password: new Random("RandomPassword", "password", { length: 20 }).result,
      id: new Random("RandomId", "id", { byteLength: 4 }).hex,
      uuid: new Random("RandomUuid", "uuid", {}).result,
      integer: new Random("RandomInteger", "integer", { min: 5, max: 6 }).result,
    });
    const run = await up(host, program(2));
    expect(errorsOf(run)).to.deep.equal([]);
    const outputs = plainOutputs(run.outputs);
    expect(outputs.pet).to.match(/^[a-z]+-[a-z]+$/);
    expect(outputs.text).to.match(/^[A-Za-z0-9]{12}$/);
    expect(outputs.text).to.match(/\d.*\d/);
    expect(outputs.password).to.have.lengthOf(20);
    expect(outputs.id).to.match(/^[0-9a-f]{8}$/);
    expect(outputs.uuid).to.match(/^[0-9a-f-]{36}$/);
    expect(outputs.integer).to.be.oneOf([5, 6]);
    expect(await up(host, program(2))).to.have.deep.property("outputs", run.outputs);
    const changed = await up(host, program(3));
    expect(changed.changes["create-replacement"]).to.have.lengthOf(1);
    expect(plainOutputs(changed.outputs)).to.deep.include({ text: outputs.text, id: outputs.id });
  });

  it("random: names the types that there are", async () => {
    const host = { ...testHost(), providers: { random: randomProvider } };
    const run = await up(host, () => {
      new Random("RandomShuffle", "a", {});
    });
    expect(errorsOf(run)[0]).to.match(
      /the local run has no random:index\/randomShuffle:RandomShuffle; there are/,
    );
  });

  it("dynamic providers run in a process of the program's SDK", async () => {
    const folder = fixture("dynamic");
    const project = readProject(folder);
    const dynamic = new DynamicProvider({ project });
    const host = { ...testHost(), providers: { "pulumi-nodejs": dynamic } };
    const withSize = (size: number) => ({ config: { "dynamic:size": String(size) } });
    try {
      const preview = await runFolder(folder, host, { ...withSize(1), preview: true });
      expect(errorsOf(preview)).to.deep.equal([]);
      const run = await runFolder(folder, host, withSize(1));
      expect(errorsOf(run)).to.deep.equal([]);
      expect(plainOutputs(run.outputs)).to.deep.equal({ id: "box-1", doubled: 2 });
      expect(stepsOf(await runFolder(folder, host, withSize(1)))).to.deep.equal(["same box"]);
      const updated = await runFolder(folder, host, withSize(2));
      expect(stepsOf(updated)).to.deep.equal(["update box"]);
      expect(plainOutputs(updated.outputs)).to.deep.equal({ id: "box-1", doubled: 4 });
      const refused = await runFolder(folder, testHostWith(dynamic), withSize(3));
      expect(errorsOf(refused)).to.deep.equal([
        "pulumi-nodejs:dynamic:Resource (box): error: too large",
      ]);
    } finally {
      dynamic.close();
    }
  });
});

function testHostWith(dynamic: DynamicProvider) {
  return { ...testHost(), providers: { "pulumi-nodejs": dynamic } };
}
