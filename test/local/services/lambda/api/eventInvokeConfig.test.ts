import {
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  LambdaServiceException,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { lambda } from "../../../../../local/services/lambda/api/lambda.ts";
import { Mappings } from "../../../../../local/services/lambda/eventSourceMappings/mappings.ts";
import { StreamMappings } from "../../../../../local/services/lambda/streamMappings/streamMappings.ts";
import { Queues } from "../../../../../local/services/sqs/queues.ts";
import { openStore } from "../../../../../local/storage/store.ts";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { apiSurroundings, functionOf, startLambda } from "../../../../harness/cloud/lambda.ts";
import { serve } from "../../../../harness/endpoints/loopback.ts";

const lost = "arn:aws:sqs:eu-west-1:000000000000:lost";

describe("a function's settings for asynchronous invocation, over HTTP", () => {
  const { functions, clock, trace } = startLambda();
  const queueUrl = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;
  const queues = new Queues({ store: openStore(), clock, trace, region: "eu-west-1", queueUrl });
  const mappings = new Mappings({
    clock,
    trace,
    queues,
    functions,
    authorize: () => ({ allowed: true }),
  });
  const streamMappings = new StreamMappings({
    ...{ clock, trace, queues, functions, region: "eu-west-1", streams: {} },
    topics: { publish: () => ({ messageId: "" }) },
    authorize: () => ({ allowed: true }),
  });
  const { arn } = functions.create(functionOf("export const handler = () => {};"));
  let allowed = true;
  let client: LambdaClient;
  let close: () => Promise<void>;

  before(async () => {
    const server = await serve(
      lambda({
        ...apiSurroundings,
        functions,
        mappings,
        streamMappings,
        trace,
        authorize: ({ action }) =>
          allowed ? { allowed } : { allowed, reason: `no statement allows ${action}` },
      }),
    );
    client = new LambdaClient({
      endpoint: server.url,
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
    close = async () => {
      client.destroy();
      await server.close();
    };
  });
  after(async () => {
    await close();
    await functions.close();
  });

  const settings = () =>
    client.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: arn }));

  it("are not found where there are none", async () => {
    const failure = await failureOf(settings());
    expect(failure).to.be.instanceOf(LambdaServiceException);
    expect(failure).to.include({
      name: "ResourceNotFoundException",
      message: `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`,
    });
  });

  it("are shown as they were set", async () => {
    functions.setAsynchronousSettings(arn, { maximumRetryAttempts: 1, onFailureArn: lost });
    const { $metadata: _, ...shown } = await settings();
    expect(shown).to.deep.equal({
      FunctionArn: `${arn}:$LATEST`,
      LastModified: new Date(clock.now()),
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnSuccess: {}, OnFailure: { Destination: lost } },
    });
  });

  it("are kept from those who may not see them", async () => {
    allowed = false;
    const { name, message } = await failureOf(settings());
    expect(name).to.equal("AccessDeniedException");
    expect(message).to.include("lambda:GetFunctionEventInvokeConfig");
  });
});
