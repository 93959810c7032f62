import {
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { functionOf, roleArn } from "../../../../harness/cloud/lambda.ts";
import {
  describeLambda,
  refusal,
  workerCode,
} from "../../../../harness/endpoints/lambdaEndpoint.ts";

describeLambda("what shows functions of Lambda", (api) => {
  const { functions, arn, denied } = api;
  it("gives a function's configuration", async () => {
    const { $metadata, ...configuration } = await api.client.send(
      new GetFunctionConfigurationCommand({ FunctionName: "worker" }),
    );

    expect(configuration).to.deep.equal({
      FunctionName: "worker",
      FunctionArn: arn,
      Runtime: "nodejs24.x",
      Role: roleArn,
      Handler: "index.handler",
      CodeSize: Buffer.byteLength(workerCode),
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
    functions.create(functionOf(workerCode, { name: "reserved", reservedConcurrency: 3 }));

    const reserved = await api.client.send(new GetFunctionCommand({ FunctionName: "reserved" }));
    const free = await api.client.send(new GetFunctionCommand({ FunctionName: "worker" }));

    expect(reserved.Configuration?.FunctionName).to.equal("reserved");
    expect(reserved.Concurrency).to.deep.equal({ ReservedConcurrentExecutions: 3 });
    expect(free.Concurrency).to.equal(undefined);
  });

  it("lists all functions, page by page", async () => {
    const names: (string | undefined)[] = [];
    let marker: string | undefined;
    do {
      const page = await api.client.send(new ListFunctionsCommand({ MaxItems: 1, Marker: marker }));
      expect(page.Functions).to.have.length(1);
      names.push(page.Functions?.[0]?.FunctionName);
      marker = page.NextMarker;
    } while (marker !== undefined);

    expect(names).to.deep.equal(functions.list().map(({ name }) => name));
  });

  it("gives a function's policy once it has one", async () => {
    const sending = () => api.client.send(new GetPolicyCommand({ FunctionName: "worker" }));
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
      refusal(api.client.send(new GetFunctionCommand(name))),
      refusal(api.client.send(new GetFunctionConfigurationCommand(name))),
      refusal(api.client.send(new GetPolicyCommand(name))),
      refusal(api.client.send(new ListFunctionsCommand({}))),
    ]);

    const names = refusals.map((error) => error.name);
    expect(names).to.deep.equal(Array(4).fill("AccessDeniedException"));
  });

  it("says of any other operation that it is not supported", async () => {
    const error = await refusal(
      api.client.send(new PublishVersionCommand({ FunctionName: "worker" })),
    );

    expect(error.name).to.equal("NotImplemented");
    expect(error.$metadata.httpStatusCode).to.equal(501);
    expect(error.message).to.contain(
      "does not support Lambda's POST /2015-03-31/functions/worker/versions",
    );
  });
});
