import { expect } from "chai";
import type { AccessRequest, Authorize } from "../../../../../local/protocol/access.ts";
import { AwsError } from "../../../../../local/protocol/awsError.ts";
import type { NewEvent } from "../../../../../local/services/events/interface.ts";
import { functionOf, roleArn, startLambda } from "../../../../harness/cloud/lambda.ts";

const queueArn = "arn:aws:sqs:eu-west-1:000000000000:results";
const topicArn = "arn:aws:sns:eu-west-1:000000000000:results";
const from = "arn:aws:sns:eu-west-1:000000000000:orders";

const handler = `
  export const handler = async (event) => {
    if (event.fail) throw new RangeError("too far");
    return { done: event.id };
  };`;

describe("the destinations of an asynchronous invocation", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(open.splice(0).map((functions) => functions.close())));

  function start(changes = {}, authorize?: Authorize) {
    const lambda = startLambda(authorize ? { authorize } : {});
    open.push(lambda.functions);
    const { arn } = lambda.functions.create(functionOf(handler, changes));
    return { ...lambda, arn };
  }

  it("get a record of a success", async () => {
    const { functions, arn, clock, sent, trace } = start({
      asynchronous: { onSuccessArn: queueArn },
    });

    const requestId = functions.invokeAsync(arn, '{"id":7}', { event: "e", from });
    await clock.advance(0);

    expect(sent).to.have.length(1);
    expect(sent[0]?.queueArn).to.equal(queueArn);
    const { body, ...message } = sent[0]?.message ?? { body: "" };
    expect(message).to.deep.equal({ attributes: {}, senderId: roleArn, event: "e", from: arn });
    expect(JSON.parse(body)).to.deep.equal({
      version: "1.0",
      timestamp: "2026-01-01T00:00:00.000Z",
      requestContext: {
        requestId,
        functionArn: `${arn}:$LATEST`,
        condition: "Success",
        approximateInvokeCount: 1,
      },
      requestPayload: { id: 7 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST" },
      responsePayload: { done: 7 },
    });
    expect(trace.recent().map(({ kind }) => kind)).to.deep.equal(["invoked", "handled"]);
  });

  it("are told which alias was invoked, and which version of it has run", async () => {
    const { functions, arn, clock, sent } = start();
    functions.publish(arn);
    const alias = functions.setAlias(arn, { name: "live", version: "1" });
    functions.setAsynchronousSettings(alias, { onSuccessArn: queueArn });

    functions.invokeAsync(alias, '{"id":7}', { event: "e", from });
    await clock.advance(0);

    const record = JSON.parse(sent[0]?.message.body ?? "");
    expect(record.requestContext.functionArn).to.equal(`${arn}:live`);
    expect(record.responseContext.executedVersion).to.equal("1");
  });

  it("get a record of the last failure", async () => {
    const { functions, arn, clock, sent, trace } = start({
      asynchronous: { onFailureArn: queueArn, onSuccessArn: topicArn },
    });

    const requestId = functions.invokeAsync(arn, '{"fail":true}', { event: "e", from });
    await clock.advance(180_000);

    expect(sent).to.have.length(1);
    const record = JSON.parse(sent[0]?.message.body ?? "");
    expect(record.responsePayload.trace[0]).to.equal("RangeError: too far");
    delete record.responsePayload.trace;
    expect(record).to.deep.equal({
      version: "1.0",
      timestamp: "2026-01-01T00:03:00.000Z",
      requestContext: {
        requestId,
        functionArn: `${arn}:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { fail: true },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorType: "RangeError", errorMessage: "too far" },
    });
    expect(trace.recent().at(-1)).to.deep.include({
      event: "e",
      from: arn,
      to: queueArn,
      kind: "deadLettered",
      messageId: "message-1",
      reason: "RetriesExhausted",
    });
  });

  it("get a record of the last failure as an object, named after the function and the time", async () => {
    const bucketArn = "arn:aws:s3:::failures";
    const asked: AccessRequest[] = [];
    const { functions, arn, clock, stored, trace } = start(
      { asynchronous: { onFailureArn: bucketArn, maximumRetryAttempts: 0 } },
      (request) => {
        asked.push(request);
        return { allowed: true };
      },
    );
    functions.invokeAsync(arn, '{"fail":true}', { event: "e", from });
    await clock.advance(0);

    const [object] = stored;
    const key = object?.key ?? "";
    expect(stored).to.have.length(1);
    expect(object?.bucketArn).to.equal(bucketArn);
    expect(key).to.match(
      /^aws\/lambda\/async\/worker\/2026\/01\/01\/2026-01-01T00\.00\.00-[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
    );
    const record = JSON.parse(object?.bytes.toString() ?? "");
    expect(record.requestContext.condition).to.equal("RetriesExhausted");
    expect(record.requestPayload).to.deep.equal({ fail: true });
    expect(
      asked.map(({ principal, action, resource }) => [principal, action, resource]),
    ).to.deep.include.members([
      [{ kind: "role", arn: roleArn }, "s3:ListBucket", bucketArn],
      [{ kind: "role", arn: roleArn }, "s3:PutObject", `${bucketArn}/${key}`],
    ]);
    expect(trace.recent().at(-1)).to.deep.include({ to: bucketArn, kind: "deadLettered" });
  });

  it("get no object from a role that may not list the bucket", async () => {
    const bucketArn = "arn:aws:s3:::failures";
    const { functions, arn, clock, stored, trace } = start(
      { asynchronous: { onFailureArn: bucketArn, maximumRetryAttempts: 0 } },
      ({ action }) =>
        action === "s3:ListBucket"
          ? { allowed: false, reason: "no statement allows it" }
          : { allowed: true },
    );
    functions.invokeAsync(arn, '{"fail":true}', { event: "e", from });
    await clock.advance(0);
    expect(stored).to.deep.equal([]);
    expect(trace.recent().at(-1)).to.deep.include({ to: bucketArn, kind: "denied" });
  });

  it("get a record as an event, on a bus", async () => {
    const busArn = "arn:aws:events:eu-west-1:000000000000:event-bus/results";
    const put: (Omit<NewEvent, "bus"> & { readonly busArn: string })[] = [];
    const asked: AccessRequest[] = [];
    const lambda = startLambda({
      authorize: (request) => {
        asked.push(request);
        return { allowed: true };
      },
      buses: () => ({
        putOn: (arn, event) => {
          put.push({ ...event, busArn: arn });
          return "event-1";
        },
      }),
    });
    open.push(lambda.functions);
    const asynchronous = { onSuccessArn: busArn, onFailureArn: busArn, maximumRetryAttempts: 0 };
    const { arn } = lambda.functions.create(functionOf(handler, { asynchronous }));

    lambda.functions.invokeAsync(arn, '{"id":7}', { event: "e", from });
    await lambda.clock.advance(0);
    lambda.functions.invokeAsync(arn, '{"fail":true}', { event: "f", from });
    await lambda.clock.advance(0);

    expect(put.map(({ detail: _detail, ...event }) => event)).to.deep.equal(
      ["Success", "Failure"].map((outcome, index) => ({
        busArn,
        source: "lambda",
        detailType: `Lambda Function Invocation Result - ${outcome}`,
        resources: [busArn, `${arn}:$LATEST`],
        from: arn,
        origin: index === 0 ? "e" : "f",
      })),
    );
    expect(put.map(({ detail }) => detail)).to.have.nested.property("[0].responsePayload.done", 7);
    expect(asked.filter(({ resource }) => resource === busArn)).to.have.length(2);
    expect(lambda.trace.recent().at(-1)).to.deep.include({
      kind: "deadLettered",
      to: busArn,
      messageId: "event-1",
    });
  });

  it("are told on a bus which alias was invoked", async () => {
    const put: Omit<NewEvent, "bus">[] = [];
    const { functions, clock } = startLambda({
      buses: () => ({ putOn: (_arn, event) => String(put.push(event)) }),
    });
    open.push(functions);
    const { arn } = functions.create(functionOf(handler));
    functions.publish(arn);
    const alias = functions.setAlias(arn, { name: "live", version: "1" });
    const busArn = "arn:aws:events:eu-west-1:000000000000:event-bus/results";
    functions.setAsynchronousSettings(alias, { onSuccessArn: busArn });
    functions.invokeAsync(alias, "{}", { from });
    await clock.advance(0);
    expect(put.map(({ resources }) => resources)).to.deep.equal([[busArn, `${arn}:live`]]);
  });

  it("are traced as the reason why a record is lost, where a bus does not exist", async () => {
    const busArn = "arn:aws:events:eu-west-1:000000000000:event-bus/gone";
    const { functions, arn, clock, trace } = start({ asynchronous: { onSuccessArn: busArn } });
    functions.invokeAsync(arn, "{}", { event: "e", from });
    await clock.advance(0);
    expect(trace.recent().at(-1)).to.deep.include({
      kind: "dropped",
      to: busArn,
      reason: "Event bus gone does not exist.",
    });
  });

  it("tell of an event that would be too old for its next try, after one run as AWS counts", async () => {
    const { functions, arn, clock, sent } = start({
      asynchronous: { onFailureArn: queueArn, maximumEventAgeSeconds: 60 },
    });

    functions.invokeAsync(arn, '{"fail":true}', { from });
    await clock.advance(180_000);

    const { requestContext } = JSON.parse(sent[0]?.message.body ?? "");
    expect(requestContext).to.include({ condition: "EventAgeExceeded", approximateInvokeCount: 1 });
  });

  it("tell of an event that never ran, without a response", async () => {
    const { functions, arn, clock, sent } = start({
      reservedConcurrency: 0,
      asynchronous: { onFailureArn: queueArn },
    });

    functions.invokeAsync(arn, "{}", { from });
    await clock.advance(0);

    const record = JSON.parse(sent[0]?.message.body ?? "");
    expect(record.requestContext).to.include({
      condition: "ZeroReservedConcurrency",
      approximateInvokeCount: 0,
    });
    expect(record).not.to.have.any.keys("responseContext", "responsePayload");
  });

  it("may be topics, published to as the function's role", async () => {
    const { functions, arn, clock, published } = start({
      asynchronous: { onSuccessArn: topicArn },
    });

    functions.invokeAsync(arn, '{"id":7}', { event: "e", from });
    await clock.advance(0);

    expect(published).to.have.length(1);
    expect(published[0]?.topicArn).to.equal(topicArn);
    expect(published[0]?.publication).to.include({ event: "e", from: arn });
    expect(published[0]?.publication.by).to.deep.equal({ kind: "role", arn: roleArn });
  });

  it("may be functions, which get the record as their event", async () => {
    const { functions, arn, clock, trace } = start();
    const next = functions.create(
      functionOf(
        "export const handler = async (event) => console.log(event.requestContext.condition);",
        {
          name: "next",
        },
      ),
    );
    functions.setAsynchronousSettings(arn, { onSuccessArn: next.arn });

    functions.invokeAsync(arn, '{"id":7}', { event: "e", from });
    await clock.advance(0);

    const hops = trace.recent().map(({ kind, event, to }) => [kind, event, to]);
    expect(hops).to.deep.equal([
      ["invoked", "e", arn],
      ["handled", "e", arn],
      ["invoked", "e", next.arn],
      ["handled", "e", next.arn],
    ]);
  });

  it("include a dead-letter queue, which gets the event itself and AWS's attributes", async () => {
    const { functions, arn, clock, sent } = start({
      deadLetterTargetArn: queueArn,
      asynchronous: { onFailureArn: topicArn },
    });

    const requestId = functions.invokeAsync(arn, '{"fail": true}', { from });
    await clock.advance(180_000);

    expect(sent).to.have.length(1);
    expect(sent[0]?.message.body).to.equal('{"fail": true}');
    expect(sent[0]?.message.attributes).to.deep.equal({
      RequestID: { dataType: "String", stringValue: requestId },
      ErrorCode: { dataType: "Number", stringValue: "200" },
      ErrorMessage: { dataType: "String", stringValue: "too far" },
    });
  });

  it("need the role's permission: a record that may not be sent is lost, and the trace says why", async () => {
    const asked: AccessRequest[] = [];
    const { functions, arn, clock, sent, trace } = start(
      { deadLetterTargetArn: queueArn, asynchronous: { maximumRetryAttempts: 0 } },
      (request) => {
        asked.push(request);
        return { allowed: false, reason: "the role has no statement for sqs:SendMessage" };
      },
    );

    functions.invokeAsync(arn, '{"fail":true}', { event: "e", from });
    await clock.advance(0);

    expect(asked).to.deep.equal([
      {
        principal: { kind: "role", arn: roleArn },
        action: "sqs:SendMessage",
        resource: queueArn,
        context: { "aws:SecureTransport": "true" },
      },
    ]);
    expect(sent).to.deep.equal([]);
    expect(trace.recent().at(-1)).to.deep.include({
      event: "e",
      from: arn,
      to: queueArn,
      kind: "denied",
      reason: "the role has no statement for sqs:SendMessage",
    });
  });

  it("that are gone lose their record, and the trace says so", async () => {
    const { functions, arn, clock, trace } = startLambdaWithoutQueues();

    functions.invokeAsync(arn, '{"fail":true}', { from });
    await clock.advance(0);

    expect(trace.recent().at(-1)).to.include({
      kind: "dropped",
      to: queueArn,
      reason: "The specified queue does not exist.",
    });
  });

  function startLambdaWithoutQueues() {
    const lambda = startLambda({
      queues: {
        send() {
          throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
        },
      },
    });
    open.push(lambda.functions);
    const { arn } = lambda.functions.create(
      functionOf(handler, {
        deadLetterTargetArn: queueArn,
        asynchronous: { maximumRetryAttempts: 0 },
      }),
    );
    return { ...lambda, arn };
  }
});
