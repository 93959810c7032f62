import { LambdaClient, LambdaServiceException } from "@aws-sdk/client-lambda";
import type { AccessRequest, Authorize } from "../../../local/protocol/access.ts";
import { Streams } from "../../../local/services/kinesis/streams.ts";
import { lambda } from "../../../local/services/lambda/api/lambda.ts";
import { Mappings } from "../../../local/services/lambda/eventSourceMappings/mappings.ts";
import { StreamMappings } from "../../../local/services/lambda/streamMappings/streamMappings.ts";
import { Queues } from "../../../local/services/sqs/queues.ts";
import { openStore } from "../../../local/storage/store.ts";
import { apiSurroundings, functionOf, startLambda } from "../cloud/lambda.ts";
import { serve } from "./loopback.ts";

/** The code of the function `worker`. */
export const workerCode = `
  export const handler = async (event) => {
    console.log("working");
    if (event.fail) throw new RangeError("too far");
    return { got: event };
  };`;

export type LambdaEndpoint = ReturnType<typeof surroundings> & {
  /** While tests run. */
  readonly client: LambdaClient;
};

/** Describes Lambda's API by the SDK's client, with one function, `worker`, which all tests of the file share. */
export function describeLambda(title: string, tests: (api: LambdaEndpoint) => void): void {
  describe(title, () => {
    const parts = surroundings();
    const { functions, mappings, streamMappings, queues, authorize, trace, denied } = parts;
    let client: LambdaClient | undefined;
    let closeServer: () => Promise<void>;

    before(async () => {
      const server = await serve(
        lambda({ ...apiSurroundings, functions, mappings, streamMappings, authorize, trace }),
      );
      closeServer = server.close;
      client = new LambdaClient({
        endpoint: server.url,
        region: "eu-west-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 1,
      });
    });
    after(async () => {
      client?.destroy();
      await closeServer();
      mappings.close();
      streamMappings.close();
      await functions.close();
      queues.close();
    });
    afterEach(() => denied.clear());

    tests({
      ...parts,
      get client() {
        if (client === undefined) throw new Error("there is a client within tests only");
        return client;
      },
    });
  });
}

function surroundings() {
  /** Actions that are not allowed in the present test. */
  const denied = new Set<string>();
  const asked: AccessRequest[] = [];
  const authorize: Authorize = (request) => {
    asked.push(request);
    return denied.has(request.action)
      ? { allowed: false, reason: `no statement allows ${request.action}` }
      : { allowed: true };
  };
  const { functions, clock, trace, activity } = startLambda();
  const queueUrl = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;
  const queues = new Queues({ store: openStore(), clock, trace, region: "eu-west-1", queueUrl });
  const mappings = new Mappings({
    clock,
    trace,
    queues,
    functions,
    authorize: () => ({ allowed: true }),
  });
  const streams = new Streams({ clock, trace, region: "eu-west-1" });
  const streamMappings = new StreamMappings({
    ...{ clock, trace, queues, functions, region: "eu-west-1" },
    streams: { kinesis: streams },
    topics: { publish: () => ({ messageId: "" }) },
    authorize: () => ({ allowed: true }),
  });
  const { arn } = functions.create(
    functionOf(workerCode, {
      timeoutSeconds: 7,
      environment: { TABLE: "stock" },
      deadLetterTargetArn: "arn:aws:sqs:eu-west-1:000000000000:lost",
    }),
  );
  return {
    ...{ functions, clock, trace, activity, queues, mappings, streams, streamMappings },
    ...{ arn, denied, asked, authorize },
  };
}

/** The error with which a call is refused. @throws what else it fails with, and Error if it succeeds */
export async function refusal(sending: Promise<unknown>): Promise<LambdaServiceException> {
  const error = await sending.then(
    () => new Error("nothing was refused"),
    (thrown) => thrown,
  );
  if (error instanceof LambdaServiceException) return error;
  throw error;
}
