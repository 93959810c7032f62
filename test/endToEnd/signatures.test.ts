import { once } from "node:events";
import { createServer, type Server } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { PublishCommand } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import MessageValidator from "sns-validator";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

type Message = Readonly<Record<string, string>>;

describe("messages of SNS", () => {
  /** An endpoint that confirms its subscriptions at once. */
  let receiver: Server;
  let posted: Message[];
  let confirmations: Promise<Response>[];
  let test: TestRun;

  before(async () => {
    posted = [];
    confirmations = [];
    receiver = createServer(async (request, response) => {
      const message = (await json(request)) as Message;
      posted.push(message);
      response.end();
      if (message.SubscribeURL !== undefined) confirmations.push(fetch(message.SubscribeURL));
    });
    await once(receiver.listen(0, "127.0.0.1"), "listening");
    test = await startTestRun([], { program });
    const certificate = await fetch(`${test.run.url}/_fanout/certificate.pem`);
    https.globalAgent.options.ca = await certificate.text();
  });
  after(async () => {
    delete https.globalAgent.options.ca;
    await test.close();
    receiver.closeAllConnections();
    receiver.close();
  });

  /** Its end comes after the receivers' confirmations. */
  async function program() {
    const { port } = receiver.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}/`;
    const topics = ["1", "2"].map((signatureVersion) => {
      const topic = new aws.sns.Topic(`version-${signatureVersion}`, {
        signatureVersion: Number(signatureVersion),
      });
      const subscription = new aws.sns.TopicSubscription(`hook-${signatureVersion}`, {
        ...{ topic: topic.arn, protocol: "http", endpoint, endpointAutoConfirms: true },
      });
      return { topic: topic.arn, subscription: subscription.arn };
    });
    const queue = new aws.sqs.Queue("all");
    new aws.sqs.QueuePolicy("all", {
      queueUrl: queue.url,
      policy: queue.arn.apply((Resource) => JSON.stringify(fromTopics(Resource))),
    });
    for (const [index, { topic }] of topics.entries()) {
      new aws.sns.TopicSubscription(`queue-${index}`, {
        ...{ topic, protocol: "sqs", endpoint: queue.arn },
      });
    }
    return { topics, queue: queue.url };
  }

  function fromTopics(Resource: string) {
    const ArnLike = { "aws:SourceArn": "arn:aws:sns:eu-west-1:000000000000:version-*" };
    return {
      Version: "2012-10-17",
      Statement: [
        {
          ...{ Effect: "Allow", Principal: { Service: "sns.amazonaws.com" } },
          ...{ Action: "sqs:SendMessage", Resource, Condition: { ArnLike } },
        },
      ],
    };
  }

  const validator = new MessageValidator(/^127\.0\.0\.1:\d+$/);

  function validated(message: Message): Promise<unknown> {
    return new Promise((resolve, reject) => {
      validator.validate(message, (error, valid) => (error ? reject(error) : resolve(valid)));
    });
  }

  it("are confirmed by an endpoint while the program that subscribes it is still running", async () => {
    expect(posted.map(({ Type }) => Type)).to.deep.equal([
      "SubscriptionConfirmation",
      "SubscriptionConfirmation",
    ]);
    const statuses = await Promise.all(confirmations.map(async (each) => (await each).status));
    expect(statuses).to.deep.equal([200, 200]);
  });

  it("carry signatures of both versions that AWS's own validator accepts, and none of others", async () => {
    const { topics } = test.run.outputs as { topics: { topic: string }[] };
    for (const { topic: TopicArn } of topics) {
      await test.clients.sns.send(
        new PublishCommand({ TopicArn, Subject: "Orders", Message: "café ☕" }),
      );
    }
    await test.settle();
    expect(posted).to.have.lengthOf(4);
    for (const message of posted) expect(await validated(message)).to.deep.equal(message);
    expect(posted.map(({ SignatureVersion }) => SignatureVersion)).to.have.members([
      ...["1", "1", "2", "2"],
    ]);
    for (const message of posted) {
      const forged = { ...message, Message: `${message.Message}!` };
      const refusal = await validated(forged).catch((error: Error) => error.message);
      expect(refusal).to.equal("The message signature is invalid.");
    }
  });

  it("are signed in queues as well", async () => {
    const { Messages = [] } = await test.clients.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: String(test.run.outputs.queue),
        MaxNumberOfMessages: 10,
      }),
    );
    for (const { Body = "" } of Messages) await validated(JSON.parse(Body));
    expect(Messages).to.have.lengthOf(2);
  });
});
