import { expect } from "chai";
import type { AwsError } from "../../../../local/protocol/awsError.ts";
import type { FunctionDefinition } from "../../../../local/services/lambda/definition.ts";
import { functionOf, startLambda } from "../../../harness/cloud/lambda.ts";

describe("creating a function", () => {
  const { functions } = startLambda();
  after(() => functions.close());

  function refusal(changes: Partial<FunctionDefinition>): AwsError {
    const definition = functionOf("", { name: "refused", ...changes });
    let refused: AwsError | undefined;
    expect(() => {
      try {
        functions.create(definition);
      } catch (error) {
        refused = error as AwsError;
        throw error;
      }
    }).to.throw();
    return refused as AwsError;
  }

  it("gives its ARN and AWS's defaults", () => {
    const { arn } = functions.create(functionOf("", { name: "plain" }));

    const created = functions.get(arn);
    expect(arn).to.equal("arn:aws:lambda:eu-west-1:000000000000:function:plain");
    expect(created.version).to.include({ memoryMb: 128, timeoutSeconds: 3 });
    expect(created.reservedConcurrency).to.equal(undefined);
    expect(functions.list().map(({ name }) => name)).to.deep.equal(["plain"]);
  });

  it("gives equal code equal hashes, whatever the order of its files", () => {
    const one = functions.create(functionOf("", { name: "one", files: { a: "1", b: "2" } }));
    const two = functions.create(functionOf("", { name: "two", files: { b: "2", a: "1" } }));
    const other = functions.create(functionOf("", { name: "other", files: { a: "12", b: "" } }));

    const [first, second, third] = [one, two, other].map(({ arn }) => functions.get(arn).code);
    expect(first).to.deep.equal(second);
    expect(first?.sha256).not.to.equal(third?.sha256);
  });

  it("is refused when the name is taken", () => {
    functions.create(functionOf("", { name: "taken" }));

    expect(refusal({ name: "taken" })).to.include({
      code: "ResourceConflictException",
      status: 409,
      message: "Function already exist: taken",
    });
  });

  const arnOf = (service: string, name: string) =>
    `arn:aws:${service}:eu-west-1:000000000000:${name}`;
  const refused: [string, Partial<FunctionDefinition>, string][] = [
    ["a name with a dot", { name: "a.b" }, "Value 'a.b' at 'functionName'"],
    ["a name of 65 characters", { name: "a".repeat(65) }, "at 'functionName'"],
    [
      "a memory of 127 MB",
      { memoryMb: 127 },
      "Value '127' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    ],
    ["a memory of 10,241 MB", { memoryMb: 10_241 }, "less than or equal to 10240"],
    ["a timeout of 0", { timeoutSeconds: 0 }, "Value '0' at 'timeout'"],
    ["a timeout of 901 seconds", { timeoutSeconds: 901 }, "less than or equal to 900"],
    ["a timeout of half a second", { timeoutSeconds: 0.5 }, "must be an integer"],
    [
      "a reserved environment variable",
      { environment: { AWS_REGION: "x", _HANDLER: "y" } },
      "Reserved keys used in this request: AWS_REGION, _HANDLER",
    ],
    [
      "a wrong name of a variable",
      { environment: { "1ST": "x" } },
      "Value '1ST' at 'environment.variables'",
    ],
    [
      "more than 4 KB of variables",
      { environment: { TEXT: "x".repeat(4096) } },
      "exceeded the 4KB limit",
    ],
    ["no code", { files: {} }, "Uploaded file must be a non-empty zip"],
    [
      "code outside of its folder",
      { files: { "../x.mjs": "" } },
      'The archive\'s path "../x.mjs" leads out',
    ],
    [
      "code at an absolute path",
      { files: { "/etc/x.mjs": "" } },
      'The archive\'s path "/etc/x.mjs" leads out',
    ],
    ["another language", { runtime: "ruby3.4" }, 'does not support the runtime "ruby3.4"'],
    ["three retries", { asynchronous: { maximumRetryAttempts: 3 } }, "at 'maximumRetryAttempts'"],
    [
      "an event age of 59 seconds",
      { asynchronous: { maximumEventAgeSeconds: 59 } },
      "at 'maximumEventAgeInSeconds'",
    ],
    [
      "a FIFO dead-letter queue",
      { deadLetterTargetArn: arnOf("sqs", "dlq.fifo") },
      "must be a standard SQS queue or SNS topic",
    ],
    [
      "a function as dead-letter target",
      { deadLetterTargetArn: arnOf("lambda", "function:other") },
      "must be a standard SQS queue or SNS topic",
    ],
    [
      "a FIFO destination",
      { asynchronous: { onFailureArn: arnOf("sns", "t.fifo") } },
      "must be a standard SQS queue, a standard SNS topic, a function or an event bus",
    ],
    [
      "a bucket as destination of successes",
      { asynchronous: { onSuccessArn: "arn:aws:s3:::results" } },
      "(for failures also an S3 bucket)",
    ],
  ];
  for (const [what, changes, message] of refused) {
    it(`is refused for ${what}`, () => {
      expect(refusal(changes).message).to.contain(message);
    });
  }
});

describe("a function's policy", () => {
  const { functions } = startLambda();
  const { arn } = functions.create(functionOf(""));
  after(() => functions.close());

  it("is absent before the first permission", () => {
    expect(functions.policy(arn)).to.equal(undefined);
  });

  it("holds a statement for each permission, as AWS writes it", () => {
    functions.addPermission(arn, {
      statementId: "topic",
      action: "lambda:InvokeFunction",
      principal: "sns.amazonaws.com",
      sourceArn: "arn:aws:sns:eu-west-1:000000000000:orders",
    });
    functions.addPermission(arn, {
      statementId: "partner",
      action: "lambda:InvokeFunction",
      principal: "111122223333",
    });
    functions.addPermission(arn, {
      statementId: "bucket",
      action: "lambda:InvokeFunction",
      principal: "s3.amazonaws.com",
      sourceAccount: "000000000000",
    });

    expect(JSON.parse(functions.policy(arn) ?? "")).to.deep.equal({
      Version: "2012-10-17",
      Id: "default",
      Statement: [
        {
          Sid: "topic",
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: arn,
          Condition: {
            ArnLike: { "AWS:SourceArn": "arn:aws:sns:eu-west-1:000000000000:orders" },
          },
        },
        {
          Sid: "partner",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111122223333:root" },
          Action: "lambda:InvokeFunction",
          Resource: arn,
        },
        {
          Sid: "bucket",
          Effect: "Allow",
          Principal: { Service: "s3.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: arn,
          Condition: { StringEquals: { "AWS:SourceAccount": "000000000000" } },
        },
      ],
    });
  });

  it("takes a statement id once", () => {
    const again = { statementId: "topic", action: "lambda:InvokeFunction", principal: "*" };

    expect(() => functions.addPermission(arn, again)).to.throw(
      "The statement id (topic) provided already exists.",
    );
  });
});
