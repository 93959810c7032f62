import { expect } from "chai";
import { Checkout } from "../harness/pulumi/checkout.ts";
import { serveLocalCloud } from "../harness/pulumi/localCloud.ts";
import type { Operated } from "../harness/pulumi/operated.ts";

/** No limit of the machine's: what hangs is ended. */
const generousMilliseconds = 900_000;

describe("the local cloud's AWS provider under the real engine", function () {
  this.timeout(generousMilliseconds);

  it("deploys the program, changes nothing the second time, sees no drift, follows changes and leaves nothing", async () => {
    await using served = await serveLocalCloud("eu-west-1");
    const variables: NodeJS.ProcessEnv = {};
    await using checkout = await Checkout.create(variables);
    Object.assign(variables, await served.variables(checkout.path(".")));
    const created = await checkout.operate("up");
    expect(operations(created)).to.deep.equal(["create"]);
    expect(served.cloud.queues.list()).not.to.be.empty;
    expect(operations(await checkout.operate("preview"))).to.deep.equal(["same"]);
    expect(operations(await checkout.operate("up"))).to.deep.equal(["same"]);
    expect(changes(await checkout.operate("refresh"))).to.deep.equal([]);
    await checkout.edit("systems/uploads/system.ts", 'name: "catalog"', 'name: "index"');
    const renamed = await checkout.operate("up");
    expect(named(renamed, "create")).to.deep.equal(consumerNames("index"));
    expect(named(renamed, "delete")).to.deep.equal(consumerNames("catalog"));
    // The component's own inputs name its consumers.
    expect(named(renamed, "update")).to.deep.equal(["uploads"]);
    await checkout.append("handlers/uploads/catalog.ts", 'console.log("changed by a test");\n');
    const changed = await checkout.operate("up");
    expect(changes(changed).map(nameOf)).to.deep.equal(["uploads-index"]);
    expect(operations(await checkout.operate("destroy"))).to.deep.equal(["delete"]);
    const { topics, queues, functions, buckets } = served.cloud;
    const left = [topics, queues, functions, buckets].map((service) => service.list().length);
    expect(left).to.deep.equal([0, 0, 0, 0]);
  });
});

function operations({ steps }: Operated): string[] {
  return [...new Set(steps.map(({ op }) => op))].sort();
}

function changes({ steps }: Operated): string[] {
  return steps.filter(({ op }) => !["same", "refresh"].includes(op)).map(({ urn }) => urn);
}

/** The nine resources of a consumer: one has the name of its dead letters. */
function consumerNames(consumer: string): string[] {
  return [...Array.from({ length: 8 }, () => `uploads-${consumer}`), `uploads-${consumer}-dlq`];
}

function named({ steps }: Operated, operation: string): string[] {
  return steps
    .filter(({ op }) => op === operation)
    .map(({ urn }) => nameOf(urn))
    .sort();
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
