import { expect } from "chai";
import type { AccessRequest } from "../../../../local/protocol/access.ts";
import { AwsError } from "../../../../local/protocol/awsError.ts";
import type { WebRequest } from "../../../../local/protocol/webMessage.ts";
import type { Authorizer } from "../../../../local/services/apigateway/rest/authorizer.ts";
import { integrationOf } from "../../../../local/services/apigateway/rest/integration.ts";
import { RestApis } from "../../../../local/services/apigateway/rest/restApis.ts";
import type { Guard } from "../../../../local/services/apigateway/rest/restDefinition.ts";
import { decideByDocument } from "../../../../local/services/iam/documentDecision.ts";
import type { InvocationResult } from "../../../../local/services/lambda/interface.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { ownerOnly } from "../../../harness/endpoints/authentication.ts";
import { signedFor } from "../../../harness/endpoints/signedHeaders.ts";
import { webRequest } from "../../../harness/endpoints/webRequests.ts";

const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
const executionArn = "arn:aws:execute-api:eu-west-1:000000000000:shop";
const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arnOf("orders")}/invocations`;
const proxy = integrationOf({ type: "AWS_PROXY", uri, integrationHttpMethod: "POST" });

const tokenAuthorizer: Authorizer = {
  id: "auth",
  type: "TOKEN",
  functionArn: arnOf("auth"),
  identitySources: ["method.request.header.Authorization"],
  secondsToKeep: 300,
};

describe("who may call a REST API", () => {
  let clock: ManualClock;
  let trace: Trace;
  let apis: RestApis;
  let asked: AccessRequest[];
  let handled: { requestContext: { authorizer?: unknown; identity: object } }[];
  let authorizing: unknown[];
  let verdict: () => InvocationResult;
  let denies: string;

  beforeEach(() => {
    clock = new ManualClock();
    trace = new Trace(clock);
    [asked, handled, authorizing, denies] = [[], [], [], ""];
    verdict = () => says(policy("Allow"));
    apis = new RestApis({
      clock,
      trace,
      region: "eu-west-1",
      endpoint: () => "http://127.0.0.1:1",
      assume: () => ({ allowed: true }),
      credentials: () => ({ accessKeyId: "", secretAccessKey: "" }),
      decide: decideByDocument,
      authentication: ownerOnly,
      authorize: (request) => {
        asked.push(request);
        return denies === request.action
          ? { allowed: false, reason: "no statement allows it" }
          : { allowed: true };
      },
      functions: {
        async invoke(arn, event) {
          if (arn === arnOf("auth")) {
            authorizing.push(JSON.parse(event));
            return verdict();
          }
          handled.push(JSON.parse(event));
          return says({ statusCode: 200, body: "ok" });
        },
      },
    });
    apis.create("shop");
  });

  function says(value: unknown): InvocationResult {
    const payload = JSON.stringify(value);
    return { outcome: "succeeded", requestId: "i-1", payload, log: "", milliseconds: 1 };
  }

  function throws(errorMessage: string): InvocationResult {
    const error = { errorType: "Error", errorMessage, trace: [] };
    return { outcome: "failed", requestId: "i-1", error, log: "", milliseconds: 1 };
  }

  function policy(Effect: string, changes: object = {}) {
    const Resource = `${executionArn}/dev/GET/orders*`;
    const Statement = [{ Effect, Action: "execute-api:Invoke", Resource }];
    const policyDocument = { Version: "2012-10-17", Statement };
    return { principalId: "ann", policyDocument, ...changes };
  }

  function open(guard: Guard): void {
    const definition = apis.definition("shop");
    definition.addResource("orders", "shop-root", "orders");
    definition.addMethod("orders", "GET", guard);
    definition.setIntegration("orders", "GET", proxy);
    apis.deploy("shop", "d1");
    apis.setStage("shop", "dev", { deploymentId: "d1", variables: {} });
  }

  function guardBy(changes: Partial<Authorizer> = {}): void {
    apis.definition("shop").authorizers.set("auth", { ...tokenAuthorizer, ...changes });
    open({ authorization: { authorizerId: "auth" } });
  }

  async function said(headers: WebRequest["headers"] = {}, query = ""): Promise<[number, string]> {
    const request = webRequest({ path: "/dev/orders", headers, query });
    const { status, body } = await apis.answer("shop", request);
    return [status, String(body)];
  }

  const bearer = { authorization: "Bearer t" };
  const forbidden = [403, '{"message":"Forbidden"}'];
  const unauthorized = [401, '{"message":"Unauthorized"}'];

  describe("by a key", () => {
    beforeEach(() => {
      apis.usagePlans.setKey("k", { value: "secret", enabled: true });
      apis.usagePlans.setPlan("p", { stages: [{ apiId: "shop", stage: "dev" }] });
      apis.usagePlans.addMember("p", "k");
      open({ apiKeyRequired: true });
    });

    it("is who sends the key of a plan of the stage", async () => {
      expect(await said({ "x-api-key": "secret" })).to.deep.equal([200, "ok"]);
      expect(handled[0]?.requestContext.identity).to.include({ apiKey: "secret", apiKeyId: "k" });
    });

    it("is nobody without a key, or with another", async () => {
      expect(await said()).to.deep.equal(forbidden);
      expect(await said({ "x-api-key": "other" })).to.deep.equal(forbidden);
      expect(handled).to.deep.equal([]);
    });

    it("is nobody by a key that is disabled, in no plan, or in a plan of other stages", async () => {
      apis.usagePlans.setKey("k", { value: "secret", enabled: false });
      expect(await said({ "x-api-key": "secret" })).to.deep.equal(forbidden);
      apis.usagePlans.setKey("k", { value: "secret", enabled: true });
      apis.usagePlans.setPlan("p", { stages: [{ apiId: "shop", stage: "prod" }] });
      expect(await said({ "x-api-key": "secret" })).to.deep.equal(forbidden);
      apis.usagePlans.setPlan("p", { stages: [{ apiId: "shop", stage: "dev" }] });
      apis.usagePlans.removeMember("p", "k");
      expect(await said({ "x-api-key": "secret" })).to.deep.equal(forbidden);
    });
  });

  it("is told by an authorizer, where it names the key", async () => {
    apis.usagePlans.setKey("k", { value: "secret", enabled: true });
    apis.usagePlans.setPlan("p", { stages: [{ apiId: "shop", stage: "dev" }] });
    apis.usagePlans.addMember("p", "k");
    apis.setApiKeySource("shop", "AUTHORIZER");
    apis.definition("shop").authorizers.set("auth", { ...tokenAuthorizer, secondsToKeep: 0 });
    open({ apiKeyRequired: true, authorization: { authorizerId: "auth" } });
    expect(await said({ ...bearer, "x-api-key": "secret" })).to.deep.equal(forbidden);
    verdict = () => says(policy("Allow", { usageIdentifierKey: "secret" }));
    expect(await said(bearer)).to.deep.equal([200, "ok"]);
  });

  describe("by an authorizer of tokens", () => {
    it("is whom it lets in, and the integration gets what it says as texts", async () => {
      verdict = () => says(policy("Allow", { context: { tier: 2, isStaff: true } }));
      guardBy();
      expect(await said(bearer)).to.deep.equal([200, "ok"]);
      expect(authorizing).to.deep.equal([
        {
          type: "TOKEN",
          methodArn: `${executionArn}/dev/GET/orders`,
          authorizationToken: "Bearer t",
        },
      ]);
      const { authorizer } = handled[0]?.requestContext ?? {};
      expect(authorizer).to.deep.equal({ principalId: "ann", tier: "2", isStaff: "true" });
      expect(asked[0]).to.deep.include({
        action: "lambda:InvokeFunction",
        resource: arnOf("auth"),
      });
      expect(asked[0]?.context).to.include({ "aws:SourceArn": `${executionArn}/authorizers/auth` });
    });

    it("is asked once for a token until its time is over", async () => {
      guardBy();
      await said(bearer);
      await said(bearer);
      expect(authorizing).to.have.length(1);
      await clock.advance(300_000);
      await said(bearer);
      expect(authorizing).to.have.length(2);
    });

    it("is asked by each API, though their authorizers have the same id", async () => {
      guardBy();
      apis.create("other");
      const definition = apis.definition("other");
      definition.authorizers.set("auth", tokenAuthorizer);
      definition.addResource("orders", "other-root", "orders");
      definition.addMethod("orders", "GET", { authorization: { authorizerId: "auth" } });
      definition.setIntegration("orders", "GET", proxy);
      apis.deploy("other", "d1");
      apis.setStage("other", "dev", { deploymentId: "d1", variables: {} });
      await said(bearer);
      await apis.answer("other", webRequest({ path: "/dev/orders", headers: bearer }));
      expect(authorizing).to.have.length(2);
    });

    it("is nobody without a token, or with one that does not match, and it is not asked", async () => {
      guardBy({ validation: /^(?:Bearer .+)$/ });
      expect(await said()).to.deep.equal(unauthorized);
      expect(await said({ authorization: "Basic x" })).to.deep.equal(unauthorized);
      expect(authorizing).to.deep.equal([]);
    });

    it("is nobody whom it denies, in API Gateway's words", async () => {
      guardBy({ secondsToKeep: 0 });
      verdict = () => says(policy("Deny"));
      expect(await said(bearer)).to.deep.equal([
        403,
        '{"Message":"User is not authorized to access this resource with an explicit deny"}',
      ]);
      const Statement: object[] = [];
      verdict = () => says({ principalId: "ann", policyDocument: { Statement } });
      expect(await said(bearer)).to.deep.equal([
        403,
        '{"Message":"User is not authorized to access this resource"}',
      ]);
      expect(handled).to.deep.equal([]);
    });

    it("is nobody when it throws Unauthorized, fails, or returns no policy", async () => {
      guardBy({ secondsToKeep: 0 });
      verdict = () => throws("Unauthorized");
      expect(await said(bearer)).to.deep.equal(unauthorized);
      expect(trace.recent()).to.deep.equal([]);
      verdict = () => throws("the table is gone");
      expect(await said(bearer)).to.deep.equal([500, '{"message":null}']);
      expect(trace.recent().at(-1)).to.deep.include({
        kind: "failed",
        reason: "the table is gone",
      });
      verdict = () => says({ isAuthorized: true });
      expect(await said(bearer)).to.deep.equal([500, '{"message":null}']);
    });

    it("is nobody when the authorizer's function is gone", async () => {
      guardBy();
      verdict = () => {
        throw new AwsError("ResourceNotFoundException", "Function not found");
      };
      expect(await said(bearer)).to.deep.equal([500, '{"message":null}']);
      expect(trace.recent().at(-1)).to.deep.include({
        kind: "failed",
        reason: "Function not found",
      });
    });
  });

  it("is decided by a request authorizer of all its identity sources", async () => {
    guardBy({
      type: "REQUEST",
      identitySources: ["method.request.header.Auth", " method.request.querystring.name"],
    });
    expect(await said({ auth: "x" })).to.deep.equal(unauthorized);
    expect(await said({ auth: "x" }, "name=ann")).to.deep.equal([200, "ok"]);
    expect(authorizing[0]).to.deep.include({
      type: "REQUEST",
      methodArn: `${executionArn}/dev/GET/orders`,
      resource: "/orders",
      queryStringParameters: { name: "ann" },
    });
  });

  describe("by IAM", () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const methodArn = `${executionArn}/dev/GET/orders`;
    beforeEach(() => open({ authorization: "AWS_IAM" }));

    it("is who signs the request and may invoke the method", async () => {
      expect(await said(signedFor("execute-api", credentials, "/dev/orders"))).to.deep.equal([
        200,
        "ok",
      ]);
      expect(asked[0]).to.deep.include({ action: "execute-api:Invoke", resource: methodArn });
      expect(handled[0]?.requestContext.identity).to.include({
        userArn: "arn:aws:iam::000000000000:root",
      });
    });

    it("is nobody without a signature, or with a wrong one", async () => {
      expect(await said()).to.deep.equal([403, '{"message":"Missing Authentication Token"}']);
      const guessed = { ...credentials, secretAccessKey: "guessed" };
      const [status, body] = await said(signedFor("execute-api", guessed, "/dev/orders"));
      expect(status).to.equal(403);
      expect(body).to.include("The request signature we calculated does not match");
      expect(handled).to.deep.equal([]);
    });

    it("is nobody whose policies do not allow it", async () => {
      denies = "execute-api:Invoke";
      expect(await said(signedFor("execute-api", credentials, "/dev/orders"))).to.deep.equal([
        403,
        `{"Message":"User: arn:aws:iam::000000000000:root is not authorized to perform: execute-api:Invoke on resource: ${methodArn}"}`,
      ]);
    });
  });

  it("is told otherwise by the API's own responses", async () => {
    guardBy();
    const response = { statusCode: "418", responseTemplates: { "text/plain": "who?" } };
    apis.definition("shop").gatewayResponses.set("UNAUTHORIZED", response);
    apis.deploy("shop", "d2");
    apis.setStage("shop", "dev", { deploymentId: "d2", variables: {} });
    expect(await said()).to.deep.equal([418, "who?"]);
  });
});
