import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { AssetValue } from "../../../local/pulumi/values/propertyValue.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import { prepare, queueArn, trust } from "../../harness/provider/resourceCases.ts";

const failing = new AssetValue({
  kind: "assetArchive",
  assets: {
    "index.mjs": {
      kind: "textAsset",
      text: 'export const handler = async () => { throw new Error("no"); };',
    },
  },
});

describe("a bucket as the failure destination of a function", () => {
  let clock: ManualClock;
  let world: ProviderWorld;
  beforeEach(async () => {
    const cloud = new Cloud({
      region: "eu-west-1",
      clock: (activity) => {
        clock = new ManualClock(() => activity.idle());
        return clock;
      },
      endpoint: () => "http://127.0.0.1:4566",
    });
    world = providerWorld(cloud);
    await prepare(world);
  });
  afterEach(() => world.cloud.close());

  async function failOnce(managedPolicyArns: readonly string[]): Promise<string[]> {
    const { cloud } = world;
    const role = await world.create("aws:iam/role:Role", "failing", {
      ...{ name: "failing", managedPolicyArns, assumeRolePolicy: trust("lambda.amazonaws.com") },
    });
    const { outputs } = await world.create("aws:lambda/function:Function", "failing", {
      ...{ name: "failing", handler: "index.handler", runtime: "nodejs24.x", code: failing },
      role: String(role.outputs.arn),
    });
    await world.create(
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      "failing",
      {
        functionName: "failing",
        maximumRetryAttempts: 0,
        destinationConfig: { onFailure: { destination: "arn:aws:s3:::files" } },
      },
    );
    cloud.functions.invokeAsync(String(outputs.arn), "{}", { event: "e", from: "test" });
    await clock.advance(0);
    const listing = { bucket: "files", limit: 10, versions: false, prefix: "" };
    const { entries } = cloud.buckets.objects.list(listing);
    return entries.flatMap((entry) => ("object" in entry ? [entry.object.key] : []));
  }

  it("gets an object by the function's role", async () => {
    const [key, ...others] = await failOnce(["arn:aws:iam::aws:policy/AmazonS3FullAccess"]);
    expect(key).to.match(/^aws\/lambda\/async\/failing\/\d{4}\/\d\d\/\d\d\//);
    expect(others).to.deep.equal([]);
  });

  it("gets nothing by a role that may only read it", async () => {
    expect(await failOnce(["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"])).to.deep.equal([]);
  });

  it("is refused for the consumer of a queue, which has a dead-letter queue", async () => {
    const mapping = world.create("aws:lambda/eventSourceMapping:EventSourceMapping", "work", {
      ...{ eventSourceArn: queueArn, functionName: "work" },
      destinationConfig: { onFailure: { destinationArn: "arn:aws:s3:::files" } },
    });
    expect((await failureOf(mapping)).message).to.contain(
      "Unsupported DestinationConfig parameter for given event source mapping type.",
    );
  });
});
