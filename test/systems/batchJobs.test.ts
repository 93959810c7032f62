import { expect } from "chai";
import { childName } from "../../components/childNames.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("batch jobs", () => {
  for (const consumer of ["statistics", "word-count"]) {
    it(`of ${consumer} are delayed, and handled in batches of a thousand`, async () => {
      const run = await runStack("dev", { systems: ["batch-jobs"] });
      const name = childName("batch-jobs", consumer);
      const subscription = resource(run, "aws:sns/topicSubscription:TopicSubscription", name);
      expect(json(subscription, "filterPolicy")).to.deep.equal({ job: [consumer] });
      const queue = resource(run, "aws:sqs/queue:Queue", name);
      expect(queue.inputs).to.include({ delaySeconds: 30, visibilityTimeoutSeconds: 6 * 120 + 20 });
      const mapping = resource(run, "aws:lambda/eventSourceMapping:EventSourceMapping", name);
      expect(mapping.inputs).to.deep.include({
        batchSize: 1000,
        maximumBatchingWindowInSeconds: 20,
        functionResponseTypes: ["ReportBatchItemFailures"],
      });
    });
  }
});
