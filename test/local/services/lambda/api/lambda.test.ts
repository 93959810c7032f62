import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  LambdaServiceException,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  TooManyRequestsException,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import type { AccessRequest, Authorize } from "../../../../../local/protocol/access.ts";
import { Streams } from "../../../../../local/services/kinesis/streams.ts";
import { lambda } from "../../../../../local/services/lambda/api/lambda.ts";
import { Mappings } from "../../../../../local/services/lambda/eventSourceMappings/mappings.ts";
import { StreamMappings } from "../../../../../local/services/lambda/streamMappings/streamMappings.ts";
import { Queues } from "../../../../../local/services/sqs/queues.ts";
import { openStore } from "../../../../../local/store.ts";
import {
  apiSurroundings,
  functionOf,
  roleArn,
  startLambda,
} from "../../../../harness/cloud/lambda.ts";
import { message } from "../../../../harness/cloud/queues.ts";
import { serve } from "../../../../harness/endpoints/loopback.ts";

const handler = `
  export const handler = async (event) => {
    console.log("working");
    if (event.fail) throw new RangeError("too far");
    return { got: event };
  };`;

describe("Lambda over HTTP", () => {
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
    functionOf(handler, {
      timeoutSeconds: 7,
      environment: { TABLE: "stock" },
      deadLetterTargetArn: "arn:aws:sqs:eu-west-1:000000000000:lost",
    }),
  );
  let client: LambdaClient;
  let close: () => Promise<void>;

  before(async () => {
    const server = await serve(
      lambda({ ...apiSurroundings, functions, mappings, streamMappings, authorize, trace }),
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
      mappings.close();
      streamMappings.close();
      await functions.close();
      queues.close();
    };
  });
  after(() => close());
  afterEach(() => denied.clear());

  const invoke = (input: Partial<InvokeCommandInput> = {}) =>
    client.send(new InvokeCommand({ FunctionName: "worker", Payload: '{"n":"ż"}', ...input }));

  async function refusal(sending: Promise<unknown>): Promise<LambdaServiceException> {
    const error = await sending.then(
      () => new Error("nothing was refused"),
      (thrown) => thrown,
    );
    if (error instanceof LambdaServiceException) return error;
    throw error;
  }

  describe("Invoke", () => {
    for (const name of [
      "worker",
      "worker:$LATEST",
      "000000000000:function:worker",
      "arn:aws:lambda:eu-west-1:000000000000:function:worker",
      "arn:aws:lambda:eu-west-1:000000000000:function:worker:$LATEST",
    ]) {
      it(`runs a function that is called ${name}`, async () => {
        const reply = await invoke({ FunctionName: name });

        expect(reply.Payload?.transformToString()).to.equal('{"got":{"n":"ż"}}');
        expect(reply).to.include({ StatusCode: 200, ExecutedVersion: "$LATEST" });
        expect(reply).not.to.have.any.keys("FunctionError", "LogResult");
      });
    }

    it("gives an empty object for an event that is left out", async () => {
      const reply = await invoke({ Payload: undefined });

      expect(reply.Payload?.transformToString()).to.equal('{"got":{}}');
    });

    it("tells of a handler that failed", async () => {
      const reply = await invoke({ Payload: '{"fail":true}' });

      expect(reply).to.include({ StatusCode: 200, FunctionError: "Unhandled" });
      const error = JSON.parse(reply.Payload?.transformToString() ?? "");
      expect(error).to.include({ errorType: "RangeError", errorMessage: "too far" });
      expect(error.trace[0]).to.equal("RangeError: too far");
    });

    it("gives the end of the log when asked", async () => {
      const reply = await invoke({ LogType: "Tail" });

      const log = Buffer.from(reply.LogResult ?? "", "base64").toString();
      const id = reply.$metadata.requestId;
      expect(log).to.match(new RegExp(`^START RequestId: ${id} Version: \\$LATEST\n`));
      expect(log).to.contain(`${id}\tINFO\tworking\n`).and.to.contain(`REPORT RequestId: ${id}\t`);
    });

    it("takes an event for later, and answers before it is worked on", async () => {
      const hops = trace.recent().length;
      const reply = await invoke({ InvocationType: "Event" });

      expect(reply.StatusCode).to.equal(202);
      await activity.idle();
      const later = trace.recent().slice(hops);
      expect(later.map(({ kind }) => kind)).to.deep.equal(["invoked", "handled"]);
      expect(later[0]).to.include({ event: reply.$metadata.requestId, to: arn });
    });

    it("only looks whether it could in a dry run", async () => {
      const hops = trace.recent().length;
      const reply = await invoke({ InvocationType: "DryRun" });

      expect(reply.StatusCode).to.equal(204);
      expect(trace.recent()).to.have.length(hops);
    });

    it("records what it does", async () => {
      const hops = trace.recent().length;
      const { $metadata } = await invoke();

      const [invoked, handled, ...more] = trace.recent().slice(hops);
      const step = { event: $metadata.requestId, requestId: $metadata.requestId, to: arn };
      expect(invoked).to.include({
        kind: "invoked",
        from: "arn:aws:iam::000000000000:root",
        ...step,
      });
      expect(handled).to.include({ kind: "handled", ...step });
      expect(more).to.deep.equal([]);
    });

    it("is throttled where the function has no concurrency", async () => {
      functions.create(functionOf(handler, { name: "stopped", reservedConcurrency: 0 }));

      const error = await refusal(invoke({ FunctionName: "stopped" }));

      expect(error).to.be.instanceOf(TooManyRequestsException);
      expect(error).to.include({
        message: "Rate Exceeded.",
        Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
      });
    });

    it("needs lambda:InvokeFunction on the function", async () => {
      denied.add("lambda:InvokeFunction");

      const error = await refusal(invoke());

      expect(error.name).to.equal("AccessDeniedException");
      expect(error.$metadata.httpStatusCode).to.equal(403);
      expect(error.message).to.equal(
        `User: arn:aws:iam::000000000000:root is not authorized to perform: lambda:InvokeFunction on resource: ${arn}. no statement allows lambda:InvokeFunction`,
      );
      expect(asked.at(-1)).to.deep.include({ action: "lambda:InvokeFunction", resource: arn });
    });

    const refused: [string, Partial<InvokeCommandInput>, string, string][] = [
      [
        "a function that does not exist",
        { FunctionName: "none" },
        "ResourceNotFoundException",
        "Function not found: arn:aws:lambda:eu-west-1:000000000000:function:none",
      ],
      [
        "another version",
        { Qualifier: "1" },
        "ResourceNotFoundException",
        "Function not found: arn:aws:lambda:eu-west-1:000000000000:function:worker:1",
      ],
      [
        "an alias",
        { FunctionName: "worker:live" },
        "ResourceNotFoundException",
        "Function not found: arn:aws:lambda:eu-west-1:000000000000:function:worker:live",
      ],
      [
        "an event that is not JSON",
        { Payload: "{" },
        "InvalidRequestContentException",
        "Could not parse request body into json",
      ],
      [
        "an event that is too large",
        { Payload: JSON.stringify("x".repeat(6_291_456)) },
        "RequestTooLargeException",
        "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
      ],
      [
        "a client context",
        { ClientContext: "e30=" },
        "NotImplemented",
        "does not support a client context",
      ],
    ];
    for (const [what, input, name, text] of refused) {
      it(`refuses ${what}`, async () => {
        const error = await refusal(invoke(input));

        expect(error.name).to.equal(name);
        expect(error.message).to.contain(text);
      });
    }
  });

  describe("what shows functions", () => {
    it("gives a function's configuration", async () => {
      const { $metadata, ...configuration } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName: "worker" }),
      );

      expect(configuration).to.deep.equal({
        FunctionName: "worker",
        FunctionArn: arn,
        Runtime: "nodejs24.x",
        Role: roleArn,
        Handler: "index.handler",
        CodeSize: Buffer.byteLength(handler),
        CodeSha256: functions.get(arn).code.sha256,
        Description: "",
        Timeout: 7,
        MemorySize: 128,
        LastModified: "2026-01-01T00:00:00.000+0000",
        Version: "$LATEST",
        DeadLetterConfig: { TargetArn: "arn:aws:sqs:eu-west-1:000000000000:lost" },
        Environment: { Variables: { TABLE: "stock" } },
        State: "Active",
        LastUpdateStatus: "Successful",
        PackageType: "Zip",
        LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/worker" },
      });
    });

    it("gives a function with its reserved concurrency", async () => {
      functions.create(functionOf(handler, { name: "reserved", reservedConcurrency: 3 }));

      const reserved = await client.send(new GetFunctionCommand({ FunctionName: "reserved" }));
      const free = await client.send(new GetFunctionCommand({ FunctionName: "worker" }));

      expect(reserved.Configuration?.FunctionName).to.equal("reserved");
      expect(reserved.Concurrency).to.deep.equal({ ReservedConcurrentExecutions: 3 });
      expect(free.Concurrency).to.equal(undefined);
    });

    it("lists all functions, page by page", async () => {
      const names: (string | undefined)[] = [];
      let marker: string | undefined;
      do {
        const page = await client.send(new ListFunctionsCommand({ MaxItems: 1, Marker: marker }));
        expect(page.Functions).to.have.length(1);
        names.push(page.Functions?.[0]?.FunctionName);
        marker = page.NextMarker;
      } while (marker !== undefined);

      expect(names).to.deep.equal(functions.list().map(({ name }) => name));
    });

    it("gives a function's policy once it has one", async () => {
      const sending = () => client.send(new GetPolicyCommand({ FunctionName: "worker" }));
      const before = await refusal(sending());
      functions.addPermission(arn, {
        statementId: "topic",
        action: "lambda:InvokeFunction",
        principal: "sns.amazonaws.com",
      });
      const after = await sending();

      expect(before.name).to.equal("ResourceNotFoundException");
      expect(JSON.parse(after.Policy ?? "").Statement[0].Sid).to.equal("topic");
    });

    it("needs a permission for each", async () => {
      for (const action of [
        "GetFunction",
        "GetFunctionConfiguration",
        "GetPolicy",
        "ListFunctions",
      ]) {
        denied.add(`lambda:${action}`);
      }
      const name = { FunctionName: "worker" };

      const refusals = await Promise.all([
        refusal(client.send(new GetFunctionCommand(name))),
        refusal(client.send(new GetFunctionConfigurationCommand(name))),
        refusal(client.send(new GetPolicyCommand(name))),
        refusal(client.send(new ListFunctionsCommand({}))),
      ]);

      const names = refusals.map((error) => error.name);
      expect(names).to.deep.equal(Array(4).fill("AccessDeniedException"));
    });
  });

  describe("event source mappings", () => {
    const queue = queues.create("work");
    const { uuid } = mappings.create({
      functionArn: "worker",
      queueArn: queue.arn,
      reportBatchItemFailures: true,
      maximumConcurrency: 2,
      filters: ['{"body":["x"]}'],
    });
    const expected = {
      UUID: uuid,
      EventSourceMappingArn: `arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:${uuid}`,
      EventSourceArn: queue.arn,
      FunctionArn: arn,
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] },
      ScalingConfig: { MaximumConcurrency: 2 },
      LastModified: new Date(Date.UTC(2026, 0, 1)),
      State: "Enabled",
      StateTransitionReason: "USER_INITIATED",
    };

    it("are shown one by one", async () => {
      const { $metadata, ...mapping } = await client.send(
        new GetEventSourceMappingCommand({ UUID: uuid }),
      );

      expect(mapping).to.deep.equal(expected);
    });

    it("of streams are shown and listed beside them, and are changed", async () => {
      const { arn: streamArn } = streams.create("clicks", 1);
      streamMappings.create({
        uuid: "of-clicks",
        functionArn: arn,
        streamArn,
        start: { position: "LATEST" },
        batchSize: 50,
        windowSeconds: 1,
        reportBatchItemFailures: false,
        bisectOnError: true,
        maximumRetryAttempts: 3,
        maximumRecordAgeSeconds: -1,
        filters: [],
        enabled: true,
      });
      const { $metadata: _one, ...mapping } = await client.send(
        new GetEventSourceMappingCommand({ UUID: "of-clicks" }),
      );
      expect(mapping).to.deep.equal({
        UUID: "of-clicks",
        EventSourceMappingArn:
          "arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:of-clicks",
        EventSourceArn: streamArn,
        FunctionArn: arn,
        BatchSize: 50,
        MaximumBatchingWindowInSeconds: 1,
        FunctionResponseTypes: [],
        StartingPosition: "LATEST",
        ParallelizationFactor: 1,
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 3,
        MaximumRecordAgeInSeconds: -1,
        DestinationConfig: { OnFailure: {} },
        LastModified: new Date(Date.UTC(2026, 0, 1)),
        State: "Enabled",
        LastProcessingResult: "No records processed",
        TumblingWindowInSeconds: 0,
        StateTransitionReason: "User action",
      });
      const { EventSourceMappings } = await client.send(
        new ListEventSourceMappingsCommand({ EventSourceArn: streamArn }),
      );
      expect(EventSourceMappings).to.deep.equal([mapping]);
      const change = { UUID: "of-clicks", BatchSize: 1, ParallelizationFactor: 2 };
      const changed = await client.send(
        new UpdateEventSourceMappingCommand({ ...change, Enabled: false }),
      );
      expect(changed).to.include({ ...change, State: "Disabling", MaximumRetryAttempts: 3 });
      expect(streamMappings.find("of-clicks")).to.include({ batchSize: 1, enabled: false });
      streamMappings.delete("of-clicks");
    });

    it("are listed by queue and by function", async () => {
      const list = async (input: object) => {
        const { EventSourceMappings } = await client.send(
          new ListEventSourceMappingsCommand(input),
        );
        return EventSourceMappings;
      };

      expect(await list({})).to.deep.equal([expected]);
      expect(await list({ FunctionName: "worker" })).to.deep.equal([expected]);
      expect(await list({ EventSourceArn: queue.arn })).to.deep.equal([expected]);
      expect(await list({ EventSourceArn: `${queue.arn}2` })).to.deep.equal([]);
    });

    it("are disabled, changed and enabled", async () => {
      const update = (changes: object) =>
        client.send(new UpdateEventSourceMappingCommand({ UUID: uuid, ...changes }));

      const disabled = await update({ Enabled: false });
      queues.send(queue.arn, message("x"));
      await clock.advance(0);
      const waiting = queues.counts(queue.arn).visible;
      const changed = await update({ BatchSize: 5, FilterCriteria: { Filters: [] } });
      const enabled = await update({ Enabled: true });
      await clock.advance(0);
      const settled = await client.send(new GetEventSourceMappingCommand({ UUID: uuid }));

      expect(disabled).to.include({ State: "Disabling", BatchSize: 10 });
      expect(disabled.$metadata.httpStatusCode).to.equal(202);
      expect(waiting).to.equal(1);
      expect(changed).to.include({ State: "Updating", BatchSize: 5 });
      expect(changed).not.to.have.property("FilterCriteria");
      expect(enabled).to.include({ State: "Enabling" });
      expect(settled).to.include({ State: "Enabled" });
      expect(queues.counts(queue.arn)).to.include({ visible: 0, inFlight: 0 });
    });

    it("refuse settings that AWS would refuse, and those that they have not", async () => {
      const update = (changes: object) =>
        refusal(client.send(new UpdateEventSourceMappingCommand({ UUID: uuid, ...changes })));

      expect(await update({ BatchSize: 11 })).to.include({
        name: "InvalidParameterValueException",
        message:
          "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
      });
      expect((await update({ ParallelizationFactor: 2 })).message).to.contain(
        "does not support ParallelizationFactor in UpdateEventSourceMapping",
      );
      expect((await update({ FunctionResponseTypes: ["Other"] })).name).to.equal(
        "InvalidParameterValueException",
      );
    });

    it("need a permission for each operation", async () => {
      for (const action of ["Get", "Update"]) denied.add(`lambda:${action}EventSourceMapping`);
      denied.add("lambda:ListEventSourceMappings");

      const refusals = await Promise.all([
        refusal(client.send(new GetEventSourceMappingCommand({ UUID: uuid }))),
        refusal(client.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: false }))),
        refusal(client.send(new ListEventSourceMappingsCommand({}))),
      ]);

      const names = refusals.map((error) => error.name);
      expect(names).to.deep.equal(Array(3).fill("AccessDeniedException"));
      expect(mappings.get(uuid).enabled).to.equal(true);
    });

    it("that do not exist are not found", async () => {
      const error = await refusal(
        client.send(
          new GetEventSourceMappingCommand({ UUID: "00000000-0000-0000-0000-000000000000" }),
        ),
      );

      expect(error).to.include({
        name: "ResourceNotFoundException",
        message: "The resource you requested does not exist.",
      });
    });
  });

  it("says of any other operation that it is not supported", async () => {
    const error = await refusal(client.send(new PublishVersionCommand({ FunctionName: "worker" })));

    expect(error.name).to.equal("NotImplemented");
    expect(error.$metadata.httpStatusCode).to.equal(501);
    expect(error.message).to.contain(
      "does not support Lambda's POST /2015-03-31/functions/worker/versions",
    );
  });
});
