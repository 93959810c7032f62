import { expect } from "chai";
import { ManualHandlerTimer } from "../../../harness/cloud/handlerTimers.ts";
import { errorOf, functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";
import { awaitConnections, connecting } from "../../../harness/processes/connections.ts";

/** Fails in its own way when the event asks for it; tells its process otherwise. */
const failing = (body: string) => `
  export const handler = async (event) => {
    if (!event.fail) return process.pid;
    ${body}
  };`;

describe("a handler that fails", () => {
  const time = new ManualHandlerTimer();
  const { functions } = startLambda({ handlerTimer: time.timer });
  after(() => functions.close());

  let created = 0;
  function create(source: string): string {
    const definition = functionOf(source, { name: `f${++created}`, timeoutSeconds: 7 });
    return functions.create(definition).arn;
  }

  /** Runs the handler well, lets it fail, and runs it well again. */
  async function failBetween(body: string) {
    return await runBetween(create(failing(body)));
  }

  /** The same with a handler whose time runs out while it is at work. */
  async function timeOutBetween(body: string) {
    const connections = await awaitConnections();
    const source = `${connecting(connections.port)}${failing(`await connected(); ${body}`)}`;
    const run = runBetween(create(source));
    const environment = await connections.next();
    await time.expire(7);
    await environment.ended;
    await connections.close();
    return await run;
  }

  async function runBetween(arn: string) {
    const before = payloadOf(await functions.invoke(arn, "{}"));
    const failure = await functions.invoke(arn, '{"fail":true}');
    const after = payloadOf(await functions.invoke(arn, "{}"));
    const log = failure.outcome === "throttled" ? "" : failure.log;
    return {
      error: errorOf(failure),
      log,
      requestId: failure.requestId,
      fresh: before !== after,
    };
  }

  it("by throwing reports type, message and trace, and lives on", async () => {
    const { error, fresh, log, requestId } = await failBetween(
      "class OrderError extends Error { name = 'OrderError'; sku = 'desk'; } throw new OrderError('no desk left');",
    );

    expect(error).to.include({ errorType: "OrderError", errorMessage: "no desk left" });
    expect(error.trace?.[0]).to.equal("OrderError: no desk left");
    expect(log).to.match(
      new RegExp(
        `${requestId}\tERROR\tInvoke Error\t{"errorType":"OrderError","errorMessage":"no desk left","sku":"desk","stack":\\[`,
      ),
    );
    expect(fresh).to.equal(false);
  });

  it("by throwing what is no Error reports its type", async () => {
    const { error } = await failBetween("throw 'a text';");

    expect(error).to.deep.equal({ errorType: "string", errorMessage: "a text", trace: [] });
  });

  it("by an endless loop is ended at its timeout", async () => {
    const { error, fresh, log, requestId } = await timeOutBetween("for (;;);");

    expect(error).to.deep.equal({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 7.00 seconds`,
    });
    expect(log).to.contain("Duration: 7000.00 ms").and.to.contain("\tStatus: timeout\n");
    // As AWS has logged it since the report has a status.
    expect(log).not.to.contain("Task timed out");
    expect(fresh).to.equal(true);
  });

  it("by waiting too long is ended at its timeout", async () => {
    const waiting = "await new Promise((r) => setTimeout(r, 60_000));";
    const { error, fresh } = await timeOutBetween(waiting);

    expect(error.errorType).to.equal("Sandbox.Timedout");
    expect(fresh).to.equal(true);
  });

  it("by using up its memory ends its environment", async () => {
    const { error, fresh, log, requestId } = await failBetween(
      "const kept = []; for (;;) kept.push(new Array(1e5).fill({}));",
    );

    expect(error).to.deep.equal({
      errorType: "Runtime.ExitError",
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: aborted`,
    });
    expect(log).to.contain("JavaScript heap out of memory");
    expect(fresh).to.equal(true);
  });

  it("by process.exit ends its environment", async () => {
    const { error, fresh, log, requestId } = await failBetween("process.exit(3);");

    expect(error).to.deep.equal({
      errorType: "Runtime.ExitError",
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 3`,
    });
    expect(log).to.contain("\tStatus: error\tError Type: Runtime.ExitError\n");
    expect(fresh).to.equal(true);
  });

  it("by ending its process in peace fails all the same", async () => {
    const { error, requestId } = await failBetween("process.exit(0);");

    expect(error.errorMessage).to.equal(
      `RequestId: ${requestId} Error: Runtime exited without providing a reason`,
    );
  });

  it("by a signal to itself ends its environment", async () => {
    const { error, fresh } = await failBetween(
      "process.kill(process.pid, 'SIGKILL'); await new Promise((r) => setTimeout(r, 60_000));",
    );

    expect(error.errorMessage).to.match(/Runtime exited with error: signal: killed$/);
    expect(fresh).to.equal(true);
  });

  it("by an exception outside of its promise reports it and ends its environment", async () => {
    const { error, fresh, log } = await failBetween(
      "setTimeout(() => { throw new TypeError('late'); }); await new Promise((r) => setTimeout(r, 60_000));",
    );

    expect(error).to.include({ errorType: "TypeError", errorMessage: "late" });
    expect(log).to.contain("\tERROR\tUncaught Exception\t");
    expect(log).to.contain(
      "Error: Runtime exited with error: exit status 129\nRuntime.ExitError\n",
    );
    expect(fresh).to.equal(true);
  });

  it("by a promise rejected after its return reports it and ends its environment", async () => {
    const { error, fresh, log } = await failBetween(
      "Promise.reject(new Error('nobody waits')); return 'done';",
    );

    expect(error).to.include({
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "Error: nobody waits",
    });
    expect(error.trace?.[0]).to.equal("Runtime.UnhandledPromiseRejection: Error: nobody waits");
    expect(log).to.contain("exit status 128");
    expect(fresh).to.equal(true);
  });

  it("by a promise that nothing will ever keep ends its environment", async () => {
    const { error, fresh } = await failBetween("await new Promise(() => {});");

    expect(error.errorType).to.equal("Runtime.ExitError");
    expect(error.errorMessage).to.match(/exit status 13$/);
    expect(fresh).to.equal(true);
  });

  for (const [what, body] of [
    ["a BigInt", "return 1n;"],
    ["a circle", "const circle = {}; circle.circle = circle; return circle;"],
  ] as const) {
    it(`by returning ${what} reports that it is not JSON`, async () => {
      const { error, fresh } = await failBetween(body);

      expect(error).to.include({
        errorType: "Runtime.JSONStringifyError",
        errorMessage: "Unable to stringify response body",
      });
      expect(fresh).to.equal(false);
    });
  }

  it("by returning more than 6 MB reports the limit", async () => {
    const { error, fresh } = await failBetween("return 'x'.repeat(6_291_555);");

    expect(error).to.deep.equal({
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
    });
    expect(fresh).to.equal(false);
  });

  it("by throwing an error that is not JSON reports it all the same", async () => {
    const { error } = await failBetween("throw Object.assign(new Error('odd'), { size: 1n });");

    expect(error).to.include({ errorType: "Error", errorMessage: "odd" });
  });

  it("in two ways is not taken for the first when it fails in the second", async () => {
    const { arn } = functions.create(
      functionOf(
        "export const handler = async (event) => { if (event.exit) process.exit(1); throw new Error('first'); };",
        { name: "twice" },
      ),
    );

    const first = errorOf(await functions.invoke(arn, "{}"));
    const second = errorOf(await functions.invoke(arn, '{"exit":true}'));

    expect(first.errorMessage).to.equal("first");
    expect(second.errorType).to.equal("Runtime.ExitError");
  });

  it("while it is loaded does so in one invocation, and is loaded again for the next", async () => {
    const { arn } = functions.create(functionOf("process.exit(4);", { name: "unloadable" }));

    const first = errorOf(await functions.invoke(arn, "{}"));
    const second = errorOf(await functions.invoke(arn, "{}"));

    expect(first.errorMessage).to.match(/Runtime exited with error: exit status 4$/);
    expect(second.errorMessage).to.match(/Runtime exited with error: exit status 4$/);
  });
});
