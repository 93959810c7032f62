import {
  GetBucketLifecycleConfigurationCommand,
  GetPublicAccessBlockCommand,
  PutBucketLifecycleConfigurationCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type S3Endpoint, serveS3 } from "../../../../harness/endpoints/s3Endpoint.ts";

const ruleOfReplication = `<Rule><Priority>1</Priority><Filter></Filter><Status>Enabled</Status>
  <DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>
  <Destination><Bucket>arn:aws:s3:::target</Bucket></Destination></Rule>`;

/** A document of each kind that S3 accepts, without white space at its ends. */
const accepted = {
  accelerate: "<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>",
  cors: "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
  encryption:
    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
  lifecycle:
    "<LifecycleConfiguration><Rule><ID>old</ID><Filter><Prefix>a/</Prefix></Filter><Status>Enabled</Status><Expiration><Days>7</Days></Expiration></Rule></LifecycleConfiguration>",
  logging:
    "<BucketLoggingStatus><LoggingEnabled><TargetBucket>target</TargetBucket><TargetPrefix>log</TargetPrefix></LoggingEnabled></BucketLoggingStatus>",
  ownershipControls:
    "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>",
  publicAccessBlock:
    "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets></PublicAccessBlockConfiguration>",
  replication: `<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/r</Role>${ruleOfReplication}</ReplicationConfiguration>`,
  requestPayment:
    "<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>",
  website:
    "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>",
} as const;

/** Documents of which a bucket has several. */
const identified = {
  analytics:
    "<AnalyticsConfiguration><Id>one</Id><StorageClassAnalysis></StorageClassAnalysis></AnalyticsConfiguration>",
  "intelligent-tiering":
    "<IntelligentTieringConfiguration><Id>one</Id><Status>Enabled</Status><Tiering><Days>90</Days><AccessTier>ARCHIVE_ACCESS</AccessTier></Tiering></IntelligentTieringConfiguration>",
  inventory:
    "<InventoryConfiguration><Id>one</Id><IsEnabled>true</IsEnabled><Destination><S3BucketDestination><Bucket>arn:aws:s3:::target</Bucket><Format>CSV</Format></S3BucketDestination></Destination><Schedule><Frequency>Daily</Frequency></Schedule><IncludedObjectVersions>All</IncludedObjectVersions></InventoryConfiguration>",
  metrics: "<MetricsConfiguration><Id>one</Id></MetricsConfiguration>",
} as const;

const rejected: readonly [parameter: string, document: string, code: string][] = [
  ["cors", "<CORSConfiguration></CORSConfiguration>", "MalformedXML"],
  ["cors", accepted.cors.replace("GET", "FETCH"), "InvalidRequest"],
  ["lifecycle", accepted.lifecycle.replace(/<Filter>.*<\/Filter>/, ""), "MalformedXML"],
  ["lifecycle", accepted.lifecycle.replace(/<Expiration>.*<\/Expiration>/, ""), "InvalidRequest"],
  ["logging", accepted.logging.replace("target", "missing"), "InvalidTargetBucketForLogging"],
  ["ownershipControls", accepted.ownershipControls.replace("ObjectWriter", "Me"), "MalformedXML"],
  ["publicAccessBlock", accepted.publicAccessBlock.replace("false", "maybe"), "MalformedXML"],
  ["replication", accepted.replication.replace("target", "photos2"), "InvalidRequest"],
  ["policy", '{"Version":"2012-10-17"}', "MalformedPolicy"],
  ["website", accepted.website.replace("index", "/index"), "InvalidArgument"],
  ["website", accepted.website.replace("Suffix", "Prefix"), "MalformedXML"],
  ["object-lock", "<ObjectLockConfiguration></ObjectLockConfiguration>", "MalformedXML"],
  ["metrics&id=two", identified.metrics, "MalformedXML"],
  ["inventory&id=two", identified.inventory, "IdMismatch"],
];

