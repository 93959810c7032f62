import { AssetValue, type PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { enableLists } from "../cloud/buckets.ts";
import type { ProviderWorld } from "./awsProvider.ts";
import { onAwsOnlyCases } from "./onAwsOnlyCases.ts";

/** A resource of each type, with a change that is made in place or not. */
export type ResourceCase = {
  readonly inputs: PropertyMap;
  readonly change: PropertyMap;
  /** Inputs whose change replaces the resource. @default changed in place */
  readonly replaces?: readonly string[];
  /** A setting that goes back to AWS's default when it is deleted, and is there all the same. */
  readonly hasDefault?: true;
};

const region = "eu-west-1";
const account = "000000000000";
export const queueUrl = `http://127.0.0.1:4566/${account}/inbox`;
export const queueArn = `arn:aws:sqs:${region}:${account}:inbox`;
export const topicArn = `arn:aws:sns:${region}:${account}:news`;
export const functionArn = `arn:aws:lambda:${region}:${account}:function:work`;
export const roleArn = `arn:aws:iam::${account}:role/worker`;

export const code = new AssetValue({
  kind: "assetArchive",
  assets: { "index.mjs": { kind: "textAsset", text: "export const handler = async () => 1;" } },
});

export function trust(...services: readonly string[]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: services }, Action: "sts:AssumeRole" }],
  });
}

