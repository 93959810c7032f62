import { expect } from "chai";
import type { Credentials } from "../../../local/protocol/authentication/signRequest.ts";
import { Permissions } from "../../../local/services/iam/permissions.ts";
import type { InvocationResult } from "../../../local/services/lambda/interface.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { Trace } from "../../../local/trace/trace.ts";
import { type FunctionUrl, FunctionUrls } from "../../../local/web/functionUrls.ts";
import { ownerOnly } from "../../harness/endpoints/authentication.ts";
import { signedFor } from "../../harness/endpoints/signedHeaders.ts";
import { webRequest } from "../../harness/endpoints/webRequests.ts";

const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:shop";
const caller = "arn:aws:iam::000000000000:role/caller";

function signedBy(credentials: Credentials, path = webRequest().path): Record<string, string> {
  return signedFor("lambda", credentials, path);
}

describe("the URL of a function", () => {
  let events: string[];
  let statements: object[];
  let result: InvocationResult;
  let permissions: Permissions;
  let urls: FunctionUrls;

  const allow = (Action: string, Condition: object = {}) => ({
    Effect: "Allow",
    Principal: "*",
    Action,
    Resource: functionArn,
    Condition,
  });
  const everyone = [
    allow("lambda:InvokeFunctionUrl", {
      StringEquals: { "lambda:FunctionUrlAuthType": "NONE" },
    }),
    allow("lambda:InvokeFunction", { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }),
  ];

  beforeEach(() => {
    events = [];
    statements = everyone;
    const answer = { statusCode: 201, body: "made", headers: { "X-Id": "7" } };
    const succeeded = { outcome: "succeeded", requestId: "i-1", log: "", milliseconds: 1 } as const;
    result = { ...succeeded, payload: JSON.stringify(answer) };
    permissions = new Permissions((arn) =>
      arn === functionArn
        ? JSON.stringify({ Version: "2012-10-17", Statement: statements })
        : undefined,
    );
    const clock = new ManualClock();
    urls = new FunctionUrls({
      functions: {
        async invoke(_arn, event) {
          events.push(event);
          return result;
        },
      },
      authorize: permissions.authorize,
      authentication: { ...ownerOnly, accessKey: permissions.accessKeys.find },
      clock,
      trace: new Trace(clock),
      region: "eu-west-1",
    });
  });

  const open = (changes: Partial<FunctionUrl> = {}) =>
    urls.set({ id: "shop", functionArn, authorization: "NONE", ...changes });

  it("invokes the function with the event of payload format 2.0, and answers with what it returns", async () => {
    open();
    const reply = await urls.answer(
      "shop",
      webRequest({
        method: "POST",
        path: "/orders/7",
        query: "a=1",
        headers: { "content-type": "application/json" },
        body: Buffer.from("{}"),
      }),
    );
    expect(reply).to.deep.equal({
      status: 201,
      headers: { "content-type": "text/plain; charset=utf-8", "x-id": "7" },
      body: "made",
    });
    const event = JSON.parse(events[0] ?? "");
    expect(event).to.deep.include({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/orders/7",
      rawQueryString: "a=1",
      queryStringParameters: { a: "1" },
      body: "{}",
      isBase64Encoded: false,
    });
    expect(event.requestContext).to.include({
      accountId: "anonymous",
      apiId: "shop",
      domainName: "shop.lambda-url.eu-west-1.on.aws",
      domainPrefix: "shop",
      stage: "$default",
    });
  });

  it("answers 502 for a function that fails, 429 for one that is throttled", async () => {
    open();
    result = {
      outcome: "failed",
      requestId: "i-1",
      error: { errorType: "Error", errorMessage: "no" },
      log: "",
      milliseconds: 1,
    };
    expect((await urls.answer("shop", webRequest({}))).status).to.equal(502);
    result = { outcome: "throttled", requestId: "i-1" };
    expect((await urls.answer("shop", webRequest({}))).status).to.equal(429);
  });

  it("denies everyone unless the function's policy allows both actions", async () => {
    open();
    for (const one of everyone) {
      statements = [one];
      const { status, body } = await urls.answer("shop", webRequest({}));
      expect([status, body]).to.deep.equal([403, '{"Message":"Forbidden"}']);
    }
    expect(events).to.deep.equal([]);
  });

  it("asks for a signature if it uses IAM, and counts the policies of the signer", async () => {
    open({ authorization: "AWS_IAM" });
    const headers = signedBy(permissions.credentials(caller));
    const status = async (request: Parameters<typeof webRequest>[0]) =>
      (await urls.answer("shop", webRequest(request))).status;
    expect(await status({})).to.equal(403);
    statements = [];
    expect(await status({ headers })).to.equal(403);
    permissions.setRolePolicy(caller, "p", {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction*", Resource: functionArn }],
    });
    expect(await status({ headers })).to.equal(201);
    const sentPath = "/_fanout/web/shop.lambda-url/bookings";
    const sent = signedBy(permissions.credentials(caller), sentPath);
    expect(await status({ sentPath, headers: sent })).to.equal(201);
  });

  it("answers a signature that is not right with AWS's error", async () => {
    open({ authorization: "AWS_IAM" });
    const credentials = permissions.credentials(caller);
    const refusals = [
      signedBy({ ...credentials, secretAccessKey: "guessed" }),
      signedBy({ ...credentials, accessKeyId: "AKIAUNKNOWN" }),
    ];
    const answers = await Promise.all(
      refusals.map((headers) => urls.answer("shop", webRequest({ headers }))),
    );
    expect(
      answers.map(({ status, headers }) => [status, headers["x-amzn-errortype"]]),
    ).to.deep.equal([
      [403, "InvalidSignatureException"],
      [403, "UnrecognizedClientException"],
    ]);
    expect(events).to.deep.equal([]);
  });

  describe("for pages of other origins", () => {
    const cors = {
      allowOrigins: ["https://shop.example", "https://*.test"],
      allowMethods: ["GET", "POST"],
      allowHeaders: ["content-type"],
      exposeHeaders: ["x-id"],
      maxAge: 60,
      allowCredentials: true,
    };
    const preflight = (origin: string) =>
      webRequest({
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });

    it("answers preflights itself, with the headers of an origin that may call", async () => {
      open({ cors });
      expect(await urls.answer("shop", preflight("https://shop.example"))).to.deep.equal({
        status: 200,
        headers: {
          "access-control-allow-origin": "https://shop.example",
          vary: "Origin",
          "access-control-allow-credentials": "true",
          "access-control-allow-methods": "GET,POST",
          "access-control-allow-headers": "content-type",
          "access-control-max-age": "60",
        },
        body: "",
      });
      const { headers } = await urls.answer("shop", preflight("https://a.test"));
      expect(headers["access-control-allow-origin"]).to.equal("https://a.test");
      for (const other of ["https://shop.example.evil", "http://a.test"]) {
        expect((await urls.answer("shop", preflight(other))).headers).to.deep.equal({});
      }
      expect(events).to.deep.equal([]);
    });

    it("replaces the headers that the function sets", async () => {
      open({ cors: { allowOrigins: ["*"], exposeHeaders: ["x-id"] } });
      const payload = { statusCode: 200, headers: { "Access-Control-Allow-Origin": "https://x" } };
      result = {
        ...result,
        outcome: "succeeded",
        payload: JSON.stringify(payload),
        log: "",
        milliseconds: 1,
      };
      const request = webRequest({ headers: { origin: "https://any.example" } });
      expect((await urls.answer("shop", request)).headers).to.deep.equal({
        "content-type": "text/plain; charset=utf-8",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "x-id",
      });
      const own = await urls.answer("shop", webRequest({}));
      expect(own.headers).to.deep.equal({ "content-type": "text/plain; charset=utf-8" });
    });

    it("leaves preflights to the function if it has no settings", async () => {
      open();
      expect((await urls.answer("shop", preflight("https://shop.example"))).status).to.equal(201);
    });
  });
});
