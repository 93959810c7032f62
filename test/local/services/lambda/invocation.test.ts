import { expect } from "chai";
import { functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";

describe("an invocation", () => {
  const { functions, activity } = startLambda();
  after(() => functions.close());

  let created = 0;
  function create(source: string, changes = {}): string {
    return functions.create(functionOf(source, { name: `f${++created}`, ...changes })).arn;
  }

  it("gives the event to the handler, and its result back as JSON", async () => {
    const arn = create("export const handler = async (event) => ({ got: event.text });");

    const result = await functions.invoke(arn, '{"text":"żółw 🐢 \\u2028"}');

    expect(payloadOf(result)).to.deep.equal({ got: "żółw 🐢 \u2028" });
  });

  it("answers null for a handler that returns nothing", async () => {
    const arn = create("export const handler = async () => {};");

    expect(payloadOf(await functions.invoke(arn, "{}"))).to.equal(null);
  });

  it("takes an event of 6 MB and refuses a larger one", async () => {
    const arn = create("export const handler = async (event) => event.length;");

    const most = await functions.invoke(arn, JSON.stringify("x".repeat(6_291_454)));
    const more = functions.invoke(arn, JSON.stringify("x".repeat(6_291_455)));

    expect(payloadOf(most)).to.equal(6_291_454);
    expect(await more.catch((error) => error.code)).to.equal("RequestTooLargeException");
  });

  it("runs again in the same environment, whose state has been kept", async () => {
    const arn = create("let count = 0; export const handler = async () => ++count;");

    const first = await functions.invoke(arn, "{}");
    const second = await functions.invoke(arn, "{}");

    expect([payloadOf(first), payloadOf(second)]).to.deep.equal([1, 2]);
  });

  it("has an environment to itself while it lasts", async () => {
    const arn = create(
      "export const handler = async () => { await new Promise((r) => setTimeout(r, 30)); return process.pid; };",
    );

    const results = await Promise.all([functions.invoke(arn, "{}"), functions.invoke(arn, "{}")]);

    expect(new Set(results.map(payloadOf)).size).to.equal(2);
  });

  it("keeps the environment after an error that the handler threw", async () => {
    const arn = create(
      "let count = 0; export const handler = async () => { if (++count === 1) throw new Error('no'); return count; };",
    );

    await functions.invoke(arn, "{}");

    expect(payloadOf(await functions.invoke(arn, "{}"))).to.equal(2);
  });

  it("sees the fields of AWS's context", async () => {
    const arn = create(
      "export const handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() });",
      { name: "contextual", timeoutSeconds: 900, memoryMb: 256 },
    );

    const result = await functions.invoke(arn, "{}");

    const { left, logStreamName, ...context } = payloadOf(result) as Record<string, unknown>;
    expect(context).to.deep.equal({
      awsRequestId: result.requestId,
      callbackWaitsForEmptyEventLoop: true,
      functionName: "contextual",
      functionVersion: "$LATEST",
      invokedFunctionArn: "arn:aws:lambda:eu-west-1:000000000000:function:contextual",
      logGroupName: "/aws/lambda/contextual",
      memoryLimitInMB: "256",
    });
    // As precisely as no machine is too slow for.
    expect(left).to.be.within(1, 900_000);
    expect(logStreamName).to.match(/^2026\/01\/01\/\[\$LATEST\][0-9a-f]{32}$/);
  });

  it("sees Lambda's environment variables, the function's own, and nothing of the machine's but PATH", async () => {
    const arn = create(
      "export const handler = async () => ({ ...process.env, cwd: process.cwd() });",
      {
        name: "surroundings",
        environment: { TABLE: "stock" },
      },
    );

    const variables = payloadOf(await functions.invoke(arn, "{}")) as Record<string, string>;

    expect(variables).to.deep.equal({
      AWS_ACCESS_KEY_ID: "ASIA0000",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_LAMBDA_FUNCTION_NAME: "surroundings",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/surroundings",
      AWS_LAMBDA_LOG_STREAM_NAME: variables.AWS_LAMBDA_LOG_STREAM_NAME,
      AWS_REGION: "eu-west-1",
      AWS_SECRET_ACCESS_KEY: "secret of arn:aws:iam::000000000000:role/worker",
      AWS_SESSION_TOKEN: "token",
      LAMBDA_TASK_ROOT: variables.cwd,
      LANG: "en_US.UTF-8",
      PATH: process.env.PATH,
      TABLE: "stock",
      TZ: ":UTC",
      _HANDLER: "index.handler",
      _X_AMZN_TRACE_ID: variables._X_AMZN_TRACE_ID,
      cwd: variables.cwd,
    });
    expect(variables._X_AMZN_TRACE_ID).to.match(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
    );
  });

  it("counts as activity from its start to its end", async () => {
    const arn = create("export const handler = async () => {};");
    const changes: boolean[] = [];
    activity.onChange((busy) => changes.push(busy));

    const result = functions.invoke(arn, "{}");
    const during = [...changes];
    await result;

    expect(during).to.deep.equal([true]);
    expect(changes).to.deep.equal([true, false]);
  });

  it("says when it starts, with the request's id, which may be given", async () => {
    const arn = create("export const handler = async (event, context) => context.awsRequestId;");
    const started: string[] = [];

    const result = await functions.invoke(arn, "{}", {
      requestId: "11111111-2222-3333-4444-555555555555",
      onStart: (requestId) => started.push(requestId),
    });

    expect(started).to.deep.equal(["11111111-2222-3333-4444-555555555555"]);
    expect(payloadOf(result)).to.equal("11111111-2222-3333-4444-555555555555");
    expect(result.requestId).to.equal("11111111-2222-3333-4444-555555555555");
  });

  it("of a function that does not exist is refused", async () => {
    const error = await functions
      .invoke("arn:aws:lambda:eu-west-1:000000000000:function:none", "{}")
      .catch((refusal) => refusal);

    expect(error).to.include({
      code: "ResourceNotFoundException",
      status: 404,
      message: "Function not found: arn:aws:lambda:eu-west-1:000000000000:function:none",
    });
  });
});
