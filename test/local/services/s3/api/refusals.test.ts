import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { enableLists } from "../../../../harness/cloud/buckets.ts";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

describe("what S3 on the wire has not", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create("photos");
    s3.put("photos", "cat", "meow");
  });

  afterEach(() => s3.close());

  const subResources = [
    ["PUT", "/photos?abac"],
    ["GET", "/photos?session"],
    ["PUT", "/photos/cat?renameObject"],
    ["POST", "/photos/cat?restore"],
    ["POST", "/photos/cat?select&select-type=2"],
    ["GET", "/photos/cat?torrent"],
    ["PUT", "/photos/cat?append"],
  ] as const;
  for (const [method, path] of subResources) {
    it(`is refused by name, and harms nothing: ${method} ${path}`, async () => {
      const body = method === "PUT" || method === "POST" ? "<X/>" : undefined;
      const reply = await s3.send({ method, path, ...(body && { body }) });
      expect([reply.status, /<Code>(\w+)</.exec(reply.body)?.[1]]).to.deep.equal([
        501,
        "NotImplemented",
      ]);
      expect(reply.body).to.contain(`does not support S3's ${method}`);
      expect(s3.text("photos", "cat")).to.equal("meow");
      expect(s3.trace.recent()).to.have.length(1);
    });
  }

  const headers = [
    ["x-amz-server-side-encryption", "aws:kms"],
    ["x-amz-unheard-of", "1"],
  ] as const;
  for (const [name, value] of headers) {
    it(`is refused as a header of an upload: ${name}: ${value}`, async () => {
      const upload = { method: "PUT", path: "/photos/cat", body: "woof" };
      const reply = await s3.send({ ...upload, headers: { [name]: value } });
      expect([reply.status, /<Code>(\w+)</.exec(reply.body)?.[1]]).to.deep.equal([
        501,
        "NotImplemented",
      ]);
      expect(reply.body).to.contain(value);
      expect(s3.text("photos", "cat")).to.equal("meow");
    });
  }

  it("is no list of access control, but the two words that change nothing", async () => {
    const put = (acl: string) =>
      s3.send({ method: "PUT", path: "/photos/cat", headers: { "x-amz-acl": acl }, body: "woof" });
    expect((await put("public-read")).body).to.contain(
      "<Code>AccessControlListNotSupported</Code>",
    );
    expect((await put("bucket-owner-full-control")).status).to.equal(200);
    expect((await put("private")).status).to.equal(200);
  });

  it("is a public list of access control where the bucket blocks it", async () => {
    const put = (acl: string) =>
      s3.send({ method: "PUT", path: "/photos/cat", headers: { "x-amz-acl": acl }, body: "woof" });
    enableLists(s3.buckets, "photos", { BlockPublicAcls: true });
    expect((await put("public-read")).body).to.contain("BlockPublicAcls");
    enableLists(s3.buckets, "photos");
    expect((await put("public-read")).status).to.equal(200);
    const { headers } = await s3.send({ path: "/photos/cat" });
    expect(headers).not.to.have.property("x-amz-acl");
  });

  it("is another owner", async () => {
    const get = (owner: string) =>
      s3.send({ path: "/photos/cat", headers: { "x-amz-expected-bucket-owner": owner } });
    expect((await get("111111111111")).status).to.equal(403);
    expect((await get("000000000000")).status).to.equal(200);
  });
});

