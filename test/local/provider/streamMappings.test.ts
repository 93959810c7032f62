import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { providerWorld } from "../../harness/provider/awsProvider.ts";
import { functionArn, policyFor, prepare, roleArn } from "../../harness/provider/resourceCases.ts";

describe("an event source mapping of a stream", () => {
  it("goes on where it was when its settings change", async () => {
    let clock = new ManualClock();
    const cloud = new Cloud({
      region: "eu-west-1",
      clock: (activity) => {
        clock = new ManualClock(() => activity.idle());
        return clock;
      },
      endpoint: () => "http://127.0.0.1:4566",
    });
    try {
      const world = providerWorld(cloud);
      await prepare(world);
      const { arn } = cloud.dataStreams.create("clicks", { shardCount: 1 });
      cloud.permissions.setRolePolicy(roleArn, "read", JSON.parse(policyFor("kinesis:*", arn)));
      const put = () =>
        cloud.dataStreams.put(
          "clicks",
          { partitionKey: "k", data: Buffer.from("x") },
          "arn:aws:iam::000000000000:root",
        ).sequenceNumber;
      const inputs = { eventSourceArn: arn, functionName: "work" };
      const first = put();
      const made = await world.create("aws:lambda/eventSourceMapping:EventSourceMapping", "it", {
        ...inputs,
        startingPosition: "TRIM_HORIZON",
        maximumRetryAttempts: 3,
      });
      await clock.advance(0);
      await world.update(made, { ...inputs, startingPosition: "TRIM_HORIZON", batchSize: 7 });
      const second = put();
      await clock.advance(0);
      const worked = cloud.trace.recent().filter(({ kind, to }) => {
        return kind === "invoked" && to === functionArn;
      });
      expect(worked.map(({ event }) => event)).to.deep.equal([first, second]);
      const [mapping] = cloud.streamMappings.list();
      expect(mapping).to.include({ batchSize: 7, maximumRetryAttempts: -1 });
    } finally {
      await cloud.close();
    }
  });
});
