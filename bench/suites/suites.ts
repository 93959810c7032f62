import type { Suite } from "./suite.ts";

const localStack = {
  title: "LocalStack 2026.3.0",
  source: {
    kind: "checkout",
    repository: "localstack/localstack",
    marker: "tests/aws/services/sqs/test_sqs.snapshot.json",
    python: "python3.13",
    packages: [
      "localstack-core[base-runtime]==2026.3.0",
      "localstack-snapshot==0.4.0",
      "antlr4-python3-runtime==4.13.2",
      "cbor2<6",
      "crontab==1.0.5",
      "httpx[http2]",
      "json5",
      "jsonpath-ng",
      "pymongo",
      "moto-ext",
      "pytest-httpserver",
      "pytest-rerunfailures",
    ],
  },
  workers: 8,
  /** As if the endpoint were AWS: every field of the recorded answers is compared. */
  environment: () => ({
    TEST_TARGET: "AWS_CLOUD",
    TEST_SKIP_LOCALSTACK_START: "1",
    TEST_AWS_ACCOUNT_ID: "000000000000",
    DISABLE_EVENTS: "1",
  }),
  pytestOptions: ["-p", "no:localstack.testing.pytest.validation_tracking", "--timeout", "450"],
} as const satisfies Omit<Suite, "name" | "tests">;

const services = "tests/aws/services";
const mappings = `${services}/lambda_/event_source_mapping`;