describe("permissions of S3 on the wire", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    s3.buckets.create("photos");
    s3.put("photos", "a/cat", "meow");
    enableLists(s3.buckets, "photos");
  });

  afterEach(() => s3.close());

  const asked: [string, string, Record<string, string>, [string, string][]][] = [
    ["GET", "/", {}, [["s3:ListAllMyBuckets", "*"]]],
    ["PUT", "/new-bucket", {}, [["s3:CreateBucket", "arn:aws:s3:::new-bucket"]]],
    ["HEAD", "/photos", {}, [["s3:ListBucket", "arn:aws:s3:::photos"]]],
    ["GET", "/photos?list-type=2", {}, [["s3:ListBucket", "arn:aws:s3:::photos"]]],
    ["GET", "/photos?versions", {}, [["s3:ListBucketVersions", "arn:aws:s3:::photos"]]],
    ["GET", "/photos?location", {}, [["s3:GetBucketLocation", "arn:aws:s3:::photos"]]],
    ["GET", "/photos?notification", {}, [["s3:GetBucketNotification", "arn:aws:s3:::photos"]]],
    ["GET", "/photos/a/cat", {}, [["s3:GetObject", "arn:aws:s3:::photos/a/cat"]]],
    ["HEAD", "/photos/a/cat", {}, [["s3:GetObject", "arn:aws:s3:::photos/a/cat"]]],
    [
      "GET",
      "/photos/a/cat?versionId=null",
      {},
      [["s3:GetObjectVersion", "arn:aws:s3:::photos/a/cat"]],
    ],
    ["PUT", "/photos/b%20c", {}, [["s3:PutObject", "arn:aws:s3:::photos/b c"]]],
    [
      "PUT",
      "/photos/page",
      { "x-amz-acl": "public-read" },
      [
        ["s3:PutObject", "arn:aws:s3:::photos/page"],
        ["s3:PutObjectAcl", "arn:aws:s3:::photos/page"],
      ],
    ],
    ["DELETE", "/photos/a/cat", {}, [["s3:DeleteObject", "arn:aws:s3:::photos/a/cat"]]],
    [
      "PUT",
      "/photos/copy",
      { "x-amz-copy-source": "photos/a/cat" },
      [
        ["s3:GetObject", "arn:aws:s3:::photos/a/cat"],
        ["s3:PutObject", "arn:aws:s3:::photos/copy"],
      ],
    ],
    ["POST", "/photos/big?uploads", {}, [["s3:PutObject", "arn:aws:s3:::photos/big"]]],
  ];
  for (const [method, path, headers, expected] of asked) {
    it(`are those that IAM names for ${method} ${path}`, async () => {
      const reply = await s3.send({ method, path, headers });
      expect(reply.status).to.equal(200 + (method === "DELETE" ? 4 : 0));
      expect(s3.asked.map(({ action, resource }) => [action, resource])).to.deep.equal(expected);
      expect(s3.asked[0]?.context["aws:SecureTransport"]).to.equal("true");
    });
  }

  it("let a policy narrow a listing", async () => {
    await s3.send({ path: "/photos?list-type=2&prefix=a%2F&delimiter=%2F&max-keys=5" });
    expect(s3.asked[0]?.context).to.deep.equal({
      "aws:SecureTransport": "true",
      "s3:prefix": "a/",
      "s3:delimiter": "/",
      "s3:max-keys": "5",
    });
  });

  it("let a policy demand conditional writes", async () => {
    const condition = { "if-none-match": "*" };
    await s3.send({ method: "PUT", path: "/photos/new", headers: condition });
    await s3.send({ method: "PUT", path: "/photos/new" });
    const conditions = s3.asked.map(({ context }) => context["s3:if-none-match"]);
    expect(conditions).to.deep.equal(["*", undefined]);
  });

  it("when missing stop the call, with the reason", async () => {
    s3.denyWhere(({ action }) =>
      action === "s3:PutObject" ? "no statement allows it" : undefined,
    );
    const reply = await s3.send({ method: "PUT", path: "/photos/a/cat", body: "woof" });
    expect(reply.status).to.equal(403);
    expect(reply.body).to.contain(
      "<Code>AccessDenied</Code><Message>User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::photos/a/cat. no statement allows it</Message>",
    );
    expect(s3.text("photos", "a/cat")).to.equal("meow");
  });

  it("to list decide whether a caller learns that a key is missing", async () => {
    const read = () =>
      failureOf(s3.client.send(new GetObjectCommand({ Bucket: "photos", Key: "dog" })));
    expect((await read()).name).to.equal("NoSuchKey");
    s3.denyWhere(({ action }) => (action === "s3:ListBucket" ? "may not list" : undefined));
    const denied = await read();
    expect(denied.name).to.equal("AccessDenied");
    expect(denied.message).to.contain('The key "dog" does not exist');
    const head = s3.client.send(new HeadObjectCommand({ Bucket: "photos", Key: "dog" }));
    expect(await failureOf(head)).to.have.nested.property("$metadata.httpStatusCode", 403);
  });

  it("are not asked about a bucket that does not exist", async () => {
    const reply = await s3.send({ path: "/ghost/cat" });
    expect([reply.status, /<Code>(\w+)</.exec(reply.body)?.[1]]).to.deep.equal([
      404,
      "NoSuchBucket",
    ]);
    expect(s3.asked).to.deep.equal([]);
  });
});
