import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { AwsProvider } from "../../../local/provider/awsProvider.ts";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { webRequest } from "../../harness/endpoints/webRequests.ts";

const api = "aws:apigatewayv2/api:Api";
const integration = "aws:apigatewayv2/integration:Integration";
const route = "aws:apigatewayv2/route:Route";
const stage = "aws:apigatewayv2/stage:Stage";
const distribution = "aws:cloudfront/distribution:Distribution";
const headersPolicy = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";

describe("APIs and distributions as the program makes them", () => {
  let cloud: Cloud;
  beforeEach(() => {
    cloud = new Cloud({
      region: "eu-west-1",
      clock: (activity) => new ManualClock(() => activity.idle()),
      endpoint: () => "http://127.0.0.1:4566",
    });
  });
  afterEach(() => cloud.close());

  async function create(type: string, given: PropertyMap, name = "rooms") {
    const provider = new AwsProvider(cloud);
    const resource = { type, name, urn: `urn:pulumi:dev::shop::${type}::${name}` };
    const { inputs, failures } = await provider.check({
      ...resource,
      inputs: given,
      autonaming: { mode: "propose", proposedName: name },
    });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    return provider.create({ ...resource, inputs, preview: false });
  }

  const refusal = async (type: string, inputs: PropertyMap): Promise<string> =>
    (await failureOf(create(type, inputs))).message;

  const behaviour = {
    targetOriginId: "site",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    viewerProtocolPolicy: "redirect-to-https",
    cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  };
  const site = {
    enabled: true,
    defaultRootObject: "index.html",
    origins: [
      {
        originId: "site",
        domainName: "files.s3.eu-west-1.amazonaws.com",
        originAccessControlId: "rooms",
      },
    ],
    defaultCacheBehavior: behaviour,
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
  };

  it("give an API its endpoint and ARN, which other resources read", async () => {
    const { id, outputs } = await create(api, { protocolType: "HTTP" });
    expect(id).to.equal("rooms");
    expect(outputs).to.include({
      name: "rooms",
      apiEndpoint: "https://rooms.execute-api.eu-west-1.amazonaws.com",
      executionArn: "arn:aws:execute-api:eu-west-1:000000000000:rooms",
    });
  });

  it("give an API a name for hosts, whatever the program calls it", async () => {
    const { outputs } = await create(api, { protocolType: "HTTP" }, "Room API_v2");
    expect(outputs.apiEndpoint).to.equal("https://room-api-v2.execute-api.eu-west-1.amazonaws.com");
  });

  it("give a distribution its ARN and domain", async () => {
    cloud.buckets.create("files");
    const { id, outputs } = await create(distribution, site);
    expect(id).to.equal("rooms");
    expect(outputs).to.include({
      arn: "arn:aws:cloudfront::000000000000:distribution/rooms",
      domainName: "rooms.cloudfront.net",
    });
  });

  it("put every security header on what a distribution answers", async () => {
    cloud.buckets.create("files");
    await create(headersPolicy, {
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'", override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "no-referrer", override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: 60, override: true },
      },
    });
    const defaultCacheBehavior = { ...behaviour, responseHeadersPolicyId: "rooms" };
    await create(distribution, { ...site, defaultCacheBehavior });
    const { headers } = await cloud.web.distributions.answer("rooms", webRequest({ path: "/" }));
    expect(headers).to.include({
      "content-security-policy": "default-src 'none'",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "strict-transport-security": "max-age=60",
    });
  });

  it("say that an access log is written on AWS only", async () => {
    await create(api, { protocolType: "HTTP" });
    const accessLogSettings = {
      destinationArn: "arn:aws:logs:eu-west-1:000000000000:a",
      format: "{}",
    };
    await create(stage, { apiId: "rooms", name: "$default", autoDeploy: true, accessLogSettings });
    expect(cloud.listed()).to.deep.equal([
      {
        type: stage,
        name: "rooms",
        input: "accessLogSettings",
        reason: "the access log is written on AWS only",
      },
    ]);
  });

  it("refuse an integration with a function that is not there", async () => {
    await create(api, { protocolType: "HTTP" });
    const integrationUri = "arn:aws:lambda:eu-west-1:000000000000:function:nobody";
    expect(
      await refusal(integration, {
        apiId: "rooms",
        integrationType: "AWS_PROXY",
        integrationUri,
        payloadFormatVersion: "2.0",
      }),
    ).to.contain(integrationUri);
  });

  for (const [what, given, reason] of [
    [
      "with a service as no role",
      { integrationSubtype: "SQS-SendMessage" },
      'an integration with the integrationSubtype "SQS-SendMessage" needs a credentialsArn',
    ],
    [
      "with a function, and parameters that it maps",
      { integrationUri: "work", requestParameters: { "append:header.a": "b" } },
      "does not support requestParameters of an integration without an integrationSubtype, got append:header.a",
    ],
  ] as const) {
    it(`refuse an integration ${what}`, async () => {
      await create(api, { protocolType: "HTTP" });
      const inputs = { apiId: "rooms", integrationType: "AWS_PROXY", ...given };
      expect(await refusal(integration, inputs)).to.contain(reason);
    });
  }

  for (const [type, given] of [
    ["integration:Integration", { type: "MOCK" }],
    ["integrationResponse:IntegrationResponse", { statusCode: "200" }],
  ] as const) {
    it(`refuse a REST API's ${type} that converts what it handles`, async () => {
      const inputs = { httpMethod: "GET", resourceId: "a", restApi: "b", ...given };
      const contentHandling = "CONVERT_TO_TEXT";
      const failure = await refusal(`aws:apigateway/${type}`, { ...inputs, contentHandling });
      expect(failure).to.equal(
        "the local cloud does not support contentHandling, got CONVERT_TO_TEXT",
      );
    });
  }

  it("refuse a route to an integration that is not there, or of an API that is not", async () => {
    const inputs = { apiId: "rooms", routeKey: "GET /", target: "integrations/a" };
    expect(await refusal(route, inputs)).to.contain('the HTTP API "rooms" does not exist');
    await create(api, { protocolType: "HTTP" });
    expect(await refusal(route, inputs)).to.contain('the integration "a" does not exist');
  });

  for (const [what, changes, reason] of [
    [
      "a cache policy that they do not know",
      { defaultCacheBehavior: { ...behaviour, cachePolicyId: "mine" } },
      "defaultCacheBehavior.cachePolicyId",
    ],
    [
      "functions at the edge",
      { defaultCacheBehavior: { ...behaviour, functionAssociations: [] } },
      'the local cloud does not support the input "defaultCacheBehavior.functionAssociations"',
    ],
    [
      "a query that is forwarded without a policy",
      {
        defaultCacheBehavior: {
          ...behaviour,
          forwardedValues: { cookies: { forward: "none" }, queryString: true },
        },
      },
      "defaultCacheBehavior.forwardedValues.queryString",
    ],
    [
      "a headers policy that is not there",
      { defaultCacheBehavior: { ...behaviour, responseHeadersPolicyId: "none" } },
      'the response headers policy "none" does not exist',
    ],
  ] as const) {
    it(`refuse a distribution with ${what}`, async () => {
      cloud.buckets.create("files");
      expect(await refusal(distribution, { ...site, ...changes })).to.contain(reason);
    });
  }
});
