import { readFileSync } from "node:fs";
import { expect } from "chai";

type Resource = Readonly<Record<string, unknown>>;

/** What `prod` would deploy, by type and name. */
const prod: Readonly<Record<string, Resource>> = JSON.parse(
  readFileSync("test/golden/prod.json", "utf8"),
);

/** Resources of a type, by name. */
function ofType(type: string): [name: string, resource: Resource][] {
  return Object.entries(prod)
    .map(([key, resource]) => [key.split("::"), resource] as const)
    .filter(([[chain = ""]]) => chain.split("$").at(-1) === type)
    .map(([[, name = ""], resource]) => [name, resource]);
}

function expectAll(type: string, expected: Resource, names?: RegExp): void {
  const all = ofType(type).filter(([name]) => names?.test(name) ?? true);
  expect(all.length, type).to.be.greaterThan(0);
  for (const [name, resource] of all) expect(resource, name).to.deep.include(expected);
}

describe("the security controls of prod, as docs/security.md has them", () => {
  it("are in the page once each, with what prod does and how", () => {
    const rows = readFileSync("docs/security.md", "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| ") && !/^\| (---|control)/.test(line))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const controls = rows.flatMap(([, control = ""]) => control.match(/\b[A-Z]\w+\.\d+\b/g) ?? []);
    expect(controls.length).to.be.greaterThan(30);
    expect(new Set(controls).size).to.equal(controls.length);
    for (const [, control, state, how] of rows) {
      expect(state, control).to.match(/^(met|not met)/);
      expect(how, control).not.to.equal("");
    }
  });

  it("include recovery of tables, but of idempotency records, and protection of all", () => {
    const table = "aws:dynamodb/table:Table";
    expectAll(table, { deletionProtectionEnabled: true, billingMode: "PAY_PER_REQUEST" });
    for (const [name, { pointInTimeRecovery, ttl }] of ofType(table)) {
      expect(pointInTimeRecovery, name).to.deep.equal({ enabled: ttl === undefined });
    }
  });

  it("include private, encrypted buckets without access control lists", () => {
    expectAll("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const buckets = ofType("aws:s3/bucket:Bucket").length;
    for (const type of [
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    ]) {
      expect(ofType(type), type).to.have.lengthOf(buckets);
    }
    expect(ofType("aws:s3/bucketVersioning:BucketVersioning").map(([name]) => name)).to.include(
      "uploads",
    );
  });

  it("include encrypted queues, supported runtimes and trust in the account's functions", () => {
    for (const [name, queue] of ofType("aws:sqs/queue:Queue")) {
      expect(queue.sqsManagedSseEnabled ?? queue.kmsMasterKeyId, name).not.to.equal(undefined);
    }
    expectAll("aws:lambda/function:Function", { runtime: "nodejs24.x" });
    for (const [name, { assumeRolePolicy }] of ofType("aws:iam/role:Role")) {
      const text = JSON.stringify(assumeRolePolicy);
      if (text.includes("lambda.amazonaws.com")) expect(text, name).to.include("aws:SourceAccount");
    }
  });
});
