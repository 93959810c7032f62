import { expect } from "chai";
import { failureOf } from "../../harness/assertions/failure.ts";
import { webRequest } from "../../harness/endpoints/webRequests.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";

describe("a website of objects that are public by their access control lists", () => {
  let world: ProviderWorld;
  beforeEach(async () => {
    world = providerWorld();
    await world.create("aws:s3/bucket:Bucket", "site", { bucket: "site" });
    await world.create("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site", {
      bucket: "site",
      indexDocument: { suffix: "index.html" },
    });
  });
  afterEach(() => world.cloud.close());

  const page = (acl?: string) =>
    world.create("aws:s3/bucketObject:BucketObject", "index.html", {
      bucket: "site",
      content: "hello",
      ...(acl !== undefined && { acl }),
    });
  const status = async () =>
    (await world.cloud.web.websites.answer("site", webRequest({ path: "/", method: "GET" })))
      .status;
  const own = () =>
    world.create("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "site", {
      bucket: "site",
      rule: { objectOwnership: "ObjectWriter" },
    });
  const open = () =>
    world.create("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "site", {
      bucket: "site",
      blockPublicAcls: false,
    });

  it("is served once the bucket takes lists and does not ignore public ones", async () => {
    expect((await failureOf(page("public-read"))).message).to.include("does not allow ACLs");
    const owned = await own();
    expect((await failureOf(page("public-read"))).message).to.include("BlockPublicAcls");
    const block = await open();
    await page("public-read");
    expect(await status()).to.equal(200);
    await world.update(block, { bucket: "site", ignorePublicAcls: true });
    expect(await status()).to.equal(403);
    await world.provider.delete(block);
    expect(await status()).to.equal(200);
    await world.update(owned, { bucket: "site", rule: { objectOwnership: "BucketOwnerEnforced" } });
    expect(await status()).to.equal(403);
  });

  it("is not where the object is private, also after it was public", async () => {
    await own();
    await open();
    const made = await page("public-read");
    expect(await status()).to.equal(200);
    await world.update(made, { bucket: "site", content: "hello" });
    expect(await status()).to.equal(403);
  });

  it("has no lists that count for others than everyone", async () => {
    const failure = await failureOf(page("authenticated-read"));
    expect(failure.message).to.include("acl").and.to.include("public-read");
  });
});
