import { expect } from "chai";
import { Permissions } from "../../../../../local/services/iam/permissions.ts";
import { cannedList } from "../../../../../local/services/s3/accessLists/accessList.ts";
import { s3Origin } from "../../../../../local/services/s3/api/s3.ts";
import { type Website, website } from "../../../../../local/services/s3/configuration/website.ts";
import { byOwner } from "../../../../../local/services/s3/requester.ts";
import { parseRoutingRules } from "../../../../../local/services/s3/website/redirection.ts";
import { Websites } from "../../../../../local/services/s3/website/websites.ts";
import { enableLists, makeBuckets } from "../../../../harness/cloud/buckets.ts";
import { webRequest } from "../../../../harness/endpoints/webRequests.ts";

const region = "eu-west-1";

describe("a bucket as a website", () => {
  let cloud: ReturnType<typeof makeBuckets>;
  let websites: Websites;

  beforeEach(() => {
    cloud = makeBuckets();
    const { authorize } = new Permissions((arn) => cloud.buckets.accessPolicy(arn));
    const objects = s3Origin({ ...cloud, region, authorize });
    websites = new Websites({ documents: cloud.buckets.documents, objects, region });
    cloud.buckets.create("site");
    for (const [key, text] of Object.entries(pages)) {
      const headers = { "content-type": "text/html" };
      cloud.buckets.objects.put(
        { bucket: "site", key, bytes: Buffer.from(text), headers },
        byOwner(),
      );
    }
  });

  const pages = {
    "index.html": "front",
    "docs/index.html": "docs",
    "a b.html": "spaced",
    "404.html": "our error",
    "errors/50% gone?.html": "our other error",
  };

  function serve(settings: Website) {
    cloud.buckets.documents.set("site", website, settings);
  }

  function open(settings: Partial<Website> = {}, actions = ["s3:GetObject", "s3:ListBucket"]) {
    serve({ IndexDocument: { Suffix: "index.html" }, ...settings });
    const statement = {
      Effect: "Allow",
      Principal: "*",
      Action: actions,
      Resource: ["arn:aws:s3:::site", "arn:aws:s3:::site/*"],
    };
    const policy = { Version: "2012-10-17", Statement: [statement] };
    cloud.buckets.setPolicy("site", JSON.stringify(policy));
  }

  async function get(path: string, method = "GET") {
    const reply = await websites.answer("site", webRequest({ path, method }));
    const { location, "content-type": type } = reply.headers;
    return { status: reply.status, body: String(reply.body), location, type };
  }

  it("has a domain, and is there until it is ended", () => {
    expect(websites.has("site")).to.equal(false);
    open();
    expect([...websites.domains()]).to.deep.equal([
      ["site", "site.s3-website-eu-west-1.amazonaws.com"],
    ]);
    cloud.buckets.documents.delete("site", website);
    expect(websites.has("site")).to.equal(false);
  });

  it("serves objects, and the index document of folders", async () => {
    open();
    expect(await get("/")).to.include({ status: 200, body: "front", type: "text/html" });
    expect(await get("/docs/")).to.include({ status: 200, body: "docs" });
    expect(await get("/docs/index.html")).to.include({ status: 200, body: "docs" });
    expect(await get("/a%20b.html")).to.include({ status: 200, body: "spaced" });
    expect(await get("/", "HEAD")).to.include({ status: 200, body: "" });
  });

  it("redirects to a folder that has an index document", async () => {
    open();
    expect(await get("/docs")).to.include({ status: 302, location: "./docs/" });
  });

  it("answers with S3's page or its own error document, by what the visitor may know", async () => {
    open();
    const missing = await get("/none.html");
    expect(missing).to.include({ status: 404, type: "text/html; charset=utf-8" });
    expect(missing.body).to.include("<li>Code: NoSuchKey</li>");
    open({ ErrorDocument: { Key: "404.html" } });
    expect(await get("/none.html")).to.include({ status: 404, body: "our error" });
    open({ ErrorDocument: { Key: "errors/50% gone?.html" } });
    expect(await get("/none.html")).to.include({ status: 404, body: "our other error" });
    open({}, ["s3:GetObject"]);
    expect((await get("/none.html")).body).to.include("<li>Code: AccessDenied</li>");
    cloud.buckets.setPolicy("site", undefined);
    expect(await get("/")).to.include({ status: 403 });
  });

  it("answers 400, as S3 does, for a path with a stray percent sign", async () => {
    open();
    const { status, body } = await get("/100%");
    expect(status).to.equal(400);
    expect(body).to.include("InvalidURI");
  });

  it("only reads", async () => {
    open();
    expect(await get("/", "POST")).to.include({ status: 405 });
  });

  it("sends everything to another host if it says so", async () => {
    serve({ RedirectAllRequestsTo: { HostName: "example.com", Protocol: "https" } });
    expect(await get("/a/b")).to.include({ status: 301, location: "https://example.com/a/b" });
  });

  it("redirects by its routing rules, before it reads and after an error", async () => {
    const routingRules = parseRoutingRules(
      JSON.stringify([
        {
          Condition: { KeyPrefixEquals: "old/" },
          Redirect: { ReplaceKeyPrefixWith: "new/", HttpRedirectCode: 302 },
        },
        { Condition: { KeyPrefixEquals: "away/" }, Redirect: { HostName: "example.com" } },
        {
          Condition: { HttpErrorCodeReturnedEquals: "404", KeyPrefixEquals: "shop/" },
          Redirect: { ReplaceKeyWith: "index.html" },
        },
      ]),
    );
    open({ RoutingRules: { RoutingRule: routingRules } });
    expect(await get("/old/a.html")).to.include({ status: 302, location: "../new/a.html" });
    expect(await get("/away/x")).to.include({ status: 301, location: "http://example.com/away/x" });
    expect(await get("/shop/deep/x")).to.include({ status: 301, location: "../../index.html" });
    expect(await get("/other")).to.include({ status: 404 });
    expect(() => parseRoutingRules('[{"Condition":{}}]')).to.throw(
      "routing rules of a website: 0.Redirect",
    );
  });

  it("serves objects that their access control list makes public, where the bucket lets it", async () => {
    serve({ IndexDocument: { Suffix: "index.html" } });
    const acl = cannedList("public-read");
    cloud.put("site", "a*.html", "open", { acl });
    const status = async (path = "/a*.html") => (await get(path)).status;
    expect(await status()).to.equal(403);
    enableLists(cloud.buckets, "site", { IgnorePublicAcls: true });
    expect(await status()).to.equal(403);
    enableLists(cloud.buckets, "site");
    expect(await get("/a*.html")).to.include({ status: 200, body: "open" });
    expect(await status("/")).to.equal(403);
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    cloud.buckets.setPolicy("site", JSON.stringify({ Version: "2012-10-17", Statement: deny }));
    expect(await status()).to.equal(403);
  });

  it("says that an object is missing where the bucket's access control list lets everyone list it", async () => {
    open({}, ["s3:GetObject"]);
    expect(await get("/none")).to.include({ status: 403 });
    enableLists(cloud.buckets, "site");
    cloud.buckets.accessLists.setOfBucket("site", cannedList("public-read") ?? []);
    expect(await get("/none")).to.include({ status: 404 });
  });

  it("no longer serves what was replaced by a private object", async () => {
    serve({ IndexDocument: { Suffix: "index.html" } });
    enableLists(cloud.buckets, "site");
    cloud.buckets.setVersioning("site", "Enabled");
    const put = (list: string) => cloud.put("site", "page", "page", { acl: cannedList(list) });
    put("public-read");
    expect(await get("/page")).to.include({ status: 200 });
    put("private");
    expect(await get("/page")).to.include({ status: 403 });
  });
});
