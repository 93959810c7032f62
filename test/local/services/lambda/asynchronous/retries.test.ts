import { expect } from "chai";
import { openStore } from "../../../../../local/storage/store.ts";
import type { Step } from "../../../../../local/trace/hop.ts";
import { functionOf, type LambdaOptions, startLambda } from "../../../../harness/cloud/lambda.ts";
import { awaitConnections, connecting } from "../../../../harness/processes/connections.ts";

const topicArn = "arn:aws:sns:eu-west-1:000000000000:orders";

/** Fails as often as the event says. */
const failing = `
  let runs = 0;
  export const handler = async (event) => {
    if (runs++ < event.failures) throw new Error("not yet");
    return runs;
  };`;

describe("an asynchronous invocation", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(() => Promise.all(open.splice(0).map((functions) => functions.close())));

  function start(changes = {}, options: LambdaOptions = {}) {
    const lambda = startLambda(options);
    open.push(lambda.functions);
    const { arn } = lambda.functions.create(functionOf(failing, changes));
    const kinds = () => lambda.trace.recent().map(({ kind }) => kind);
    return { ...lambda, arn, kinds };
  }

  it("returns at once, before the handler has begun", async () => {
    const { functions, arn, trace, activity } = start();

    const requestId = functions.invokeAsync(arn, '{"failures":0}', { event: "e", from: topicArn });
    const before = trace.recent().length;
    await activity.idle();

    expect(before).to.equal(0);
    const invoked: Step = { kind: "invoked", requestId, batchSize: 1 };
    expect(trace.recent()[0]).to.deep.include({ event: "e", from: topicArn, to: arn, ...invoked });
    expect(trace.recent()[1]).to.include({
      event: "e",
      from: topicArn,
      to: arn,
      kind: "handled",
      requestId,
    });
    expect(trace.recent()).to.have.length(2);
  });

  it("is tried again after one minute and after two more, with the same request id", async () => {
    const { functions, arn, clock, trace, kinds, activity } = start();

    functions.invokeAsync(arn, '{"failures":2}', { from: topicArn });
    await activity.idle();
    expect(kinds()).to.deep.equal(["invoked", "failed"]);

    await clock.advance(59_999);
    expect(kinds()).to.have.length(2);
    await clock.advance(1);
    expect(kinds().slice(2)).to.deep.equal(["invoked", "failed"]);

    await clock.advance(119_999);
    expect(kinds()).to.have.length(4);
    await clock.advance(1);
    expect(kinds().slice(4)).to.deep.equal(["invoked", "handled"]);

    const ids = trace.recent().map((hop) => ("requestId" in hop ? hop.requestId : ""));
    expect(new Set(ids).size).to.equal(1);
  });

  it("is given up after the third failure, and lost without a destination", async () => {
    const { functions, arn, clock, trace, kinds } = start();

    functions.invokeAsync(arn, '{"failures":9}', { event: "e", from: topicArn });
    await clock.advance(24 * 3_600_000);

    expect(kinds()).to.deep.equal([
      "invoked",
      "failed",
      "invoked",
      "failed",
      "invoked",
      "failed",
      "dropped",
    ]);
    expect(trace.recent().at(-1)).to.include({
      event: "e",
      reason: "RetriesExhausted, and the function has no destination for failures",
    });
  });

  it("takes settings that are left undefined for not given", async () => {
    const asynchronous = { maximumRetryAttempts: undefined, maximumEventAgeSeconds: undefined };
    const { functions, arn, clock, kinds } = start({ asynchronous });

    functions.invokeAsync(arn, '{"failures":2}', { from: topicArn });
    await clock.advance(180_000);

    expect(kinds().at(-1)).to.equal("handled");
  });

  it("is not tried again where the function wants no retries", async () => {
    const { functions, arn, clock, kinds } = start({ asynchronous: { maximumRetryAttempts: 0 } });

    functions.invokeAsync(arn, '{"failures":9}', { from: topicArn });
    await clock.advance(24 * 3_600_000);

    expect(kinds()).to.deep.equal(["invoked", "failed", "dropped"]);
  });

  it("is given up when the next try would come after the event's greatest age", async () => {
    const { functions, arn, clock, trace, kinds } = start({
      asynchronous: { maximumEventAgeSeconds: 100 },
    });

    functions.invokeAsync(arn, '{"failures":9}', { from: topicArn });
    await clock.advance(24 * 3_600_000);

    expect(kinds()).to.deep.equal(["invoked", "failed", "invoked", "failed", "dropped"]);
    expect(trace.recent().at(-1)).to.include({
      reason: "EventAgeExceeded, and the function has no destination for failures",
    });
  });

  it("follows settings that change between its tries", async () => {
    const { functions, arn, clock, activity, kinds } = start();

    functions.invokeAsync(arn, '{"failures":9}', { from: topicArn });
    await activity.idle();
    functions.setAsynchronousSettings(arn, { maximumRetryAttempts: 1 });
    await clock.advance(24 * 3_600_000);

    expect(kinds()).to.deep.equal(["invoked", "failed", "invoked", "failed", "dropped"]);
  });

  it("waits for concurrency after 1 second, 2, 4, ... and does not count that as a failure", async () => {
    const { functions, arn, clock, activity, trace, kinds } = start({ reservedConcurrency: 1 });

    functions.invokeAsync(arn, '{"failures":0}', { event: "first", from: topicArn });
    functions.invokeAsync(arn, '{"failures":0}', { event: "second", from: topicArn });
    await activity.idle();
    const before = kinds();
    await clock.advance(1000);

    expect(before).to.have.members(["invoked", "handled", "failed"]);
    const second = trace.recent().filter(({ event }) => event === "second");
    expect(second.map(({ kind }) => kind)).to.deep.equal(["failed", "invoked", "handled"]);
    expect(second[0]).to.include({ reason: "throttled" });
  });

  it("is lost at once when the function's concurrency is none", async () => {
    const { functions, arn, activity, kinds, trace } = start({ reservedConcurrency: 0 });

    functions.invokeAsync(arn, '{"failures":0}', { from: topicArn });
    await activity.idle();

    expect(kinds()).to.deep.equal(["failed", "dropped"]);
    expect(trace.recent().at(-1)).to.include({
      reason: "ZeroReservedConcurrency, and the function has no destination for failures",
    });
  });

  it("is lost when the function is deleted before its next try", async () => {
    const { functions, arn, clock, activity, trace } = start();

    functions.invokeAsync(arn, '{"failures":1}', { from: topicArn });
    await activity.idle();
    functions.delete(arn);
    await clock.advance(60_000);

    expect(trace.recent().at(-1)).to.include({
      kind: "dropped",
      reason: "the function was deleted",
    });
  });

  it("is tried once when the function is deleted and created again before its next try", async () => {
    const { functions, arn, clock, activity, kinds } = start();

    functions.invokeAsync(arn, '{"failures":1}', { from: topicArn });
    await activity.idle();
    functions.delete(arn);
    functions.create(functionOf(failing.replace("throw", "if (runs > 9) throw")));
    await clock.advance(3_600_000);

    expect(kinds()).to.deep.equal(["invoked", "failed", "invoked", "handled"]);
  });

  it("is refused for a function that does not exist, and for more than 1 MB", () => {
    const { functions, arn } = start();
    const large = JSON.stringify("x".repeat(1_048_575));

    expect(() => functions.invokeAsync(`${arn}x`, "{}", { from: topicArn })).to.throw(
      "Function not found",
    );
    expect(() => functions.invokeAsync(arn, large, { from: topicArn })).to.throw(
      "Request must be smaller than 1048576 bytes",
    );
  });

  it("goes on in the next run of the cloud, with the tries that it has left", async () => {
    const store = openStore();
    const first = start({}, { store });
    first.functions.invokeAsync(first.arn, '{"failures":9}', { event: "e", from: topicArn });
    await first.clock.advance(60_000);
    await first.functions.close();

    const second = start({}, { store });
    await second.clock.advance(24 * 3_600_000);

    expect(first.kinds()).to.deep.equal(["invoked", "failed", "invoked", "failed"]);
    expect(second.kinds()).to.deep.equal(["invoked", "failed", "dropped"]);
    expect(second.trace.recent()[0]).to.include({ event: "e", from: topicArn });
  });

  it("that had not begun when the cloud closed begins in the next run", async () => {
    const store = openStore();
    const first = start({}, { store });
    first.functions.invokeAsync(first.arn, '{"failures":0}', { event: "e", from: topicArn });
    await first.functions.close();

    const second = start({}, { store });
    await second.clock.advance(0);

    expect(second.kinds()).to.deep.equal(["invoked", "handled"]);
  });

  it("that was at work when the cloud closed begins again in the next run, and has lost no try", async () => {
    const connections = await awaitConnections();
    const store = openStore();
    const asynchronous = { maximumRetryAttempts: 0 };
    const files = {
      "index.mjs": `${connecting(connections.port)}
        export const handler = async () => void (await once(await connected(), "end"));`,
    };
    const first = start({ asynchronous, files }, { store });
    first.functions.invokeAsync(first.arn, "{}", { event: "e", from: topicArn });
    await connections.next();
    await first.functions.close();

    const second = start({ asynchronous }, { store });
    await second.clock.advance(0);

    expect(second.kinds()).to.deep.equal(["invoked", "handled"]);
    await connections.close();
  });

  it("that has come to its end leaves nothing to the next run", async () => {
    const store = openStore();
    const first = start({ asynchronous: { maximumRetryAttempts: 0 } }, { store });
    first.functions.invokeAsync(first.arn, '{"failures":0}', { from: topicArn });
    first.functions.invokeAsync(first.arn, '{"failures":9}', { from: topicArn });
    await first.clock.advance(0);
    await first.functions.close();

    const second = start({}, { store });
    await second.clock.advance(24 * 3_600_000);

    expect(second.kinds()).to.deep.equal([]);
  });
});
