import { expect } from "chai";
import { bucketPolicy } from "../../../../components/privateBucket.ts";
import type { WebReply, WebRequest } from "../../../../local/protocol/webMessage.ts";
import type {
  Behaviour,
  DistributionDefinition,
} from "../../../../local/services/cloudfront/definition.ts";
import { Permissions } from "../../../../local/services/iam/permissions.ts";
import { s3Origin } from "../../../../local/services/s3/api/s3.ts";
import { website } from "../../../../local/services/s3/configuration/website.ts";
import { Web } from "../../../../local/web/web.ts";
import { makeBuckets, region } from "../../../harness/cloud/buckets.ts";
import { ownerOnly } from "../../../harness/endpoints/authentication.ts";
import { webRequest } from "../../../harness/endpoints/webRequests.ts";

const arn = "arn:aws:cloudfront::000000000000:distribution/site";
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:front-door";

const toBucket: Behaviour = {
  originId: "site",
  allowedMethods: ["GET", "HEAD"],
  headers: [],
  forwardsViewer: false,
};
const toApi: Behaviour = {
  originId: "api",
  allowedMethods: ["GET", "HEAD", "POST"],
  headers: [],
  forwardsViewer: true,
};

describe("a distribution", () => {
  let cloud: ReturnType<typeof makeBuckets>;
  let web: Web;
  let events: string[];

  beforeEach(() => {
    cloud = makeBuckets();
    events = [];
    const permissions = new Permissions((resource) =>
      resource === functionArn ? anyApiInvokes : cloud.buckets.policy(resource),
    );
    web = new Web({
      ...cloud,
      region,
      endpoint: () => "http://127.0.0.1:1",
      credentials: () => ({ accessKeyId: "", secretAccessKey: "" }),
      authentication: ownerOnly,
      assume: () => ({ allowed: true }),
      decide: () => "none",
      authorize: permissions.authorize,
      documents: cloud.buckets.documents,
      objects: s3Origin({ ...cloud, region, authorize: permissions.authorize }),
      functions: {
        async invoke(_arn, event) {
          events.push(event);
          const payload = JSON.stringify({
            statusCode: 200,
            headers: { "referrer-policy": "origin" },
            body: "rooms",
          });
          return { outcome: "succeeded", requestId: "i-1", payload, log: "", milliseconds: 1 };
        },
      },
    });
    cloud.buckets.create("files");
    cloud.buckets.setPolicy("files", policy(arn));
    cloud.put("files", "index.html", "<h1>", {
      headers: { "content-type": "text/html", "cache-control": "no-cache" },
    });
    cloud.put("files", "a b.txt", "text");
    web.apis.create("api");
    web.apis.addIntegration("api", "integration", { functionArn, timeoutMilliseconds: 1000 });
    web.apis.addRoute("api", "GET /bookings", "integration");
    web.apis.addRoute("api", "POST /bookings", "integration");
    web.apis.deploy("api");
  });

  const policy = (distributionArn: string) =>
    JSON.stringify(bucketPolicy("arn:aws:s3:::files", { distributionArn }));

  const apiOrigin = { id: "api", domainName: "api.execute-api.eu-west-1.amazonaws.com" };

  function create(changes: Partial<DistributionDefinition> = {}) {
    return web.distributions.create({
      name: "site",
      defaultRootObject: "index.html",
      origins: [
        { id: "site", domainName: "files.s3.eu-west-1.amazonaws.com", access: "control" },
        apiOrigin,
      ],
      defaultBehaviour: toBucket,
      behaviours: [{ ...toApi, pathPattern: "/bookings" }],
      errorResponses: [],
      ...changes,
    });
  }

  const answer = (changes: Partial<WebRequest> = {}) =>
    web.distributions.answer("site", webRequest({ path: "/", ...changes }));
  const said = ({ status, body }: WebReply) => [status, String(body)];

  it("has an ARN without a region, and a domain", () => {
    expect(create()).to.include({ arn, domainName: "site.cloudfront.net" });
    expect([...web.distributions.domains()]).to.deep.equal([["site", "site.cloudfront.net"]]);
  });

  it("gives the root object for the root, and every object under its key", async () => {
    create();
    const root = await answer();
    expect(said(root)).to.deep.equal([200, "<h1>"]);
    expect(root.headers).to.include({ "content-type": "text/html", "cache-control": "no-cache" });
    expect(said(await answer({ path: "/index.html" }))).to.deep.equal([200, "<h1>"]);
    expect(said(await answer({ path: "/a%20b.txt" }))).to.deep.equal([200, "text"]);
  });

  it("reads a bucket as its origin access identity, which the bucket's policy has to let in", async () => {
    const identityArn = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1";
    const ofBucket = { id: "site", domainName: "files.s3.amazonaws.com", access: { identityArn } };
    create({ origins: [ofBucket, apiOrigin] });
    const letIn = (AWS: string) =>
      cloud.buckets.setPolicy(
        "files",
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS },
              Action: "s3:GetObject",
              Resource: "arn:aws:s3:::files/*",
            },
          ],
        }),
      );
    expect((await answer()).status).to.equal(403);
    letIn(identityArn);
    expect(said(await answer())).to.deep.equal([200, "<h1>"]);
    letIn(`${identityArn}2`);
    expect((await answer()).status).to.equal(403);
  });

  it("reads the website of a bucket as any visitor", async () => {
    cloud.buckets.documents.set("files", website, { IndexDocument: { Suffix: "index.html" } });
    const ofWebsite = { id: "site", domainName: "files.s3-website-eu-west-1.amazonaws.com" };
    create({ origins: [ofWebsite, apiOrigin] });
    expect((await answer()).status).to.equal(403);
    const Resource = "arn:aws:s3:::files/*";
    const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource };
    const open = { Version: "2012-10-17", Statement: [statement] };
    cloud.buckets.setPolicy("files", JSON.stringify(open));
    expect(said(await answer())).to.deep.equal([200, "<h1>"]);
  });

  it("answers errors of its origins with the pages that it has for them", async () => {
    create({
      errorResponses: [
        { errorCode: 403, responseCode: 404, pagePath: "/a b.txt" },
        { errorCode: 304, responseCode: 200 },
      ],
    });
    expect(said(await answer({ path: "/none" }))).to.deep.equal([404, "text"]);
    create({ errorResponses: [{ errorCode: 403, responseCode: 200, pagePath: "/none-either" }] });
    expect((await answer({ path: "/none" })).status).to.equal(403);
  });

  it("does not list the bucket where it has no root object", async () => {
    create({ defaultRootObject: undefined });
    expect((await answer()).status).to.equal(403);
  });

  it("answers 403 for an object that is not there, as S3 does to those who may not list", async () => {
    create();
    expect((await answer({ path: "/nothing" })).status).to.equal(403);
    expect((await answer({ path: "/../other/index.html" })).status).to.equal(403);
  });

  it("gets nothing from a bucket whose policy names another distribution", async () => {
    create();
    cloud.buckets.setPolicy("files", policy(`${arn}-2`));
    const { status, body } = await answer();
    expect(status).to.equal(403);
    expect(String(body)).to.contain("AccessDenied").and.not.to.contain("<h1>");
  });

  it("asks the bucket for parts and for news as the viewer does, and hands on nothing else of the viewer's", async () => {
    create();
    const { headers } = await answer();
    const etag = String(headers.etag);
    expect((await answer({ headers: { "if-none-match": etag } })).status).to.equal(304);
    expect(said(await answer({ headers: { range: "bytes=1-2" } }))).to.deep.equal([206, "h1"]);
    const forged = {
      authorization: "AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-1/s3/aws4_request",
    };
    expect((await answer({ headers: forged, query: "acl" })).status).to.equal(200);
  });

  it("takes the methods of the path's behaviour, and answers 403 to others", async () => {
    create();
    expect((await answer({ method: "HEAD" })).status).to.equal(200);
    for (const method of ["PUT", "DELETE", "POST"]) {
      expect((await answer({ method })).status, method).to.equal(403);
    }
    expect((await answer({ method: "POST", path: "/bookings" })).status).to.equal(200);
    expect((await answer({ method: "PUT", path: "/bookings" })).status).to.equal(403);
    expect(cloud.text("files", "index.html")).to.equal("<h1>");
  });

  it("hands requests on to the API with the viewer's headers, the API's host, and who forwarded it", async () => {
    create();
    const reply = await answer({
      path: "/bookings",
      query: "a=1",
      headers: { host: "127.0.0.1:4566", "x-mine": "yes" },
    });
    expect(said(reply)).to.deep.equal([200, "rooms"]);
    const [event] = events.map((text) => JSON.parse(text));
    expect(event).to.include({ rawPath: "/bookings", rawQueryString: "a=1" });
    expect(event.headers).to.include({
      host: "api.execute-api.eu-west-1.amazonaws.com",
      via: "1.1 site.cloudfront.net (CloudFront)",
      "x-forwarded-for": "127.0.0.1, 127.0.0.1",
      "x-mine": "yes",
    });
  });

  it("adds the headers of its policy to every answer, over the origin's own only where it is to", async () => {
    const headers = [
      { name: "x-frame-options", value: "DENY", override: true },
      { name: "referrer-policy", value: "no-referrer", override: false },
      { name: "content-type", value: "text/plain", override: true },
    ];
    create({
      defaultBehaviour: { ...toBucket, headers },
      behaviours: [{ ...toApi, headers, pathPattern: "/bookings" }],
    });
    expect((await answer()).headers).to.include({
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "content-type": "text/plain",
    });
    expect((await answer({ path: "/bookings" })).headers).to.include({
      "x-frame-options": "DENY",
      "referrer-policy": "origin",
    });
    expect((await answer({ path: "/nothing" })).headers).to.include({ "x-frame-options": "DENY" });
    expect((await answer({ method: "PUT" })).headers).to.include({ "x-frame-options": "DENY" });
  });

  const files = { id: "site", domainName: "files.s3.eu-west-1.amazonaws.com", signed: true };
  for (const [what, changes, reason] of [
    [
      "an origin that is nowhere",
      { origins: [{ ...files, domainName: "example.com" }] },
      'the origin "example.com" is neither a bucket, a website nor an HTTP API of this cloud',
    ],
    [
      "a bucket without origin access control, which would refuse it",
      { origins: [{ ...files }], behaviours: [] },
      'the origin "files.s3.eu-west-1.amazonaws.com" has no origin access control',
    ],
    [
      "a behaviour without an origin",
      { behaviours: [{ ...toApi, originId: "apis", pathPattern: "/bookings" }] },
      'the origin "apis" does not exist',
    ],
    [
      "an API that would get none of the viewer's headers",
      { behaviours: [{ ...toApi, forwardsViewer: false, pathPattern: "/bookings" }] },
      "set its behaviour's origin request policy to AllViewerExceptHostHeader",
    ],
    [
      "a bucket that would get the viewer's own headers",
      { defaultBehaviour: { ...toBucket, forwardsViewer: true } },
      'the origin "site" is a bucket, which rejects the viewer\'s headers',
    ],
  ] as const) {
    it(`is not made with ${what}`, () => {
      expect(() => create(changes)).to.throw(reason);
      expect(web.distributions.has("site")).to.equal(false);
    });
  }
});

const anyApiInvokes = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: functionArn,
    },
  ],
});
