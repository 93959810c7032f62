import { expect } from "chai";
import { counts, json, namesOf, resource } from "../harness/programs/graph.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("photos", () => {
  const photos = () => runStack("dev", { systems: ["photos"] });

  it("go from the topic to functions, with queues for failures only", async () => {
    const run = await photos();
    expect(counts(run)).not.to.have.property("aws:lambda/eventSourceMapping:EventSourceMapping");
    expect(namesOf(run, "aws:sqs/queue:Queue")).to.deep.equal([
      "photos-labels-failures",
      "photos-labels-undelivered",
      "photos-metadata-failures",
      "photos-metadata-undelivered",
      "photos-resize-failures",
      "photos-resize-undelivered",
    ]);
  });

  for (const consumer of ["labels", "metadata", "resize"]) {
    it(`keep failures of ${consumer} and messages that could not be delivered to it`, async () => {
      const run = await photos();
      const invocations = resource(
        run,
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        `photos-${consumer}`,
      );
      expect(invocations.inputs)
        .to.have.nested.property("destinationConfig.onFailure.destination")
        .that.matches(new RegExp(`:photos-\\w+-${consumer}-failures$`));
      const subscription = resource(
        run,
        "aws:sns/topicSubscription:TopicSubscription",
        `photos-${consumer}`,
      );
      expect(json(subscription, "redrivePolicy"))
        .to.have.property("deadLetterTargetArn")
        .that.matches(new RegExp(`:photos-\\w+-${consumer}-undelivered$`));
    });
  }

  it("have both queues in their outputs", async () => {
    const { outputs } = await photos();
    const consumers = outputs.photos?.consumers ?? {};
    expect(consumers).to.have.all.keys("resize", "metadata", "labels");
    for (const consumer of Object.values(consumers)) {
      expect(consumer).to.have.all.keys(
        "functionName",
        "subscriptionArn",
        "deadLetterQueueUrl",
        "undeliveredQueueUrl",
      );
    }
  });
});
