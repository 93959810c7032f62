import { expect } from "chai";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import { lookUp } from "../../harness/provider/lookUp.ts";
import { functionArn, prepare, queueUrl } from "../../harness/provider/resourceCases.ts";

const account = "000000000000";

describe("lookups of what programs have made", () => {
  let world: ProviderWorld;
  before(async () => {
    world = providerWorld();
    await prepare(world);
  });
  after(() => world.cloud.close());

  const answer = (token: string, args: PropertyMap = {}) => lookUp(world, token, args);
  const failure = async (token: string, args: PropertyMap) =>
    (await failureOf(answer(token, args))).message;

  it("find a user with path, boundary and tags", async () => {
    await world.create("aws:iam/user:User", "deployer", {
      ...{ name: "deployer", path: "/ci/", tags: { team: "a" } },
      permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    expect(await answer("aws:iam/getUser:getUser", { userName: "deployer" })).to.deep.equal({
      id: "AIDADEPLOYER",
      userId: "AIDADEPLOYER",
      userName: "deployer",
      arn: `arn:aws:iam::${account}:user/ci/deployer`,
      path: "/ci/",
      permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      tags: { team: "a" },
    });
    expect(await failure("aws:iam/getUser:getUser", { userName: "none" })).to.match(
      /^there is no user none in the local cloud/,
    );
  });

  it("find the role behind a session, and any other caller itself", async () => {
    const token = "aws:iam/getSessionContext:getSessionContext";
    const arn = `arn:aws:sts::${account}:assumed-role/worker/laptop`;
    expect(await answer(token, { arn })).to.include({
      issuerArn: `arn:aws:iam::${account}:role/worker`,
      issuerName: "worker",
      sessionName: "laptop",
    });
    const root = `arn:aws:iam::${account}:root`;
    expect(await answer(token, { arn: root })).to.include({ issuerArn: root, sessionName: "" });
  });

  it("find a secret by name and by ARN, and its versions", async () => {
    const { id: arn } = await world.create("aws:secretsmanager/secret:Secret", "db", {
      ...{ name: "db", description: "of the database", tags: { team: "a" } },
    });
    for (const secretString of ["first", "second"]) {
      const version = { secretId: arn, secretString };
      await world.create("aws:secretsmanager/secretVersion:SecretVersion", secretString, version);
    }
    const token = "aws:secretsmanager/getSecret:getSecret";
    const expected = { arn, name: "db", description: "of the database" };
    expect(await answer(token, { name: "db" })).to.include(expected);
    expect(await answer(token, { arn })).to.deep.include({ ...expected, tags: { team: "a" } });
    expect(await failure(token, {})).to.equal("one of `arn,name` must be specified");
    const version = "aws:secretsmanager/getSecretVersion:getSecretVersion";
    const current = { secretString: "second", versionStages: ["AWSCURRENT"] };
    expect(await answer(version, { secretId: "db" })).to.deep.include(current);
    const previous = await answer(version, { secretId: arn, versionStage: "AWSPREVIOUS" });
    expect(previous).to.include({ secretString: "first", secretBinary: "" });
  });

  it("find the parameters below a path, of the next level or of all", async () => {
    for (const name of ["/app/url", "/app/db/user", "/application"]) {
      const parameter = { name, type: "String", value: name.toUpperCase() };
      await world.create("aws:ssm/parameter:Parameter", name, parameter);
    }
    const token = "aws:ssm/getParametersByPath:getParametersByPath";
    const { names, values } = await answer(token, { path: "/app" });
    expect({ names, values }).to.deep.equal({ names: ["/app/url"], values: ["/APP/URL"] });
    const all = await answer(token, { path: "/app/", recursive: true });
    expect(all.names).to.deep.equal(["/app/db/user", "/app/url"]);
  });

  it("find queues by the start of their names, and all functions", async () => {
    const token = "aws:sqs/getQueues:getQueues";
    expect((await answer(token, { queueNamePrefix: "in" })).queueUrls).to.deep.equal([queueUrl]);
    expect((await answer(token, { queueNamePrefix: "out" })).queueUrls).to.deep.equal([]);
    const { functionNames } = await answer("aws:lambda/getFunctions:getFunctions");
    expect(functionNames).to.deep.equal(["work"]);
  });

  it("find an alias and the URL of a function", async () => {
    await world.create("aws:lambda/alias:Alias", "live", {
      ...{ name: "live", functionName: "work", functionVersion: "$LATEST" },
    });
    const alias = { functionName: "work", name: "live" };
    const arn = `${functionArn}:live`;
    expect(await answer("aws:lambda/getAlias:getAlias", alias)).to.include({
      ...{ arn, functionVersion: "$LATEST", description: "" },
      invokeArn: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn}/invocations`,
    });
    const { outputs } = await world.create("aws:lambda/functionUrl:FunctionUrl", "url", {
      ...{ functionName: "work", authorizationType: "NONE" },
    });
    const token = "aws:lambda/getFunctionUrl:getFunctionUrl";
    expect(await answer(token, { functionName: "work" })).to.deep.include({
      ...{ functionUrl: outputs.functionUrl, authorizationType: "NONE", cors: [] },
      ...{ functionArn, invokeMode: "BUFFERED" },
    });
    expect(await failure(token, { functionName: "none" })).to.match(/^there is no URL of the/);
  });

  it("find HTTP and REST APIs", async () => {
    const api = await world.create("aws:apigatewayv2/api:Api", "front", {
      ...{ name: "front", protocolType: "HTTP", tags: { team: "a" } },
    });
    const found = await answer("aws:apigatewayv2/getApi:getApi", { apiId: api.id });
    expect(found).to.include({ name: "front", apiEndpoint: api.outputs.apiEndpoint });
    const token = "aws:apigatewayv2/getApis:getApis";
    expect((await answer(token, { tags: { team: "a" } })).ids).to.deep.equal([api.id]);
    expect((await answer(token, { name: "back" })).ids).to.deep.equal([]);
    const rest = await world.create("aws:apigateway/restApi:RestApi", "old", { name: "old" });
    expect(await answer("aws:apigateway/getRestApi:getRestApi", { name: "old" })).to.include({
      ...{ id: rest.id, rootResourceId: rest.outputs.rootResourceId },
    });
  });

  it("find log groups: the program's, and those of functions that have written", async () => {
    const token = "aws:cloudwatch/getLogGroup:getLogGroup";
    await world.create("aws:cloudwatch/logGroup:LogGroup", "app", {
      ...{ name: "app", retentionInDays: 7 },
    });
    expect(await answer(token, { name: "app" })).to.include({
      arn: `arn:aws:logs:eu-west-1:${account}:log-group:app`,
      retentionInDays: 7,
    });
    const name = "/aws/lambda/work";
    expect(await failure(token, { name })).to.match(/^there is no log group/);
    world.cloud.logs.write({ logGroupName: name, logStreamName: "a", time: 1, text: "hello\n" });
    expect(await answer(token, { name })).to.include({ name, retentionInDays: 0 });
  });

  it("find certificates by their domain, and ask for one of several", async () => {
    const token = "aws:acm/getCertificate:getCertificate";
    const certificate = () =>
      world.create("aws:acm/certificate:Certificate", "tls", { domainName: "a.example" });
    const first = await certificate();
    expect((await answer(token, { domain: "a.example" })).arn).to.equal(first.id);
    const second = await certificate();
    expect(await failure(token, { domain: "a.example" })).to.match(/^2 certificates match/);
    const latest = await answer(token, { domain: "a.example", mostRecent: true });
    expect(latest.arn).to.equal(second.id);
  });

  it("find buses, streams and state machines by name", async () => {
    const named = { name: "main" };
    await world.create("aws:cloudwatch/eventBus:EventBus", "main", named);
    expect(await answer("aws:cloudwatch/getEventBus:getEventBus", named)).to.include({
      arn: `arn:aws:events:eu-west-1:${account}:event-bus/main`,
    });
    await world.create("aws:kinesis/stream:Stream", "main", { ...named, shardCount: 2 });
    const stream = await answer("aws:kinesis/getStream:getStream", named);
    expect(stream.openShards).to.have.length(2);
    expect(await failure("aws:sfn/getStateMachine:getStateMachine", named)).to.match(
      /^there is no state machine main/,
    );
  });

  it("read the bodies of objects that are text, and no others", async () => {
    const put = (key: string, contentType: string) =>
      world.create("aws:s3/bucketObject:BucketObject", key, {
        ...{ bucket: "files", key, content: "{}", contentType, metadata: { by: "me" } },
      });
    await put("settings.json", "application/json");
    await put("archive.zip", "application/zip");
    const token = "aws:s3/getObject:getObject";
    const text = await answer(token, { bucket: "files", key: "settings.json" });
    expect(text).to.deep.include({ body: "{}", contentLength: 2, metadata: { by: "me" } });
    expect((await answer(token, { bucket: "files", key: "archive.zip" })).body).to.equal("");
    expect(await failure(token, { bucket: "files", key: "none" })).to.match(
      /^there is no object none in the bucket files/,
    );
  });

  it("answer credentials of a registry, which end twelve hours later", async () => {
    const token = "aws:ecr/getAuthorizationToken:getAuthorizationToken";
    const { userName, password, authorizationToken, proxyEndpoint } = await answer(token);
    expect(Buffer.from(String(authorizationToken), "base64").toString()).to.equal(
      `${String(userName)}:${String(password)}`,
    );
    expect(proxyEndpoint).to.equal(`https://${account}.dkr.ecr.eu-west-1.amazonaws.com`);
    const named = { registryId: "123456789012" };
    expect((await answer("aws:ecr/getCredentials:getCredentials", named)).proxyEndpoint).to.equal(
      "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    );
  });

  it("take an ARN apart", async () => {
    const token = "aws:index/getArn:getArn";
    expect(await answer(token, { arn: functionArn })).to.include({
      ...{ partition: "aws", service: "lambda", region: "eu-west-1", account },
      resource: "function:work",
    });
    expect(await failure(token, { arn: "work" })).to.match(/^"work" is not an ARN/);
  });
});
