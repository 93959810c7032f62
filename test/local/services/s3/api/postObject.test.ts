import { createHmac } from "node:crypto";
import { expect } from "chai";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";
import { signingKey } from "../../../../harness/endpoints/signedRequests.ts";

type Conditions = readonly (Readonly<Record<string, string>> | readonly unknown[])[];

describe("an upload by a form", () => {
  let s3: S3Endpoint;

  before(async () => {
    s3 = await serveS3();
    s3.buckets.create("photos");
  });

  after(() => s3.close());

  async function post(fields: Record<string, string>, file: string | File = "meow") {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", file);
    const request = new Request("http://127.0.0.1", { method: "POST", body: form });
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    const body = Buffer.from(await request.arrayBuffer());
    const sent = { method: "POST", path: "/photos", headers, body, anonymous: true };
    const reply = await s3.send(sent);
    const code = /<Code>(\w+)</.exec(reply.body)?.[1];
    const message = /<Message>(.*?)</.exec(reply.body)?.[1]?.replaceAll("&quot;", '"');
    return { ...reply, code, message };
  }

  /** The fields of a form that was signed with a policy. */
  function signed(conditions: Conditions, expiresIn = 60_000) {
    const expiration = new Date(s3.clock.now() + expiresIn).toISOString();
    const text = JSON.stringify({ expiration, conditions });
    const policy = Buffer.from(text).toString("base64");
    const signature = createHmac("sha1", "test").update(policy).digest("base64");
    return { policy, AWSAccessKeyId: "test", signature };
  }

  it("stores the file with what the fields say of it", async () => {
    const fields = {
      key: "cats/\u0024{filename}",
      "Content-Type": "text/plain",
      "x-amz-meta-Mood": "süß",
      tagging: "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>",
      success_action_status: "201",
    };
    const reply = await post(fields, new File(["meow"], "tom.txt"));
    expect(reply.status).to.equal(201);
    expect(reply.body).to.contain("<Key>cats/tom.txt</Key>");
    const object = s3.buckets.objects.get("photos", "cats/tom.txt");
    expect(s3.text("photos", "cats/tom.txt")).to.equal("meow");
    expect(object.headers).to.include({ "content-type": "text/plain", "x-amz-meta-mood": "süß" });
    expect(object.tags).to.deep.equal([{ key: "k", value: "v" }]);
  });

  it("keeps text that a header cannot have, and replies without it", async () => {
    const disposition = 'filename="caf\u00e9 \u2014.txt"';
    await post({ key: "menu", "Content-Disposition": disposition, "Cache-Control": "a\u007fb" });
    for (const method of ["GET", "HEAD"]) {
      const { headers } = await s3.send({ method, path: "/photos/menu" });
      expect(headers["content-disposition"]).to.equal('filename="caf\u00e9  .txt"');
      expect(headers["cache-control"]).to.equal("a b");
    }
  });

  it("keeps metadata that looks like an encoded word as it is", async () => {
    const word = "=?UTF-8?B?YWJj?=";
    await post({ key: "word", "x-amz-meta-word": word });
    expect(s3.buckets.objects.get("photos", "word").headers["x-amz-meta-word"]).to.equal(word);
    const { headers } = await s3.send({ method: "HEAD", path: "/photos/word" });
    expect(headers["x-amz-meta-word"]).to.equal(word);
  });

  it("answers as the form wants it", async () => {
    expect((await post({ key: "a" })).status).to.equal(204);
    expect((await post({ key: "a", success_action_status: "200" })).status).to.equal(200);
    const success_action_redirect = "http://localhost:3000/done?x=1";
    const { status, headers } = await post({ key: "a", success_action_redirect });
    expect(status).to.equal(303);
    expect(headers.location).to.match(
      /^http:\/\/localhost:3000\/done\?x=1&bucket=photos&key=a&etag=/,
    );
    expect((await post({ key: "a", success_action_redirect: "/relative" })).status).to.equal(204);
  });

  const rejected: readonly [what: string, Conditions, Record<string, string>, string, string][] = [
    [
      "a value that is not the policy's",
      [{ key: "mine" }],
      {},
      "AccessDenied",
      'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "mine"]',
    ],
    [
      "a value that begins otherwise",
      [["starts-with", "$key", "home/"]],
      {},
      "AccessDenied",
      'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "home/"]',
    ],
    [
      "a field that the policy does not name",
      [{ key: "cat" }],
      { acl: "private" },
      "AccessDenied",
      "Invalid according to Policy: Extra input fields: acl",
    ],
    [
      "a file that is too large",
      [{ key: "cat" }, ["content-length-range", 1, 3]],
      {},
      "EntityTooLarge",
      "Your proposed upload exceeds the maximum allowed size",
    ],
    [
      "a condition of two properties",
      [{ key: "cat", bucket: "photos" }],
      {},
      "InvalidPolicyDocument",
      "Invalid Policy: Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
    ],
  ];
  for (const [what, conditions, fields, code, message] of rejected) {
    it(`is rejected with ${what}`, async () => {
      const reply = await post({ key: "cat", ...signed(conditions), ...fields });
      expect(reply).to.include({ code, message });
    });
  }

  it("is accepted where it meets the policy, whatever the case of its names", async () => {
    const conditions: Conditions = [
      { bucket: "photos" },
      ["starts-with", "$Key", "c"],
      ["content-length-range", 4, 4],
      { "x-amz-meta-MOOD": "good" },
    ];
    const fields = { key: "cat", "X-Amz-Meta-Mood": "good", "x-ignore-this": "1" };
    expect((await post({ ...fields, ...signed(conditions) })).status).to.equal(204);
  });

  it("is rejected when its policy has expired, or has no signature", async () => {
    const late = await post({ key: "cat", ...signed([{ key: "cat" }], -1) });
    expect(late.message).to.equal("Invalid according to Policy: Policy expired.");
    const { policy } = signed([{ key: "cat" }]);
    expect((await post({ key: "cat", policy })).code).to.equal("AccessDenied");
    const half = await post({ key: "cat", policy, AWSAccessKeyId: "test" });
    expect(half).to.include({ status: 400, code: "InvalidArgument" });
  });

  it("is its signer's, by either version, and nobody's with a wrong signature", async () => {
    const scope = "20260101/eu-west-1/s3/aws4_request";
    const version4 = {
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": `test/${scope}`,
      "X-Amz-Date": "20260101T000000Z",
    };
    const conditions = [{ key: "cat" }, ...Object.entries(version4).map(([k, v]) => ({ [k]: v }))];
    const { policy } = signed(conditions);
    const signature = createHmac("sha256", signingKey(scope)).update(policy).digest("hex");
    s3.denyWhere(({ principal }) => (principal.kind === "anonymous" ? "no" : undefined));
    expect((await post({ key: "cat" })).code).to.equal("AccessDenied");
    const signed2 = { key: "cat", ...signed([{ key: "cat" }]) };
    expect((await post(signed2)).status).to.equal(204);
    const signed4 = { key: "cat", ...version4, policy, "X-Amz-Signature": signature };
    expect((await post(signed4)).status).to.equal(204);
    const wrong = [
      { ...signed2, policy },
      { ...signed4, policy: signed2.policy },
    ];
    for (const fields of wrong) {
      expect(await post(fields)).to.include({ status: 403, code: "SignatureDoesNotMatch" });
    }
    const unknown = await post({ ...signed2, AWSAccessKeyId: "AKIANONE" });
    expect(unknown).to.include({ status: 403, code: "InvalidAccessKeyId" });
    s3.denyWhere(() => undefined);
  });

  it("is a form, with a key and a file", async () => {
    const plain = await s3.send({ method: "POST", path: "/photos", body: "meow" });
    expect(plain.status).to.equal(412);
    expect((await post({})).code).to.equal("InvalidArgument");
  });

  it("needs the permission to write its key", async () => {
    s3.denyWhere(({ action }) => (action === "s3:PutObject" ? "no" : undefined));
    expect((await post({ key: "secret" })).code).to.equal("AccessDenied");
    s3.denyWhere(() => undefined);
  });
});
