import { GetTopicAttributesCommand, PublishCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { type AccessRequest, owner } from "../../../../../local/protocol/access.ts";
import { exceptionOf, serveTopics } from "../../../../harness/endpoints/snsWire.ts";

const arn = "arn:aws:sns:eu-west-1:000000000000:orders";

describe("the permissions of calls over the wire", () => {
  const requests: AccessRequest[] = [];
  let denied: string | undefined;
  let cloud: Awaited<ReturnType<typeof serveTopics>>;
  beforeEach(async () => {
    requests.length = 0;
    denied = undefined;
    cloud = await serveTopics((request) => {
      requests.push(request);
      return request.action === denied
        ? { allowed: false, reason: "No statement allows it." }
        : { allowed: true };
    });
    cloud.topics.create("orders");
  });
  afterEach(() => cloud.close());

  it("are asked for the caller, the action and the topic", async () => {
    await cloud.client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    expect(requests).to.deep.equal([
      {
        principal: owner,
        action: "sns:GetTopicAttributes",
        resource: arn,
        context: { "aws:SecureTransport": "true" },
      },
    ]);
  });

  it("of subscribing may depend on the protocol and the endpoint", async () => {
    const Endpoint = "arn:aws:sqs:eu-west-1:000000000000:audit";
    await cloud.client.send(new SubscribeCommand({ TopicArn: arn, Protocol: "sqs", Endpoint }));
    expect(requests[0]?.context).to.deep.equal({
      "aws:SecureTransport": "true",
      "sns:Protocol": "sqs",
      "sns:Endpoint": Endpoint,
    });
  });

  it("that are missing are a typed exception that says why", async () => {
    denied = "sns:GetTopicAttributes";
    const call = cloud.client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    expect(await exceptionOf(call)).to.deep.equal({
      name: "AuthorizationErrorException",
      status: 403,
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: SNS:GetTopicAttributes on resource: ${arn}. No statement allows it.`,
    });
  });

  it("of publishing are asked once, and traced when they are missing", async () => {
    await cloud.client.send(new PublishCommand({ TopicArn: arn, Message: "x" }));
    expect(requests.map(({ action }) => action)).to.deep.equal(["sns:Publish"]);
    denied = "sns:Publish";
    const call = cloud.client.send(new PublishCommand({ TopicArn: arn, Message: "x" }));
    expect((await exceptionOf(call)).name).to.equal("AuthorizationErrorException");
    expect(cloud.hops("denied")).to.have.length(1);
  });
});