export const suites: readonly Suite[] = [
  {
    name: "localstack-sqs",
    ...localStack,
    tests: [`${services}/sqs/test_sqs.py`, `${services}/sqs/test_sqs_move_task.py`],
  },
  {
    name: "localstack-sns",
    ...localStack,
    tests: [`${services}/sns/test_sns.py`, `${services}/sns/test_sns_filter_policy.py`],
  },
  {
    name: "localstack-mappings",
    ...localStack,
    tests: [
      `${mappings}/test_lambda_integration_sqs.py`,
      `${mappings}/test_lambda_integration_dynamodbstreams.py`,
      `${mappings}/test_lambda_integration_kinesis.py`,
    ],
  },
  {
    name: "localstack-s3-notifications",
    ...localStack,
    tests: [
      `${services}/s3/test_s3_notifications_sqs.py`,
      `${services}/s3/test_s3_notifications_sns.py`,
      `${services}/s3/test_s3_notifications_eventbridge.py`,
      `${services}/s3/test_s3_notifications_lambda.py`,
    ],
  },
  {
    name: "localstack-s3",
    ...localStack,
    tests: ["", "_api", "_concurrency", "_cors", "_list_operations", "_preconditions"].map(
      (part) => `${services}/s3/test_s3${part}.py`,
    ),
    /** As if the endpoint were LocalStack: the tests for AWS call its hosts by name. */
    environment: (endpoint) => ({
      ...localStack.environment(),
      TEST_TARGET: "LOCALSTACK",
      TEST_AWS_ENDPOINT_URL: endpoint.replace("127.0.0.1", "localhost"),
      GATEWAY_LISTEN: endpoint.replace("http://", ""),
      LOCALSTACK_HOST: new URL(endpoint.replace("127.0.0.1", "localhost")).host,
    }),
  },
  {
    name: "localstack-dynamodb",
    ...localStack,
    tests: [`${services}/dynamodb`, `${services}/dynamodbstreams`],
  },
  {
    name: "localstack-events",
    ...localStack,
    tests: [
      `${services}/events/test_events.py`,
      `${services}/events/test_events_patterns.py`,
      `${services}/events/test_events_targets.py`,
    ],
  },
  {
    name: "ministack",
    title: "MiniStack 1.5.33",
    source: {
      kind: "sdist",
      requirement: "ministack==1.5.33",
      packages: ["boto3", "ministack==1.5.33"],
    },
    tests: ["tests/test_sqs.py", "tests/test_sns.py"],
    environment: (endpoint) => ({ MINISTACK_ENDPOINT: endpoint }),
  },
  {
    name: "moto",
    title: "moto 5.2.5",
    // Its queues have no policies that let topics send.
    cloudOptions: ["--no-permissions"],
    source: {
      kind: "sdist",
      requirement: "moto==5.2.5",
      packages: ["moto[all,server]==5.2.5", "freezegun"],
    },
    // Without those of CloudFormation, of several accounts and of moto's own server.
    tests: [
      "tests/test_sqs/test_sqs.py",
      "tests/test_sqs/test_sqs_integration.py",
      "tests/test_sqs/test_sqs_message_attributes.py",
      "tests/test_sns/test_publish_batch.py",
      "tests/test_sns/test_publishing.py",
      "tests/test_sns/test_subscriptions.py",
      "tests/test_sns/test_topics.py",
    ],
    environment: (endpoint) => ({
      TEST_SERVER_MODE: "true",
      TEST_SERVER_MODE_ENDPOINT: endpoint,
      MOTO_CALL_RESET_API: "false",
    }),
  },
  {
    name: "powertools-python",
    title: "Powertools for AWS Lambda (Python) 3.2.1a1",
    source: {
      kind: "checkout",
      repository: "aws-powertools/powertools-lambda-python",
      marker: "tests/e2e/parser/test_parser.py",
      packages: [
        "boto3",
        "filelock",
        "jmespath",
        ...["cloudwatch", "lambda", "logs", "xray"].map((service) => `mypy-boto3-${service}`),
        "pydantic",
        "requests",
        "retry",
        "typing-extensions",
      ],
    },
    // The tests of batches are those of units; others need X-Ray, metrics or Redis.
    tests: ["tests/e2e/idempotency", "tests/e2e/parser"],
  },
  {
    name: "powertools-typescript",
    title: "Powertools for AWS Lambda (TypeScript) 2.35.0",
    source: {
      kind: "vitestCheckout",
      repository: "aws-powertools/powertools-lambda-typescript",
      marker: "packages/batch/tests/e2e/sqsStandard.test.ts",
      copied: ["batch/tests", "idempotency/src", "idempotency/tests", "testing/src"].map(
        (name) => `packages/${name}`,
      ),
      packages: [
        ...["batch", "commons", "idempotency", "jmespath", "logger", "parser"].map(
          (name) => `@aws-lambda-powertools/${name}@2.35.0`,
        ),
        ...["cloudwatch-logs", "dynamodb", "iam", "lambda", "sqs"].map(
          (name) => `@aws-sdk/client-${name}`,
        ),
        "@aws-sdk/lib-dynamodb",
        "@aws-sdk/util-dynamodb",
        "@aws/lambda-invoke-store",
        "@middy/core@6",
        "@smithy/util-utf8",
        "@standard-schema/spec",
        "esbuild",
        "fflate",
        "middy7@npm:@middy/core@7",
        "vitest@4",
        "zod@4",
      ],
    },
    // Without those of durable functions.
    tests: [
      "packages/batch/tests/e2e",
      ...["idempotentDecorator", "makeHandlerIdempotent", "makeIdempotent"].map(
        (name) => `packages/idempotency/tests/e2e/${name}.test.ts`,
      ),
    ],
  },
  {
    name: "python-clients",
    title: "boto3, AWS CLI, kombu and Celery 5.7.0",
    source: {
      kind: "python",
      packages: ["awscli", "boto3", "celery[sqs]==5.7.0", "kombu[sqs]==5.7.0"],
    },
    tests: ["clients"],
  },
  {
    name: "node-clients",
    title: "sqs-consumer 15.0.3, sqs-producer 8.0.4, sns-validator 0.3.5",
    source: {
      kind: "node",
      packages: [
        "@aws-sdk/client-sns",
        "@aws-sdk/client-sqs",
        "sqs-consumer@15.0.3",
        "sqs-producer@8.0.4",
        "sns-validator@0.3.5",
      ],
    },
    tests: ["clients/nodeClients.mjs"],
  },
];
