import { expect } from "chai";
import { cors } from "../../../../../local/services/s3/configuration/cors.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const origin = "http://localhost:3000";

describe("pages of other origins at S3", () => {
  let s3: S3Endpoint;

  before(async () => {
    s3 = await serveS3();
    for (const bucket of ["photos", "closed"]) {
      s3.buckets.create(bucket);
      s3.put(bucket, "cat", "meow");
    }
    s3.buckets.documents.set("photos", cors, {
      CORSRule: [
        {
          AllowedOrigin: ["http://localhost:*"],
          AllowedMethod: ["GET", "PUT"],
          AllowedHeader: ["x-amz-*"],
          ExposeHeader: ["ETag"],
          MaxAgeSeconds: 60,
        },
        { AllowedOrigin: ["*"], AllowedMethod: ["HEAD"] },
      ],
    });
  });

  after(() => s3.close());

  async function ask(bucket: string, headers: Record<string, string>) {
    const reply = await s3.send({ method: "OPTIONS", path: `/${bucket}/cat`, headers });
    return { ...reply, code: /<Code>(\w+)</.exec(reply.body)?.[1] };
  }

  it("may ask first, and call as a rule allows", async () => {
    const { status, headers } = await ask("photos", {
      origin,
      "access-control-request-method": "PUT",
      "access-control-request-headers": "X-Amz-Date,x-amz-meta-a",
    });
    expect(status).to.equal(200);
    expect(headers).to.include({
      "access-control-allow-origin": origin,
      "access-control-allow-methods": "GET, PUT",
      "access-control-allow-headers": "x-amz-date, x-amz-meta-a",
      "access-control-allow-credentials": "true",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "60",
    });
    const open = await ask("photos", { origin, "access-control-request-method": "HEAD" });
    expect(open.headers["access-control-allow-origin"]).to.equal("*");
    expect(open.headers).not.to.have.property("access-control-allow-credentials");
  });

  const method = "access-control-request-method";
  const refused = [
    ["a method that no rule has", "photos", { origin, [method]: "DELETE" }],
    [
      "a header that no rule has",
      "photos",
      { origin, [method]: "PUT", "access-control-request-headers": "authorization" },
    ],
    ["a bucket without rules", "closed", { origin, [method]: "GET" }],
    ["no bucket", "missing", { origin, [method]: "GET" }],
  ] as const;
  for (const [what, bucket, headers] of refused) {
    it(`are forbidden ${what}`, async () => {
      expect(await ask(bucket, headers)).to.include({ status: 403, code: "AccessForbidden" });
    });
  }

  it("must say where they come from", async () => {
    expect(await ask("photos", {})).to.include({ status: 400, code: "BadRequest" });
  });

  it("may read replies, failures as well, and others get no leave", async () => {
    const get = async (path: string, from = origin) =>
      (await s3.send({ path, headers: { origin: from } })).headers["access-control-allow-origin"];
    expect(await get("/photos/cat")).to.equal(origin);
    expect(await get("/photos/none")).to.equal(origin);
    expect(await get("/closed/cat")).to.equal(undefined);
    expect(await get("/photos/cat", "http://127.0.0.1:3000")).to.equal(undefined);
  });
});
