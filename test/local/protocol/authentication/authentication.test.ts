import { expect } from "chai";
import type { Principal } from "../../../../local/protocol/access.ts";
import type {
  AccessKey,
  PlaceholderKey,
} from "../../../../local/protocol/authentication/accessKey.ts";
import type { Call } from "../../../../local/protocol/call.ts";
import { type Endpoint, serveEndpoint } from "../../../../local/protocol/server.ts";
import {
  presigned,
  type Sent,
  type Signer,
  sendRaw,
  signed,
} from "../../../harness/endpoints/signedRequests.ts";

const machine = Date.UTC(2026, 10, 29, 12);
const minute = 60_000;
const owner: Principal = { kind: "account", account: "000000000000" };
const role: Principal = { kind: "role", arn: "arn:aws:iam::000000000000:role/worker" };

const keys: Readonly<Record<string, AccessKey | PlaceholderKey>> = {
  test: { secretAccessKey: "test", principal: owner },
  dummy: { secretAccessKey: undefined, principal: owner },
  ASIAWORKER: { secretAccessKey: "local", sessionToken: "session", principal: role },
};
const worker = { accessKeyId: "ASIAWORKER", secretAccessKey: "local", sessionToken: "session" };

describe("callers of the endpoint", () => {
  let endpoint: Endpoint;
  let calls: Call[];
  /** Cloud time. */
  let cloud: number;

  beforeEach(async () => {
    calls = [];
    cloud = machine;
    const service = async (call: Call) => {
      calls.push(call);
      return { status: 200, headers: {}, body: "served" };
    };
    endpoint = await serveEndpoint({
      port: 0,
      region: "eu-west-1",
      accessKey: (id) => keys[id],
      clocks: () => ({ cloud, machine }),
      services: { s3: service, sqs: service, sns: service, dynamodb: service, lambda: service },
      console: (_request, response) => response.end("the console"),
      onFailure: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
  });

  afterEach(() => endpoint.close());

  const requests: Readonly<Record<string, Sent>> = {
    s3: { method: "PUT", path: "/photos/a%20(b)/%C3%BC.txt?tagging=&x-id=Put", body: "cat" },
    sns: {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=ListTopics&Version=2010-03-31",
    },
    sqs: {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AmazonSQS.ListQueues",
      },
      body: "{}",
    },
    dynamodb: {
      method: "POST",
      headers: { "x-amz-target": "DynamoDB_20120810.ListTables" },
      body: "{}",
    },
    lambda: {
      method: "POST",
      path: "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A000000000000%3Afunction%3Af/invocations",
      body: "{}",
    },
  };

  function requestTo(service: string): Sent {
    const request = requests[service];
    if (request === undefined) throw new Error(`no request to ${service}`);
    return request;
  }

  /** Sends a request that is signed by the test's key, now, with what is changed after it was signed. */
  function send(service: string, signer: Omit<Signer, "service"> = {}, changed: Sent = {}) {
    const request = requestTo(service);
    const headers = signed(endpoint.port, request, { time: machine, ...signer, service });
    return sendRaw(endpoint.port, {
      ...request,
      ...changed,
      headers: { ...headers, ...changed.headers },
    });
  }

  const codeOf = ({ headers, body }: { headers: Record<string, unknown>; body: string }) =>
    /<Code>([^<]*)</.exec(body)?.[1] ?? headers["x-amzn-errortype"];
  const messageOf = ({ body }: { body: string }): string =>
    /<Message>([^<]*)</s.exec(body)?.[1] ?? JSON.parse(body).message;
  const answers = async (send: (service: string) => ReturnType<typeof sendRaw>) =>
    Object.fromEntries(
      await Promise.all(
        Object.keys(requests).map(async (service) => {
          const reply = await send(service);
          return [service, [reply.status, codeOf(reply)]] as const;
        }),
      ),
    );

  it("are who signs, in every protocol", async () => {
    for (const service of Object.keys(requests)) {
      expect((await send(service)).body, service).to.equal("served");
      expect((await send(service, { credentials: worker })).body, service).to.equal("served");
    }
    const expected = Object.keys(requests).flatMap(() => [owner, role]);
    expect(calls.map(({ principal }) => principal)).to.deep.equal(expected);
  });

  it("are anonymous without a signature where policies may admit anyone, and refused elsewhere", async () => {
    expect(await answers((service) => sendRaw(endpoint.port, requestTo(service)))).to.deep.equal({
      s3: [200, undefined],
      sns: [200, undefined],
      sqs: [200, undefined],
      dynamodb: [400, "MissingAuthenticationTokenException"],
      lambda: [403, "MissingAuthenticationTokenException"],
    });
    const anonymous: Principal = { kind: "anonymous" };
    expect(calls.map(({ principal }) => principal)).to.deep.equal([
      anonymous,
      anonymous,
      anonymous,
    ]);
  });

  it("are refused with a key that does not exist", async () => {
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "test" };
    expect(await answers((service) => send(service, { credentials }))).to.deep.equal({
      s3: [403, "InvalidAccessKeyId"],
      sns: [403, "InvalidClientTokenId"],
      sqs: [403, "UnrecognizedClientException"],
      dynamodb: [400, "UnrecognizedClientException"],
      lambda: [403, "UnrecognizedClientException"],
    });
    const { headers, body } = await send("sqs", { credentials });
    expect(headers["x-amzn-query-error"]).to.equal("InvalidClientTokenId;Sender");
    expect(JSON.parse(body).message).to.equal(
      'The security token included in the request is invalid. There is no access key "AKIAIOSFODNN7EXAMPLE". It has the form of those that AWS issues, and is no active one of the program: use the access key local (secret: local), one of the program\'s users, or the credentials of a function.',
    );
    expect(calls).to.deep.equal([]);
  });

  const wrongSignature = {
    s3: [403, "SignatureDoesNotMatch"],
    sns: [403, "SignatureDoesNotMatch"],
    sqs: [403, "InvalidSignatureException"],
    dynamodb: [400, "InvalidSignatureException"],
    lambda: [403, "InvalidSignatureException"],
  };

  it("are the owner with a key that has no secret, in time and region", async () => {
    const credentials = { accessKeyId: "dummy", secretAccessKey: "any", sessionToken: "any" };
    for (const service of Object.keys(requests)) {
      expect((await send(service, { credentials })).body, service).to.equal("served");
    }
    expect(calls.map(({ principal }) => principal)).to.deep.equal(
      Object.keys(requests).map(() => owner),
    );
    const elsewhere = await answers((service) =>
      send(service, { credentials, region: "us-east-1" }),
    );
    expect(Object.values(elsewhere).map(([status]) => status)).not.to.include(200);
  });

  it("are refused with another secret, and for what was changed after it was signed", async () => {
    const credentials = { accessKeyId: "test", secretAccessKey: "guessed" };
    expect(await answers((service) => send(service, { credentials }))).to.deep.equal(
      wrongSignature,
    );
    const otherQuery = (service: string) =>
      send(service, {}, { path: `${(requestTo(service).path ?? "/").split("?")[0]}?versionId=1` });
    expect(await answers(otherQuery)).to.deep.equal(wrongSignature);
    const otherMethod = (service: string) => send(service, {}, { method: "PATCH" });
    expect(await answers(otherMethod)).to.deep.equal(wrongSignature);
    const { s3: _, ...others } = await answers((service) =>
      send(service, {}, { body: `${requestTo(service).body} ` }),
    );
    expect({ s3: wrongSignature.s3, ...others }).to.deep.equal(wrongSignature);
    expect(calls).to.deep.equal([]);
  });

  it("learn from S3 what they should have signed", async () => {
    const { body } = await send("s3", {}, { method: "POST" });
    expect(body).to.contain(
      "<AWSAccessKeyId>test</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256\n20261129T120000Z\n20261129/eu-west-1/s3/aws4_request\n",
    );
    expect(body).to.contain(
      "<CanonicalRequest>POST\n/photos/a%20%28b%29/%C3%BC.txt\ntagging=&amp;x-id=Put\nhost:localhost",
    );
    expect(body).to.contain("<StringToSignBytes>41 57 53 34 2d 48");
  });

  it("are refused with a session token that is missing, wrong, or not of the key", async () => {
    const { accessKeyId, secretAccessKey } = worker;
    const without = await answers((service) =>
      send(service, { credentials: { accessKeyId, secretAccessKey } }),
    );
    expect(without.s3).to.deep.equal([403, "InvalidAccessKeyId"]);
    expect(without.sns).to.deep.equal([403, "InvalidClientTokenId"]);
    const others = [
      { ...worker, sessionToken: "other" },
      { ...worker, accessKeyId: "test", secretAccessKey: "test" },
    ];
    for (const credentials of others) {
      const wrong = await answers((service) => send(service, { credentials }));
      expect(wrong.s3).to.deep.equal([400, "InvalidToken"]);
      expect(wrong.dynamodb).to.deep.equal([400, "UnrecognizedClientException"]);
    }
    expect(calls).to.deep.equal([]);
  });

  it("are refused when they signed more than 15 minutes ago, or will", async () => {
    for (const time of [machine - 15 * minute, machine + 15 * minute]) {
      expect((await send("s3", { time })).body).to.equal("served");
    }
    for (const time of [machine - 15 * minute - 1000, machine + 15 * minute + 1000]) {
      expect(await answers((service) => send(service, { time }))).to.deep.equal({
        ...wrongSignature,
        s3: [403, "RequestTimeTooSkewed"],
      });
    }
    expect(messageOf(await send("sns", { time: machine - 20 * minute }))).to.equal(
      "Signature expired: 20261129T114000Z is now earlier than 20261129T114500Z (20261129T120000Z - 15 min.)",
    );
    expect(messageOf(await send("sqs", { time: machine + 20 * minute }))).to.equal(
      "Signature not yet current: 20261129T122000Z is still later than 20261129T121500Z (20261129T120000Z + 15 min.)",
    );
    const { body } = await send("s3", { time: machine - 20 * minute });
    expect(body).to.contain(
      "<RequestTime>20261129T114000Z</RequestTime><ServerTime>2026-11-29T12:00:00Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>",
    );
  });

  it("may sign by the machine's clock or by the cloud's, wherever that is", async () => {
    cloud = Date.UTC(2026, 0, 1);
    expect((await send("sqs")).body).to.equal("served");
    expect((await send("sqs", { time: cloud })).body).to.equal("served");
    expect(codeOf(await send("sqs", { time: cloud + 16 * minute }))).to.equal(
      "InvalidSignatureException",
    );
  });

  it("are refused for another region than the run's", async () => {
    expect(await answers((service) => send(service, { region: "us-east-1" }))).to.deep.equal({
      ...wrongSignature,
      s3: [400, "AuthorizationHeaderMalformed"],
    });
    expect((await send("s3", { region: "us-east-1" })).body).to.contain(
      "<Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message><Region>eu-west-1</Region>",
    );
    expect(messageOf(await send("sqs", { region: "us-east-1" }))).to.equal(
      "Credential should be scoped to a valid region, not 'us-east-1'. The local cloud has one region, eu-west-1.",
    );
  });

  it("are refused for a signature that is incomplete or malformed", async () => {
    const authorizations: readonly [string, string, string][] = [
      [
        "AWS4-HMAC-SHA256 Credential=test/20261129/eu-west-1/sqs/aws4_request",
        "IncompleteSignatureException",
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
      ],
      [
        "AWS4-HMAC-SHA256 Credential=test/sqs/aws4_request, SignedHeaders=host, Signature=00",
        "IncompleteSignatureException",
        'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
      ],
      [
        "AWS4-ECDSA-P256-SHA256 Credential=test/20261129/sqs/aws4_request, SignedHeaders=host, Signature=00",
        "IncompleteSignatureException",
        "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
      ],
      ["Bearer token", "IncompleteSignatureException", "Unsupported AWS 'algorithm': 'Bearer'."],
      [
        "AWS4-HMAC-SHA256 Credential=test/20261128/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=00",
        "InvalidSignatureException",
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261128' != '20261129', from '20261129T120000Z'.",
      ],
      [
        "AWS4-HMAC-SHA256 Credential=test/20261129/eu-west-1/sqs/aws4_request, SignedHeaders=x-amz-date, Signature=00",
        "InvalidSignatureException",
        "'host', 'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
      ],
    ];
    for (const [authorization, code, message] of authorizations) {
      const reply = await send("sqs", {}, { headers: { authorization } });
      expect([codeOf(reply), messageOf(reply)], authorization).to.deep.equal([code, message]);
    }
    const old = await send("s3", {}, { headers: { authorization: "AWS test:c2lnbmF0dXJl" } });
    expect([old.status, codeOf(old)]).to.deep.equal([400, "InvalidRequest"]);
    expect(calls).to.deep.equal([]);
  });

  describe("of S3, by its body", () => {
    it("are refused when the hash is of another body", async () => {
      const reply = await send("s3", {}, { body: "dog" });
      expect([reply.status, codeOf(reply)]).to.deep.equal([400, "XAmzContentSHA256Mismatch"]);
      expect(reply.body).to.contain(
        "<ClientComputedContentSHA256>77af778b51abd4a3c51c5ddd97204a9c3ae614ebccb75a606c3b6865aed6744e</ClientComputedContentSHA256><S3ComputedContentSHA256>cd6357efdd966de8c0cb2f876cc89ec74ce35f0968e11743987084bd42fb8944</S3ComputedContentSHA256>",
      );
    });

    it("need not sign it", async () => {
      const request = {
        ...requestTo("s3"),
        headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
      };
      const headers = signed(endpoint.port, request, { service: "s3", time: machine });
      expect((await sendRaw(endpoint.port, { ...request, headers, body: "any" })).body).to.equal(
        "served",
      );
    });

    it("have to say how they hashed it", async () => {
      const refused: readonly [string, string][] = [
        ["md5", "InvalidArgument"],
        ["STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "InvalidArgument"],
      ];
      for (const [hash, code] of refused) {
        const request = { ...requestTo("s3"), headers: { "x-amz-content-sha256": hash } };
        const headers = signed(endpoint.port, request, { service: "s3", time: machine });
        expect(codeOf(await sendRaw(endpoint.port, { ...request, headers }))).to.equal(code);
      }
      const { "x-amz-content-sha256": _, ...headers } = signed(endpoint.port, requestTo("s3"), {
        service: "s3",
        time: machine,
      });
      const reply = await sendRaw(endpoint.port, { ...requestTo("s3"), headers });
      expect([codeOf(reply), messageOf(reply)]).to.deep.equal([
        "InvalidRequest",
        "Missing required header for this request: x-amz-content-sha256",
      ]);
    });
  });

  describe("of S3, by a presigned URL", () => {
    const at = (changes: Partial<Parameters<typeof presigned>[2]> = {}) =>
      presigned(
        endpoint.port,
        { path: "/photos/cat?versionId=3" },
        { time: machine, expires: 300, ...changes },
      );
    const open = (path: string, sent: Sent = {}) => sendRaw(endpoint.port, { path, ...sent });

    it("are who signed it", async () => {
      expect((await open(at())).body).to.equal("served");
      expect((await open(at({ credentials: worker }))).body).to.equal("served");
      expect(calls.map(({ principal }) => principal)).to.deep.equal([owner, role]);
    });

    it("are refused once it has expired", async () => {
      const url = at({ time: machine - 300_000 });
      const reply = await open(url);
      expect([reply.status, codeOf(reply), messageOf(reply)]).to.deep.equal([
        403,
        "AccessDenied",
        "Request has expired",
      ]);
      expect(reply.body).to.contain(
        "<X-Amz-Expires>300</X-Amz-Expires><Expires>2026-11-29T12:00:00Z</Expires><ServerTime>2026-11-29T12:00:00Z</ServerTime>",
      );
      expect((await open(at({ time: machine - 299_000 }))).body).to.equal("served");
      expect(messageOf(await open(at({ time: machine + 16 * minute })))).to.equal(
        "Request is not valid yet",
      );
    });

    it("are refused once it has expired by the clock that it was signed by", async () => {
      cloud = Date.UTC(2026, 0, 1);
      const byCloud = at({ time: cloud });
      const byMachine = at();
      expect((await open(byCloud)).body).to.equal("served");
      cloud += 300_000;
      expect(messageOf(await open(byCloud))).to.equal("Request has expired");
      expect((await open(byMachine)).body).to.equal("served");
    });

    it("are refused when it was changed", async () => {
      const url = at();
      for (const changed of [
        url.replace("cat", "dog"),
        url.replace("versionId=3", "versionId=4"),
        url.replace("Expires=300", "Expires=301"),
        url.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      ]) {
        expect(codeOf(await open(changed)), changed).to.equal("SignatureDoesNotMatch");
      }
      expect(codeOf(await open(url, { method: "PUT" }))).to.equal("SignatureDoesNotMatch");
      const more = await open(url, { headers: { "x-amz-meta-owner": "me" } });
      expect([more.status, codeOf(more)]).to.deep.equal([403, "AccessDenied"]);
      expect(more.body).to.contain("<HeadersNotSigned>x-amz-meta-owner</HeadersNotSigned>");
      expect(calls).to.deep.equal([]);
    });

    it("learn what is missing or out of range", async () => {
      const url = at();
      const problems: readonly [string, RegExp][] = [
        [
          url.replace(/&X-Amz-Signature=\w+/, ""),
          /^Query-string authentication version 4 requires the X-Amz-Algorithm, /,
        ],
        [url.replace("Expires=300", "Expires=soon"), /^X-Amz-Expires should be a number$/],
        [url.replace("Expires=300", "Expires=-1"), /^X-Amz-Expires must be non-negative$/],
        [url.replace("Expires=300", "Expires=604801"), /^X-Amz-Expires must be less than a week/],
        [
          url.replace("%2Faws4_request", ""),
          /^Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting &quot;&lt;YOUR-AKID&gt;\/YYYYMMDD\/REGION\/SERVICE\/aws4_request&quot;\.$/,
        ],
        [
          at({ region: "us-east-1" }),
          /^Error parsing the X-Amz-Credential parameter; the region 'us-east-1' is wrong; expecting 'eu-west-1'$/,
        ],
      ];
      for (const [path, message] of problems) {
        const reply = await open(path);
        expect([reply.status, codeOf(reply)], path).to.deep.equal([
          400,
          "AuthorizationQueryParametersError",
        ]);
        expect(messageOf(reply)).to.match(message);
      }
    });
  });
});