export function policyFor(action: string, resource: string, principal?: object): string {
  const Principal = principal === undefined ? {} : { Principal: principal };
  const statement = { Effect: "Allow", ...Principal, Action: action, Resource: resource };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

/** What the cases refer to. */
export async function prepare(world: ProviderWorld): Promise<void> {
  await world.create("aws:sqs/queue:Queue", "inbox", { name: "inbox" });
  await world.create("aws:sns/topic:Topic", "news", { name: "news" });
  const policy = policyFor("sns:Publish", topicArn, { Service: "s3.amazonaws.com" });
  await world.create("aws:sns/topicPolicy:TopicPolicy", "news", { arn: topicArn, policy });
  await world.create("aws:s3/bucket:Bucket", "files", { bucket: "files" });
  await world.create("aws:s3/bucket:Bucket", "open", { bucket: "open" });
  enableLists(world.cloud.buckets, "open");
  await world.create("aws:iam/role:Role", "worker", {
    name: "worker",
    assumeRolePolicy: trust(
      "lambda.amazonaws.com",
      "firehose.amazonaws.com",
      "scheduler.amazonaws.com",
    ),
    managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"],
  });
  await world.create("aws:lambda/function:Function", "work", {
    name: "work",
    role: roleArn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code,
  });
  await world.create("aws:dynamodb/table:Table", "stock", {
    name: "stock",
    hashKey: "sku",
    attributes: [{ name: "sku", type: "S" }],
  });
  await world.create("aws:kms/key:Key", "lock", {});
  await world.create("aws:secretsmanager/secret:Secret", "lock", { name: "lock" });
  await world.create("aws:iam/user:User", "ada", { name: "ada" });
  await world.create("aws:iam/role:Role", "states", {
    name: "states",
    assumeRolePolicy: trust("states.amazonaws.com"),
  });
  await world.create("aws:apigatewayv2/api:Api", "web", { protocolType: "HTTP" });
  await world.create("aws:apigatewayv2/integration:Integration", "back", {
    apiId: "web",
    integrationType: "AWS_PROXY",
    integrationUri: functionArn,
    payloadFormatVersion: "2.0",
  });
  await world.create("aws:apigateway/restApi:RestApi", "rest", {});
  await world.create("aws:apigateway/method:Method", "root", {
    ...restMethod,
    authorization: "NONE",
  });
  await world.create("aws:apigateway/integration:Integration", "root", {
    ...restMethod,
    type: "MOCK",
  });
  for (const name of ["first", "second"]) {
    await world.create("aws:apigateway/deployment:Deployment", name, { restApi: "rest" });
  }
}

const restUri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
const restMethod = { restApi: "rest", resourceId: "rest-root", httpMethod: "GET" };
const statesRoleArn = `arn:aws:iam::${account}:role/states`;

function machineOf(Type: "Pass" | "Succeed"): string {
  const only = Type === "Pass" ? { Type, End: true } : { Type };
  return JSON.stringify({ StartAt: "only", States: { only } });
}

const anyone = { AWS: "*" };
const items = { hashKey: "id", attributes: [{ name: "id", type: "S" }] };

/** By the type's own token. */
export const resourceCases: Readonly<Record<string, ResourceCase>> = {
  ...onAwsOnlyCases,
  "aws:ssm/parameter:Parameter": {
    inputs: { name: "/shop/sender", type: "String", value: "a" },
    change: { name: "/shop/sender", type: "String", value: "b" },
  },
  "aws:secretsmanager/secret:Secret": {
    inputs: { name: "token" },
    change: { name: "token", description: "of the shop" },
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    inputs: { secretId: "lock", secretString: "a" },
    change: { secretId: "lock", secretString: "b" },
    replaces: ["secretString"],
  },
  "aws:sfn/stateMachine:StateMachine": {
    inputs: { roleArn: statesRoleArn, definition: machineOf("Pass") },
    change: { roleArn: statesRoleArn, definition: machineOf("Succeed") },
  },
  "aws:kinesis/stream:Stream": {
    inputs: { shardCount: 2 },
    change: { shardCount: 2, retentionPeriod: 48 },
  },
  "aws:apigateway/restApi:RestApi": {
    inputs: { description: "shop" },
    change: { description: "shop", binaryMediaTypes: ["image/png"] },
  },
  "aws:apigateway/resource:Resource": {
    inputs: { restApi: "rest", parentId: "rest-root", pathPart: "orders" },
    change: { restApi: "rest", parentId: "rest-root", pathPart: "returns" },
  },
  "aws:apigateway/integration:Integration": {
    inputs: { ...restMethod, type: "AWS_PROXY", uri: restUri, integrationHttpMethod: "POST" },
    change: { ...restMethod, type: "MOCK", uri: restUri, integrationHttpMethod: "POST" },
    replaces: ["type"],
  },
  "aws:apigateway/integrationResponse:IntegrationResponse": {
    inputs: { ...restMethod, statusCode: "200" },
    change: { ...restMethod, statusCode: "200", selectionPattern: "2.." },
  },
  "aws:apigateway/deployment:Deployment": {
    inputs: { restApi: "rest", triggers: { hash: "1" } },
    change: { restApi: "rest", triggers: { hash: "2" } },
    replaces: ["triggers"],
  },
  "aws:apigateway/stage:Stage": {
    inputs: { restApi: "rest", stageName: "dev", deployment: "first" },
    change: { restApi: "rest", stageName: "dev", deployment: "second" },
  },
  "aws:apigateway/method:Method": {
    inputs: { ...restMethod, httpMethod: "PUT", authorization: "NONE" },
    change: { ...restMethod, httpMethod: "PUT", authorization: "NONE", operationName: "put" },
  },
  "aws:apigateway/apiKey:ApiKey": {
    inputs: { value: "a-key-of-twenty-characters" },
    change: { value: "a-key-of-twenty-characters", enabled: false },
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    inputs: { name: "plan", apiStages: [{ apiId: "rest", stage: "dev" }] },
    change: { name: "plan", apiStages: [] },
  },
  "aws:apigateway/usagePlanKey:UsagePlanKey": {
    inputs: { keyId: "a", keyType: "API_KEY", usagePlanId: "plan" },
    change: { keyId: "b", keyType: "API_KEY", usagePlanId: "plan" },
    replaces: ["keyId"],
  },
  "aws:apigateway/authorizer:Authorizer": {
    inputs: { restApi: "rest", authorizerUri: restUri },
    change: { restApi: "rest", authorizerUri: restUri, authorizerResultTtlInSeconds: 0 },
  },
  "aws:apigateway/response:Response": {
    inputs: { restApiId: "rest", responseType: "UNAUTHORIZED", statusCode: "401" },
    change: { restApiId: "rest", responseType: "UNAUTHORIZED", statusCode: "418" },
  },
  "aws:apigateway/methodResponse:MethodResponse": {
    inputs: { ...restMethod, statusCode: "200" },
    change: { ...restMethod, statusCode: "200", responseModels: { "application/json": "Empty" } },
  },
  "aws:apigateway/model:Model": {
    inputs: { restApi: "rest", contentType: "application/json", name: "person", schema: "{}" },
    change: { restApi: "rest", contentType: "application/json", name: "human", schema: "{}" },
    replaces: ["name"],
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    inputs: { restApi: "rest" },
    change: { restApi: "rest", validateRequestBody: true },
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    inputs: { restApi: "rest", stageName: "dev", methodPath: "*/*", settings: {} },
    change: {
      ...{ restApi: "rest", stageName: "dev", methodPath: "*/*" },
      settings: { metricsEnabled: true },
    },
  },
  "aws:apigateway/account:Account": {
    inputs: {},
    change: { cloudwatchRoleArn: roleArn },
  },
  "aws:sns/topic:Topic": { inputs: {}, change: { displayName: "News" } },
  "aws:sns/topicPolicy:TopicPolicy": {
    inputs: { arn: topicArn, policy: policyFor("sns:Publish", topicArn, anyone) },
    change: { arn: topicArn, policy: policyFor("sns:Subscribe", topicArn, anyone) },
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    inputs: { topic: topicArn, protocol: "sqs", endpoint: queueArn },
    change: { topic: topicArn, protocol: "sqs", endpoint: queueArn, rawMessageDelivery: true },
  },
  "aws:sqs/queue:Queue": { inputs: {}, change: { visibilityTimeoutSeconds: 60 } },
  "aws:sqs/queuePolicy:QueuePolicy": {
    inputs: { queueUrl, policy: policyFor("sqs:SendMessage", queueArn, anyone) },
    change: { queueUrl, policy: policyFor("sqs:ReceiveMessage", queueArn, anyone) },
  },
  "aws:sqs/redrivePolicy:RedrivePolicy": {
    inputs: {
      queueUrl,
      redrivePolicy: { deadLetterTargetArn: queueArn, maxReceiveCount: 3 },
    },
    change: { queueUrl, redrivePolicy: { deadLetterTargetArn: queueArn, maxReceiveCount: 4 } },
  },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    inputs: { queueUrl, redriveAllowPolicy: { redrivePermission: "allowAll" } },
    change: { queueUrl, redriveAllowPolicy: { redrivePermission: "denyAll" } },
  },
  "aws:lambda/function:Function": {
    inputs: { role: roleArn, runtime: "nodejs24.x", handler: "index.handler", code },
    change: { role: roleArn, runtime: "nodejs24.x", handler: "index.handler", code, timeout: 9 },
  },
  "aws:lambda/eventSourceMapping:EventSourceMapping": {
    inputs: { eventSourceArn: queueArn, functionName: "work" },
    change: { eventSourceArn: queueArn, functionName: "work", batchSize: 5 },
  },
  "aws:lambda/alias:Alias": {
    inputs: { name: "live", functionName: "work", functionVersion: "$LATEST" },
    change: {
      ...{ name: "live", functionName: "work", functionVersion: "$LATEST" },
      description: "what runs",
    },
  },
  "aws:lambda/functionUrl:FunctionUrl": {
    inputs: { functionName: "work", authorizationType: "NONE" },
    change: { functionName: "work", authorizationType: "AWS_IAM" },
  },
  "aws:lambda/invocation:Invocation": {
    inputs: { functionName: "work", input: "{}" },
    change: { functionName: "work", input: "[]" },
    replaces: ["input"],
  },
  "aws:lambda/layerVersion:LayerVersion": {
    inputs: { layerName: "common", code },
    change: { layerName: "shared", code },
    replaces: ["layerName"],
  },
  "aws:lambda/permission:Permission": {
    inputs: { action: "lambda:InvokeFunction", function: "work", principal: "sns.amazonaws.com" },
    change: { action: "lambda:InvokeFunction", function: "work", principal: "s3.amazonaws.com" },
    replaces: ["principal"],
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    inputs: { functionName: "work", maximumRetryAttempts: 1 },
    change: { functionName: "work", maximumRetryAttempts: 0 },
  },
  "aws:iam/role:Role": {
    inputs: { assumeRolePolicy: trust("lambda.amazonaws.com") },
    change: { assumeRolePolicy: trust("firehose.amazonaws.com") },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    inputs: { role: "worker", policy: policyFor("sqs:SendMessage", "*") },
    change: { role: "worker", policy: policyFor("sns:Publish", "*") },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    inputs: { role: "worker", policyArn: "arn:aws:iam::aws:policy/AmazonSNSFullAccess" },
    change: { role: "worker", policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
    replaces: ["policyArn"],
  },
  "aws:iam/policy:Policy": {
    inputs: { policy: policyFor("sqs:SendMessage", "*") },
    change: { policy: policyFor("sns:Publish", "*") },
  },
  "aws:iam/policyAttachment:PolicyAttachment": {
    inputs: { roles: [], policyArn: "arn:aws:iam::aws:policy/AmazonSNSFullAccess" },
    change: { roles: ["worker"], policyArn: "arn:aws:iam::aws:policy/AmazonSNSFullAccess" },
  },
  "aws:iam/user:User": { inputs: {}, change: { path: "/staff/" } },
  "aws:iam/accessKey:AccessKey": {
    inputs: { user: "ada" },
    change: { user: "ada", status: "Inactive" },
  },
  "aws:iam/userPolicy:UserPolicy": {
    inputs: { user: "ada", policy: policyFor("sqs:*", "*") },
    change: { user: "ada", policy: policyFor("sns:*", "*") },
  },
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": {
    inputs: { user: "ada", policyArn: "arn:aws:iam::aws:policy/AmazonSQSFullAccess" },
    change: { user: "ben", policyArn: "arn:aws:iam::aws:policy/AmazonSQSFullAccess" },
    replaces: ["user"],
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    inputs: {},
    change: { ingress: [{ fromPort: 443, toPort: 443, protocol: "tcp" }] },
  },
  "aws:ses/emailIdentity:EmailIdentity": {
    inputs: { email: "ada@example.com" },
    change: { email: "ben@example.com" },
    replaces: ["email"],
  },
  "aws:ses/domainIdentity:DomainIdentity": {
    inputs: { domain: "example.com" },
    change: { domain: "example.org" },
    replaces: ["domain"],
  },
  "aws:kms/key:Key": {
    inputs: {},
    change: { policy: policyFor("kms:*", "*", { AWS: `arn:aws:iam::${account}:root` }) },
  },
  "aws:kms/keyPolicy:KeyPolicy": {
    inputs: { keyId: "lock", policy: policyFor("kms:*", "*", anyone) },
    change: { keyId: "lock", policy: policyFor("kms:Decrypt", "*", anyone) },
    hasDefault: true,
  },
  "aws:kms/alias:Alias": { inputs: { targetKeyId: "lock" }, change: { targetKeyId: "other" } },
  "aws:cloudwatch/logGroup:LogGroup": { inputs: {}, change: { retentionInDays: 7 } },
  "aws:cloudwatch/logStream:LogStream": {
    inputs: { logGroupName: "a" },
    change: { logGroupName: "b" },
    replaces: ["logGroupName"],
  },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
    inputs: { destinationArn: functionArn, filterPattern: "", logGroup: "a" },
    change: { destinationArn: functionArn, filterPattern: "error", logGroup: "a" },
  },
  "aws:s3/bucket:Bucket": { inputs: {}, change: { versioning: { enabled: true } } },
  "aws:s3/bucketPolicy:BucketPolicy": {
    inputs: { bucket: "files", policy: policyFor("s3:GetObject", "arn:aws:s3:::files/*", anyone) },
    change: { bucket: "files", policy: policyFor("s3:PutObject", "arn:aws:s3:::files/*", anyone) },
  },
  "aws:s3/bucketVersioning:BucketVersioning": {
    inputs: { bucket: "files", versioningConfiguration: { status: "Enabled" } },
    change: { bucket: "files", versioningConfiguration: { status: "Suspended" } },
    hasDefault: true,
  },
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": {
    inputs: { bucket: "files" },
    change: { bucket: "files", blockPublicAcls: true },
  },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": {
    inputs: { bucket: "files", rule: { objectOwnership: "BucketOwnerEnforced" } },
    change: { bucket: "files", rule: { objectOwnership: "ObjectWriter" } },
  },
  "aws:s3/bucketAcl:BucketAcl": {
    inputs: { bucket: "open", acl: "private" },
    change: { bucket: "open", acl: "public-read" },
  },
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
    inputs: { bucket: "files", rules: [] },
    change: { bucket: "files", rules: [{ bucketKeyEnabled: true }] },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
    inputs: { bucket: "files", rules: [] },
    change: { bucket: "files", rules: [{ id: "a", status: "Enabled" }] },
  },
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
    inputs: { bucket: "files", corsRules: [] },
    change: {
      bucket: "files",
      corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://shop.example"] }],
    },
  },
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": {
    inputs: { bucket: "files" },
    change: { bucket: "files", indexDocument: { suffix: "index.html" } },
  },
  "aws:s3/bucketLogging:BucketLogging": {
    inputs: { bucket: "files", targetBucket: "logs", targetPrefix: "a" },
    change: { bucket: "files", targetBucket: "logs", targetPrefix: "b" },
  },
  "aws:s3/bucketNotification:BucketNotification": {
    inputs: { bucket: "files", topics: [notified("a/")] },
    change: { bucket: "files", topics: [notified("b/")] },
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": {
    inputs: { bucket: "files", content: "one" },
    change: { bucket: "files", content: "two" },
  },
  "aws:dynamodb/table:Table": {
    inputs: items,
    change: { ...items, ttl: { attributeName: "until", enabled: true } },
  },
  "aws:dynamodb/tableItem:TableItem": {
    inputs: { tableName: "stock", hashKey: "sku", item: { sku: { S: "chair" } } },
    change: {
      tableName: "stock",
      hashKey: "sku",
      item: { sku: { S: "chair" }, left: { N: "1" } },
    },
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    inputs: {
      destination: "extended_s3",
      extendedS3Configuration: { bucketArn: "arn:aws:s3:::files", roleArn },
    },
    change: {
      destination: "extended_s3",
      extendedS3Configuration: { bucketArn: "arn:aws:s3:::files", roleArn, bufferingInterval: 60 },
    },
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": {
    inputs: { tags: { team: "a" } },
    change: { tags: { team: "b" } },
  },
  "aws:scheduler/schedule:Schedule": {
    inputs: {
      scheduleExpression: "rate(5 minutes)",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: functionArn, roleArn },
    },
    change: {
      scheduleExpression: "rate(1 hour)",
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: functionArn, roleArn },
    },
  },
  "aws:apigatewayv2/api:Api": {
    inputs: { protocolType: "HTTP" },
    change: { protocolType: "HTTP", description: "Rooms" },
  },
  "aws:apigatewayv2/integration:Integration": {
    inputs: {
      apiId: "web",
      integrationType: "AWS_PROXY",
      integrationUri: functionArn,
      payloadFormatVersion: "2.0",
    },
    change: {
      apiId: "web",
      integrationType: "AWS_PROXY",
      integrationUri: functionArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: 1000,
    },
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    inputs: { apiId: "web", authorizerType: "REQUEST", authorizerUri: functionArn, name: "auth" },
    change: {
      ...{ apiId: "web", authorizerType: "REQUEST", authorizerUri: functionArn, name: "auth" },
      enableSimpleResponses: true,
    },
  },
  "aws:apigatewayv2/route:Route": {
    inputs: { apiId: "web", routeKey: "GET /rooms", target: "integrations/back" },
    change: { apiId: "web", routeKey: "GET /beds", target: "integrations/back" },
  },
  "aws:apigatewayv2/stage:Stage": {
    inputs: { apiId: "web", name: "$default", autoDeploy: true },
    change: { apiId: "web", name: "$default", autoDeploy: true, description: "all" },
  },
  "aws:cloudfront/originAccessControl:OriginAccessControl": {
    inputs: {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
    change: {
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
      description: "mine",
    },
  },
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": {
    inputs: { securityHeadersConfig: { contentTypeOptions: { override: true } } },
    change: { securityHeadersConfig: { contentTypeOptions: { override: false } } },
  },
  "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": {
    inputs: {},
    change: { comment: "of the shop" },
  },
  "aws:cloudfront/distribution:Distribution": {
    inputs: distribution("index.html"),
    change: distribution("home.html"),
  },
  "aws:cloudwatch/eventBus:EventBus": { inputs: {}, change: { description: "orders" } },
  "aws:cloudwatch/eventRule:EventRule": {
    inputs: { eventPattern: { source: ["orders"] } },
    change: { eventPattern: { source: ["bills"] } },
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    inputs: { rule: "orders", arn: functionArn },
    change: { rule: "orders", arn: functionArn, inputPath: "$.detail" },
  },
  "aws:cloudwatch/eventPermission:EventPermission": {
    inputs: { principal: "123456789012", statementId: "a" },
    change: { principal: "210987654321", statementId: "a" },
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    inputs: { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 1 },
    change: { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, threshold: 2 },
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    inputs: { dashboardName: "all", dashboardBody: { widgets: [] } },
    change: { dashboardName: "all", dashboardBody: { widgets: [1] } },
  },
  "aws:xray/resourcePolicy:ResourcePolicy": {
    inputs: { policyName: "all", policyDocument: policyFor("xray:*", "*") },
    change: { policyName: "all", policyDocument: policyFor("xray:Put*", "*") },
  },
};

function notified(filterPrefix: string): PropertyMap {
  return { topicArn, events: ["s3:ObjectCreated:*"], filterPrefix };
}

function distribution(defaultRootObject: string): PropertyMap {
  return {
    enabled: true,
    defaultRootObject,
    origins: [
      {
        originId: "site",
        domainName: "files.s3.eu-west-1.amazonaws.com",
        originAccessControlId: "site",
      },
    ],
    defaultCacheBehavior: {
      targetOriginId: "site",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      viewerProtocolPolicy: "redirect-to-https",
      cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  };
}
