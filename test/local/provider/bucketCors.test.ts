import { expect } from "chai";
import { cors } from "../../../local/services/s3/configuration/cors.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";

const rule = { allowedMethods: ["GET"], allowedOrigins: ["http://localhost:*"], maxAgeSeconds: 60 };

describe("pages that a program lets call a bucket", () => {
  let world: ProviderWorld;
  beforeEach(() => {
    world = providerWorld();
  });
  afterEach(() => world.cloud.close());

  const rules = () => world.cloud.buckets.documents.find("files", cors)?.CORSRule;
  const expected = [
    { AllowedMethod: ["GET"], AllowedOrigin: ["http://localhost:*"], MaxAgeSeconds: 60 },
  ];

  it("are those of the bucket's own rules, until it has none", async () => {
    const inputs = { bucket: "files", corsRules: [rule] };
    const made = await world.create("aws:s3/bucket:Bucket", "files", inputs);
    expect(rules()).to.deep.equal(expected);
    await world.update(made, { bucket: "files", corsRules: [] });
    expect(rules()).to.equal(undefined);
  });

  it("are those of a resource of their own, and gone with it", async () => {
    await world.create("aws:s3/bucket:Bucket", "files", { bucket: "files" });
    const type = "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration";
    const made = await world.create(type, "files", { bucket: "files", corsRules: [rule] });
    expect(rules()).to.deep.equal(expected);
    await world.provider.delete(made);
    expect(rules()).to.equal(undefined);
  });
});
