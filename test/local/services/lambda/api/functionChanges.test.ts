import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  LambdaServiceException,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import type { Decision } from "../../../../../local/protocol/access.ts";
import { zip } from "../../../../../local/provider/assets/zip.ts";
import { lambda } from "../../../../../local/services/lambda/api/lambda.ts";
import { Mappings } from "../../../../../local/services/lambda/eventSourceMappings/mappings.ts";
import { StreamMappings } from "../../../../../local/services/lambda/streamMappings/streamMappings.ts";
import { Queues } from "../../../../../local/services/sqs/queues.ts";
import { openStore } from "../../../../../local/storage/store.ts";
import { allowEverything, apiSurroundings, startLambda } from "../../../../harness/cloud/lambda.ts";
import { serve } from "../../../../harness/endpoints/loopback.ts";

const roleArn = "arn:aws:iam::000000000000:role/worker";
const notAssumable = "arn:aws:iam::000000000000:role/stranger";

describe("functions made by clients", () => {
  const { functions, clock, trace, activity } = startLambda();
  const region = "eu-west-1";
  const queueUrl = (name: string) => `http://127.0.0.1:4566/000000000000/${name}`;
  const queues = new Queues({ store: openStore(), clock, trace, region, queueUrl });
  const shared = { clock, trace, queues, functions, region, authorize: allowEverything };
  const mappings = new Mappings(shared);
  const streamMappings = new StreamMappings({
    ...shared,
    streams: {},
    topics: { publish: () => ({ messageId: "" }) },
  });
  const assume = (arn: string): Decision =>
    arn === notAssumable ? { allowed: false, reason: "no trust" } : { allowed: true };
  let client: LambdaClient;
  let close: () => Promise<void>;
  let answering: (text: string) => Promise<Uint8Array>;

  before(async () => {
    answering = (text) =>
      zip({ "index.mjs": `export const handler = async () => "${text} " + process.env.WORD;` });
    const server = await serve(
      lambda({ ...apiSurroundings, ...shared, mappings, streamMappings, assume }),
    );
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = new LambdaClient({ endpoint: server.url, region, credentials, maxAttempts: 1 });
    close = async () => {
      client.destroy();
      await server.close();
    };
  });

  after(async () => {
    await close();
    mappings.close();
    await activity.idle();
    await functions.close();
  });

  async function create(name: string, changes: Partial<CreateFunctionCommandInput> = {}) {
    return client.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: roleArn,
        Code: { ZipFile: await answering("first") },
        Environment: { Variables: { WORD: "word" } },
        ...changes,
      }),
    );
  }

  async function answerOf(FunctionName: string): Promise<unknown> {
    const { Payload } = await client.send(new InvokeCommand({ FunctionName }));
    return JSON.parse(Payload?.transformToString() ?? "null");
  }

  it("run their zip file, and the next one after an update", async () => {
    const { FunctionArn, State } = await create("greeter", { Description: "greets" });
    expect([FunctionArn, State]).to.deep.equal([
      "arn:aws:lambda:eu-west-1:000000000000:function:greeter",
      "Active",
    ]);
    expect(await answerOf("greeter")).to.equal("first word");

    await client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: "greeter",
        ZipFile: await answering("second"),
      }),
    );
    expect(await answerOf("greeter")).to.equal("second word");
  });

  it("keep what an update of the configuration leaves out", async () => {
    await create("changing", { Description: "before", Timeout: 9 });

    await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: "changing",
        MemorySize: 512,
        Environment: { Variables: { WORD: "other" } },
      }),
    );

    const found = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName: "changing" }),
    );
    expect(found).to.include({ Description: "before", Timeout: 9, MemorySize: 512, Role: roleArn });
    expect(await answerOf("changing")).to.equal("first other");
  });

  it("are refused with a role that Lambda may not assume, an archive that is none, and twice", async () => {
    await create("once");
    const refusals = await Promise.all([
      refusal(create("stranger", { Role: notAssumable })),
      refusal(create("broken", { Code: { ZipFile: Buffer.from("no zip") } })),
      refusal(create("nothing", { Code: {} })),
      refusal(create("once")),
      refusal(create("slow", { Timeout: 901 })),
    ]);

    expect(refusals.map(({ name, message }) => `${name}: ${message}`)).to.deep.equal([
      "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda. (no trust)",
      "InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to upload again.",
      "InvalidParameterValueException: Please provide a source for function code.",
      "ResourceConflictException: Function already exist: once",
      "ValidationException: 1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ]);
  });

  it("have a policy that clients change", async () => {
    await create("shared");
    const { Statement = "" } = await client.send(
      new AddPermissionCommand({
        FunctionName: "shared",
        StatementId: "topic",
        Action: "lambda:InvokeFunction",
        Principal: "sns.amazonaws.com",
        SourceArn: "arn:aws:sns:eu-west-1:000000000000:orders",
      }),
    );
    const { Policy = "" } = await client.send(new GetPolicyCommand({ FunctionName: "shared" }));
    expect(JSON.parse(Policy).Statement).to.deep.equal([JSON.parse(Statement)]);

    const removal = new RemovePermissionCommand({ FunctionName: "shared", StatementId: "topic" });
    await client.send(removal);
    const { name } = await refusal(client.send(removal));
    expect(name).to.equal("ResourceNotFoundException");
  });

  it("keep what is said of one of their versions or aliases apart", async () => {
    await create("aliased");
    functions.publish("aliased");
    functions.setAlias("aliased", { name: "live", version: "1" });
    const live = { FunctionName: "aliased", Qualifier: "live" };
    await client.send(
      new AddPermissionCommand({
        ...live,
        StatementId: "topic",
        Action: "lambda:InvokeFunction",
        Principal: "sns.amazonaws.com",
      }),
    );
    expect(functions.policy("aliased")).to.equal(undefined);
    const { Policy = "" } = await client.send(new GetPolicyCommand(live));
    expect(JSON.parse(Policy).Statement[0].Resource).to.equal(
      "arn:aws:lambda:eu-west-1:000000000000:function:aliased:live",
    );
    const { FunctionArn } = await client.send(
      new PutFunctionEventInvokeConfigCommand({ ...live, MaximumRetryAttempts: 0 }),
    );
    expect(FunctionArn).to.match(/:function:aliased:live$/);
    expect(functions.get("aliased").asynchronous).to.deep.equal({});
  });

  it("are neither changed nor deleted in place of a version", async () => {
    await create("versioned");
    functions.publish("versioned");
    const version = { FunctionName: "versioned", Qualifier: "1" };
    expect((await refusal(client.send(new DeleteFunctionCommand(version)))).name).to.equal(
      "NotImplemented",
    );
    for (const command of [
      new DeleteFunctionCommand({ FunctionName: "versioned:1" }),
      new UpdateFunctionCodeCommand({
        FunctionName: "versioned:1",
        ZipFile: await answering("second"),
      }),
    ]) {
      expect((await refusal(client.send(command))).name).to.equal("InvalidParameterValueException");
    }
    expect(await answerOf("versioned")).to.equal("first word");
  });

  it("have a reserved concurrency that stops them", async () => {
    await create("stopped");
    await client.send(
      new PutFunctionConcurrencyCommand({
        FunctionName: "stopped",
        ReservedConcurrentExecutions: 0,
      }),
    );
    expect((await refusal(answerOf("stopped"))).name).to.equal("TooManyRequestsException");
  });

  it("are mapped to queues until the mapping is deleted", async () => {
    await create("consumer");
    const { arn } = queues.create("work");
    const { UUID, State } = await client.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: arn,
        FunctionName: "consumer",
        BatchSize: 7,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
      }),
    );
    expect(State).to.equal("Creating");
    expect(mappings.get(UUID ?? "")).to.include({
      queueArn: arn,
      batchSize: 7,
      reportBatchItemFailures: true,
    });

    await client.send(new DeleteEventSourceMappingCommand({ UUID }));
    const { EventSourceMappings } = await client.send(
      new ListEventSourceMappingsCommand({ FunctionName: "consumer" }),
    );
    expect(EventSourceMappings).to.deep.equal([]);
  });

  it("are gone once they are deleted", async () => {
    await create("short-lived");
    await client.send(new DeleteFunctionCommand({ FunctionName: "short-lived" }));
    expect((await refusal(answerOf("short-lived"))).name).to.equal("ResourceNotFoundException");
  });
});

async function refusal(call: Promise<unknown>): Promise<LambdaServiceException> {
  try {
    await call;
  } catch (error) {
    if (error instanceof LambdaServiceException) return error;
    throw error;
  }
  throw new Error("the call was accepted");
}
