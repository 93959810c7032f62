import { expect } from "chai";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";

describe("a subscription of an endpoint in another place", () => {
  let world: ProviderWorld;
  let topic: string;
  beforeEach(async () => {
    world = providerWorld();
    const created = await world.create("aws:sns/topic:Topic", "news", { name: "news" });
    topic = created.id;
  });
  afterEach(() => world.cloud.close());

  const endpoints = [
    ["sqs", "arn:aws:sqs:us-east-1:000000000000:inbox"],
    ["sqs", "arn:aws:sqs:eu-west-1:210987654321:inbox"],
    ["lambda", "arn:aws:lambda:eu-west-1:210987654321:function:worker"],
    ["firehose", "arn:aws:firehose:us-east-1:000000000000:deliverystream/archive"],
  ] as const;
  for (const [protocol, endpoint] of endpoints) {
    it(`is rejected by name: ${endpoint}`, async () => {
      const inputs = { topic, protocol, endpoint };
      const { message } = await failureOf(
        world.create("aws:sns/topicSubscription:TopicSubscription", "news-a", inputs),
      );
      expect(message).to.include(
        `the local cloud has one account, 000000000000, and one region, eu-west-1, and the endpoint ${endpoint} is elsewhere: leave the subscription out where the program runs locally`,
      );
    });
  }
});
