import {
  InvokeCommand,
  type InvokeCommandInput,
  TooManyRequestsException,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { functionOf } from "../../../../harness/cloud/lambda.ts";
import {
  describeLambda,
  refusal,
  workerCode,
} from "../../../../harness/endpoints/lambdaEndpoint.ts";

describeLambda("Lambda's Invoke", (api) => {
  const { functions, trace, activity, arn, denied, asked } = api;
  const invoke = (input: Partial<InvokeCommandInput> = {}) =>
    api.client.send(new InvokeCommand({ FunctionName: "worker", Payload: '{"n":"ż"}', ...input }));

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

  it("says which version it has run, of an alias too", async () => {
    functions.create({ ...functionOf(workerCode), name: "versioned" });
    functions.publish("versioned");
    functions.setAlias("versioned", { name: "live", version: "1" });
    for (const Qualifier of ["1", "live"]) {
      const input = { FunctionName: "versioned", Qualifier, LogType: "Tail" } as const;
      const { ExecutedVersion, LogResult = "" } = await invoke(input);
      expect(ExecutedVersion).to.equal("1");
      expect(Buffer.from(LogResult, "base64").toString()).to.match(
        /^START RequestId: \S+ Version: 1\n/,
      );
    }
    functions.delete("versioned");
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
    functions.create(functionOf(workerCode, { name: "stopped", reservedConcurrency: 0 }));

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