describe("what a bucket is configured with", () => {
  let s3: S3Endpoint;

  beforeEach(async () => {
    s3 = await serveS3();
    for (const bucket of ["photos", "target"]) {
      s3.buckets.create(bucket);
      s3.buckets.setVersioning(bucket, "Enabled");
    }
  });

  afterEach(() => s3.close());

  async function send(method: string, parameters: string, body?: string) {
    const path = `/photos?${parameters}`;
    const reply = await s3.send({ method, path, ...(body !== undefined && { body }) });
    const code = /<Code>(\w+)</.exec(reply.body)?.[1];
    return { status: reply.status, code, body: reply.body };
  }

  for (const [parameter, document] of Object.entries(accepted)) {
    it(`is read as it was put: ${parameter}`, async () => {
      expect(await send("PUT", parameter, document)).to.include({ status: 200, body: "" });
      const { status, body } = await send("GET", parameter);
      expect(status).to.equal(200);
      const content = document.replaceAll(/>\s+</g, "><").replace(/^<\w+>/, "");
      expect(body.replaceAll(/>\s+</g, "><")).to.contain(content);
    });
  }

  for (const [parameter, document] of Object.entries(identified)) {
    it(`is listed, read and deleted by its id: ${parameter}`, async () => {
      expect(await send("PUT", `${parameter}&id=one`, document)).to.include({ status: 204 });
      expect((await send("GET", `${parameter}&id=one`)).body).to.contain("<Id>one</Id>");
      expect((await send("GET", parameter)).body).to.contain("<Id>one</Id>");
      expect(await send("DELETE", `${parameter}&id=one`)).to.include({ status: 204 });
      for (const method of ["GET", "DELETE"]) {
        const again = await send(method, `${parameter}&id=one`);
        expect(again).to.include({ status: 404, code: "NoSuchConfiguration" });
      }
      const { body } = await send("GET", parameter);
      expect(body).to.contain("<IsTruncated>false</IsTruncated>").and.not.contain("<Id>");
    });
  }

  for (const [parameters, document, code] of rejected) {
    it(`is rejected with ${code}: ${parameters} ${document.slice(0, 90)}`, async () => {
      expect(await send("PUT", parameters, document)).to.include({ status: 400, code });
    });
  }

  const missing = [
    ["cors", "NoSuchCORSConfiguration"],
    ["lifecycle", "NoSuchLifecycleConfiguration"],
    ["ownershipControls", "OwnershipControlsNotFoundError"],
    ["publicAccessBlock", "NoSuchPublicAccessBlockConfiguration"],
    ["replication", "ReplicationConfigurationNotFoundError"],
    ["website", "NoSuchWebsiteConfiguration"],
  ] as const;
  for (const [parameter, code] of missing) {
    it(`is gone after it was deleted: ${parameter}`, async () => {
      await send("PUT", parameter, accepted[parameter]);
      for (const _twice of [1, 2]) expect((await send("DELETE", parameter)).status).to.equal(204);
      expect(await send("GET", parameter)).to.include({ status: 404, code });
    });
  }

  it("is S3's own encryption again after another was deleted", async () => {
    await send("PUT", "encryption", accepted.encryption);
    expect((await send("GET", "encryption")).body).to.contain("<SSEAlgorithm>aws:kms<");
    await send("DELETE", "encryption");
    expect((await send("GET", "encryption")).body).to.contain("<SSEAlgorithm>AES256<");
  });

  it("is forgotten with the bucket", async () => {
    await send("PUT", "lifecycle", accepted.lifecycle);
    s3.buckets.delete("photos");
    s3.buckets.create("photos");
    expect(await send("GET", "lifecycle")).to.include({ code: "NoSuchLifecycleConfiguration" });
  });

  it("blocks a new bucket's public access, and says so", async () => {
    const block = await s3.client.send(new GetPublicAccessBlockCommand({ Bucket: "photos" }));
    expect(block.PublicAccessBlockConfiguration).to.deep.equal({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
  });

  it("gets an id for a lifecycle rule, and tells the smallest size of transitions", async () => {
    const Rules = [{ Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }] as const;
    const put = { Bucket: "photos", LifecycleConfiguration: { Rules: [...Rules] } };
    await s3.client.send(new PutBucketLifecycleConfigurationCommand(put));
    const got = await s3.client.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: "photos" }),
    );
    expect(got.TransitionDefaultMinimumObjectSize).to.equal("all_storage_classes_128K");
    expect(got.Rules?.[0]?.ID).to.match(/^[\w-]{36}$/);
  });
});
