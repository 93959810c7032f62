import {
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { message } from "../../../../harness/cloud/queues.ts";
import { describeLambda, refusal } from "../../../../harness/endpoints/lambdaEndpoint.ts";

describeLambda("Lambda's event source mappings by API", (api) => {
  const { clock, queues, mappings, streams, streamMappings, arn, denied } = api;
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
    const { $metadata, ...mapping } = await api.client.send(
      new GetEventSourceMappingCommand({ UUID: uuid }),
    );

    expect(mapping).to.deep.equal(expected);
  });

  it("of streams are shown and listed beside them, and are changed", async () => {
    const { arn: streamArn } = streams.create("clicks", { shardCount: 1 });
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
    const { $metadata: _one, ...mapping } = await api.client.send(
      new GetEventSourceMappingCommand({ UUID: "of-clicks" }),
    );
    expect(mapping).to.deep.equal({
      UUID: "of-clicks",
      EventSourceMappingArn: "arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:of-clicks",
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
    const { EventSourceMappings } = await api.client.send(
      new ListEventSourceMappingsCommand({ EventSourceArn: streamArn }),
    );
    expect(EventSourceMappings).to.deep.equal([mapping]);
    const change = { UUID: "of-clicks", BatchSize: 1, ParallelizationFactor: 2 };
    const changed = await api.client.send(
      new UpdateEventSourceMappingCommand({ ...change, Enabled: false }),
    );
    expect(changed).to.include({ ...change, State: "Disabling", MaximumRetryAttempts: 3 });
    expect(streamMappings.find("of-clicks")).to.include({ batchSize: 1, enabled: false });
    streamMappings.delete("of-clicks");
  });

  it("are listed by queue and by function", async () => {
    const list = async (input: object) => {
      const { EventSourceMappings } = await api.client.send(
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
      api.client.send(new UpdateEventSourceMappingCommand({ UUID: uuid, ...changes }));

    const disabled = await update({ Enabled: false });
    queues.send(queue.arn, message("x"));
    await clock.advance(0);
    const waiting = queues.counts(queue.arn).visible;
    const changed = await update({ BatchSize: 5, FilterCriteria: { Filters: [] } });
    const enabled = await update({ Enabled: true });
    await clock.advance(0);
    const settled = await api.client.send(new GetEventSourceMappingCommand({ UUID: uuid }));

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
      refusal(api.client.send(new UpdateEventSourceMappingCommand({ UUID: uuid, ...changes })));

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
      refusal(api.client.send(new GetEventSourceMappingCommand({ UUID: uuid }))),
      refusal(api.client.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: false }))),
      refusal(api.client.send(new ListEventSourceMappingsCommand({}))),
    ]);

    const names = refusals.map((error) => error.name);
    expect(names).to.deep.equal(Array(3).fill("AccessDeniedException"));
    expect(mappings.get(uuid).enabled).to.equal(true);
  });

  it("that do not exist are not found", async () => {
    const error = await refusal(
      api.client.send(
        new GetEventSourceMappingCommand({ UUID: "00000000-0000-0000-0000-000000000000" }),
      ),
    );

    expect(error).to.include({
      name: "ResourceNotFoundException",
      message: "The resource you requested does not exist.",
    });
  });
});
