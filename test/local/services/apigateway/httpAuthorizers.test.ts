import { expect } from "chai";
import { AwsError } from "../../../../local/protocol/awsError.ts";
import type { WebRequest } from "../../../../local/protocol/webMessage.ts";
import { HttpApis } from "../../../../local/services/apigateway/httpApis.ts";
import type { LambdaAuthorizer } from "../../../../local/services/apigateway/httpAuthorizer.ts";
import { decideByDocument } from "../../../../local/services/iam/documentDecision.ts";
import type { InvocationResult } from "../../../../local/services/lambda/interface.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { ownerOnly } from "../../../harness/endpoints/authentication.ts";
import { signedFor } from "../../../harness/endpoints/signedHeaders.ts";
import { webRequest } from "../../../harness/endpoints/webRequests.ts";

const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
const executionArn = "arn:aws:execute-api:eu-west-1:000000000000:shop";
const timeoutMilliseconds = 1000;

const simple: LambdaAuthorizer = {
  kind: "lambda",
  id: "auth",
  functionArn: arnOf("auth"),
  identitySources: ["$request.header.Authorization"],
  payloadFormat: "2.0",
  isSimple: true,
  secondsToKeep: 60,
};

describe("an authorizer of an HTTP API", () => {
  let clock: ManualClock;
  let trace: Trace;
  let apis: HttpApis;
  let handled: { requestContext: { authorizer?: unknown } }[];
  let asked: object[];
  let verdict: () => InvocationResult;

  beforeEach(() => {
    clock = new ManualClock();
    trace = new Trace(clock);
    [handled, asked] = [[], []];
    verdict = () => says({ isAuthorized: true, context: { tier: 2 } });
    apis = new HttpApis({
      clock,
      trace,
      region: "eu-west-1",
      endpoint: () => "http://127.0.0.1:1",
      assume: () => ({ allowed: true }),
      authorize: () => ({ allowed: true }),
      credentials: () => ({ accessKeyId: "", secretAccessKey: "" }),
      decide: decideByDocument,
      authentication: ownerOnly,
      functions: {
        async invoke(arn, event) {
          (arn === arnOf("auth") ? asked : handled).push(JSON.parse(event));
          return arn === arnOf("auth") ? verdict() : says({ statusCode: 200, body: "ok" });
        },
      },
    });
    apis.create("shop");
  });

  function says(value: unknown): InvocationResult {
    const payload = JSON.stringify(value);
    return { outcome: "succeeded", requestId: "i-1", payload, log: "", milliseconds: 1 };
  }

  function open(changes: Partial<LambdaAuthorizer> = {}, payloadFormat: "1.0" | "2.0" = "2.0") {
    apis.setAuthorizer("shop", { ...simple, ...changes });
    guard(payloadFormat);
  }

  function guard(payloadFormat: "1.0" | "2.0" = "2.0", scopes: readonly string[] = []) {
    const functionArn = arnOf("orders");
    apis.addIntegration("shop", "i", { functionArn, timeoutMilliseconds, payloadFormat });
    apis.addRoute("shop", "GET /orders/{id}", "i", { authorizerId: "auth", scopes });
    apis.deploy("shop");
  }

  async function said(headers: WebRequest["headers"] = {}): Promise<[number, string]> {
    const { status, body } = await apis.answer("shop", webRequest({ path: "/orders/7", headers }));
    return [status, String(body)];
  }

  const token = { authorization: "t" };
  const forbidden = [403, '{"message":"Forbidden"}'];
  const unauthorized = [401, '{"message":"Unauthorized"}'];
  const serverError = [500, '{"message":"Internal Server Error"}'];

  it("lets in whom it authorizes, and the function gets its context", async () => {
    open();
    expect(await said(token)).to.deep.equal([200, "ok"]);
    expect(handled[0]?.requestContext.authorizer).to.deep.equal({ lambda: { tier: 2 } });
    expect(asked[0]).to.deep.include({
      version: "2.0",
      type: "REQUEST",
      routeArn: `${executionArn}/$default/GET/orders/{id}`,
      identitySource: ["t"],
      routeKey: "GET /orders/{id}",
      pathParameters: { id: "7" },
    });
  });

  it("gives functions of payload format 1.0 its context as it is", async () => {
    open({}, "1.0");
    await said(token);
    expect(handled[0]?.requestContext.authorizer).to.deep.equal({ tier: 2 });
  });

  it("is asked once for an identity until its time is over", async () => {
    open();
    await said(token);
    await said(token);
    expect(asked).to.have.length(1);
    await clock.advance(60_000);
    await said(token);
    expect(asked).to.have.length(2);
  });

  it("is not asked about a request without its identity", async () => {
    open();
    expect(await said()).to.deep.equal(unauthorized);
    expect(asked).to.deep.equal([]);
  });

  it("turns away whom it does not authorize", async () => {
    open();
    verdict = () => says({ isAuthorized: false });
    expect(await said(token)).to.deep.equal(forbidden);
    expect(handled).to.deep.equal([]);
  });

  it("decides by a policy for the request's own path", async () => {
    open({ isSimple: false, secondsToKeep: 0 });
    const policy = (Effect: string, path: string) => ({
      principalId: "ann",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect, Action: "execute-api:Invoke", Resource: `${executionArn}/$default/GET${path}` },
        ],
      },
    });
    verdict = () => says(policy("Allow", "/orders/7"));
    expect(await said(token)).to.deep.equal([200, "ok"]);
    verdict = () => says(policy("Allow", "/orders/8"));
    expect(await said(token)).to.deep.equal(forbidden);
    verdict = () => says(policy("Deny", "/orders/*"));
    expect(await said(token)).to.deep.equal(forbidden);
  });

  it("that fails, or answers in another form, is an error of the API", async () => {
    open();
    const error = { errorType: "Error", errorMessage: "no table", trace: [] };
    verdict = () => ({ outcome: "failed", requestId: "i", error, log: "", milliseconds: 1 });
    expect(await said(token)).to.deep.equal(serverError);
    expect(trace.recent().at(-1)).to.deep.include({ kind: "failed", reason: "no table" });
    verdict = () => says({ principalId: "ann" });
    expect(await said(token)).to.deep.equal(serverError);
    verdict = () => {
      throw new AwsError("ResourceNotFoundException", "Function not found");
    };
    expect(await said(token)).to.deep.equal(serverError);
    expect(trace.recent().at(-1)).to.deep.include({ reason: "Function not found" });
  });

  it("of tokens passes their claims, and refuses others", async () => {
    apis.setAuthorizer("shop", {
      ...{ kind: "jwt", id: "auth", issuer: "https://id.example.com", audiences: ["shop"] },
      identitySources: simple.identitySources,
    });
    guard("2.0", ["write"]);
    const jwt = (scope: string) => {
      const exp = clock.now() / 1000 + 60;
      const claims = { iss: "https://id.example.com", aud: "shop", exp, scope };
      const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
      return { authorization: `Bearer e30.${payload}.c2ln` };
    };
    expect(await said(jwt("write"))).to.deep.equal([200, "ok"]);
    expect(handled[0]?.requestContext.authorizer).to.have.nested.property("jwt.claims.aud", "shop");
    expect(await said(jwt("read"))).to.deep.equal(forbidden);
    expect(await said(token)).to.deep.equal(unauthorized);
    expect(await said()).to.deep.equal(unauthorized);
  });

  it("is not needed where IAM decides: the signer's ARN reaches the function", async () => {
    const functionArn = arnOf("orders");
    apis.addIntegration("shop", "i", { functionArn, timeoutMilliseconds });
    apis.addRoute("shop", "GET /orders/{id}", "i", "AWS_IAM");
    apis.deploy("shop");
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    expect(await said(signedFor("execute-api", credentials, "/orders/7"))).to.deep.equal([
      200,
      "ok",
    ]);
    const userArn = "arn:aws:iam::000000000000:root";
    expect(handled[0]?.requestContext.authorizer).to.deep.equal({
      iam: { accountId: "000000000000", callerId: userArn, userArn },
    });
    expect(await said()).to.deep.equal(forbidden);
    const guessed = { ...credentials, secretAccessKey: "guessed" };
    expect(await said(signedFor("execute-api", guessed, "/orders/7"))).to.deep.equal(forbidden);
  });

  it("has to be there before its route", () => {
    apis.addIntegration("shop", "i", { functionArn: arnOf("orders"), timeoutMilliseconds });
    const guarded = () => apis.addRoute("shop", "GET /", "i", { authorizerId: "auth", scopes: [] });
    expect(guarded).to.throw('the authorizer "auth" does not exist');
  });
});
