import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { Created, CreateRequest } from "../../../local/pulumi/provider.ts";
import { plainOutputs } from "../../../local/pulumi/values/json.ts";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { systemNames } from "../../../systems/index.ts";
import { FakeProvider } from "../../harness/engine/fakeProvider.ts";
import { errorsOf, runFolder, stepsOf, testHost } from "../../harness/engine/runs.ts";
import { mockedResource, type State } from "../../harness/programs/mockedResource.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const allSystems = { "fanout:systems": JSON.stringify(systemNames) };

/** Answers like AWS where components look at what it answers. */
class AwsLikeProvider extends FakeProvider {
  readonly #outputs = new Map<string, PropertyMap>();

  override async create(request: CreateRequest): Promise<Created> {
    const created = await super.create(request);
    const { type, name, inputs } = request;
    const texts: State = {};
    for (const [key, value] of Object.entries(inputs)) {
      if (typeof value === "string" || typeof value === "boolean") texts[key] = value;
    }
    const { state } = mockedResource(type, name, texts, false);
    const attributes: PropertyMap = JSON.parse(JSON.stringify(state));
    const outputs = { ...created.outputs, ...attributes };
    this.#outputs.set(created.id, outputs);
    return { ...created, outputs };
  }
}

describe("the engine, running this repository's program", function () {
  this.timeout(120_000);

  it("makes its resources, and finds nothing to do when it runs again", async () => {
    const aws = new AwsLikeProvider();
    const host = { ...testHost(), providers: { aws } };
    const first = await runFolder(root, host);
    expect(errorsOf(first)).to.deep.equal([]);
    expect(first.output).to.equal("");
    expect(plainOutputs(first.outputs)).to.have.nested.property("systems.orders.topicArn");
    expect(first.changes.create).to.have.lengthOf(first.steps.length);
    const calls = aws.calls.length;

    const second = await runFolder(root, host);
    expect(errorsOf(second)).to.deep.equal([]);
    expect(new Set(stepsOf(second).map((step) => step.split(" ")[0]))).to.deep.equal(
      new Set(["same"]),
    );
    expect(second.changes.same.toSorted()).to.deep.equal(first.changes.create.toSorted());
    expect(second.outputs).to.deep.equal(first.outputs);
    expect(aws.calls).to.have.lengthOf(calls);
  });

  it("makes all systems, and deletes those that are taken away", async () => {
    const aws = new AwsLikeProvider();
    const host = { ...testHost(), providers: { aws } };
    const all = await runFolder(root, host, { config: allSystems });
    expect(errorsOf(all)).to.deep.equal([]);
    expect(all.changes.create).to.have.length.above(600);

    const fewer = await runFolder(root, host);
    expect(errorsOf(fewer)).to.deep.equal([]);
    expect(fewer.changes.delete).to.have.lengthOf(
      all.changes.create.length - fewer.changes.same.length - fewer.changes.update.length,
    );
    expect(fewer.changes.create).to.deep.equal([]);
  });
});
