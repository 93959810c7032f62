import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { build } from "esbuild";
import { importedPackages } from "../harness/packages/importedPackages.ts";
import { runIn } from "../harness/packages/newProject.ts";
import { schemaOf } from "../harness/packages/providerPlugin.ts";
import { addProject, type Install, sharedInstall } from "../harness/packages/sharedInstall.ts";

const name = "@pulumi-fanout/fanout";

const program = `
import * as pulumi from "@pulumi/pulumi";
import { FanoutTopic, UploadBucket, type ConsumerSpec } from "@pulumi-fanout/fanout";

const bucket = new UploadBucket("uploads", { versioned: true });
const consumers: ConsumerSpec[] = [
  { name: "thumbnail", handler: "handlers/thumbnail.ts" },
  { name: "audit" },
];
export const topic = new FanoutTopic("uploads", { sources: [{ bucket }], consumers });
export const topicArn: pulumi.Output<string> = topic.topicArn;
`;

/** A unit test as Pulumi documents them, whose mocks return the inputs as state: no resource has an ARN. */
const documentedTest = (index: string) => `
import * as pulumi from "@pulumi/pulumi";

const registered: string[] = [];
pulumi.runtime.setMocks({
  newResource: (args: pulumi.runtime.MockResourceArgs): { id: string; state: any } => {
    registered.push(args.type + " " + args.name);
    return { id: args.inputs.name + "_id", state: args.inputs };
  },
  call: (args: pulumi.runtime.MockCallArgs) => args.inputs,
});

async function main() {
  const { topic } = await import(${JSON.stringify(index)});
  const [names] = await Promise.all([
    new Promise((resolve) => topic.topic.tags.apply(resolve)),
    pulumi.runtime.disconnect(),
  ]);
  console.log(JSON.stringify({ registered: registered.sort(), names }));
}
main();
`;

const describing = `
import * as pulumi from "@pulumi/pulumi";
import { fanoutMocks, fanoutOf, receiversOf } from "@pulumi-fanout/fanout/testing";
import { fanoutPolicies } from "@pulumi-fanout/fanout/policies";

async function main() {
  await pulumi.runtime.setMocks(fanoutMocks({ region: "eu-west-1" }));
  const { topic } = await import("./program.mjs");
  const { consumers } = await fanoutOf(topic);
  console.log(JSON.stringify({
    queue: consumers["thumbnail"]?.queue?.name,
    receivers: await receiversOf(topic, { body: "hello" }),
    policies: fanoutPolicies().map((policy) => policy.name),
  }));
}
main();
`;

const handler = `
import { handleBatch, handleFifoBatch, once, withBody, type Schema } from "@pulumi-fanout/fanout/handlers";
import * as v from "valibot";

const order = v.object({ id: v.string() });
const bill = once({ table: "t", operation: "bill", key: "id" }, async ({ id }: { id: string }) => id);
export const handler = handleBatch(
  withBody("order", order, async ({ id }, _message, context) => ({ outcome: await bill({ id }, context) })),
);
export const fifo = handleFifoBatch(async ({ body }) => ({ outcome: body }));
export const schema: Schema<{ id: string }> = order;
`;

/** What the types must reject: they are there, and they are not \`any\`. */
const refused = `
import { FanoutTopic, type ConsumerSpec } from "@pulumi-fanout/fanout";

// @ts-expect-error A number is asked for.
export const wrong: ConsumerSpec = { name: "audit", batchSize: "ten" };
// @ts-expect-error There is no such field.
export const unknown = () => new FanoutTopic("orders", { consumers: [], subject: "orders" });
`;

const publishing = `
import { newTraceparent, messageType, publisher } from "@pulumi-fanout/fanout/publisher";
import * as v from "valibot";

const order = messageType("order", { schema: v.object({ id: v.string() }), attributes: ["id"] });
export const orders = publisher(order, {
  topicArn: "arn:aws:sns:eu-west-1:000000000000:orders",
  traceparent: newTraceparent,
});
orders.publish({ id: 1 } as never).catch((error: Error) => console.log(error.message));
`;

const files = {
  "Pulumi.yaml": "name: users\nruntime: nodejs\n",
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{ module: "nodenext", strict: true, exactOptionalPropertyTypes: true },
      ...{ skipLibCheck: true, types: ["node"] },
    },
  }),
  "program.mts": program,
  "program.cts": program,
  "esm.mts": documentedTest("./program.mjs"),
  "commonjs.cts": documentedTest("./program.cjs"),
  "describing.mts": describing,
  "refused.ts": refused,
  "handlers/thumbnail.ts": handler,
  "publishing.mts": publishing,
  "publishing.cts": publishing,
};

describe("the npm package", () => {
  let install: Install;
  let installed: string;
  let project: string;

  before(async () => {
    install = await sharedInstall();
    installed = path.join(install.folder, "node_modules", name);
    project = addProject(install, "components", files);
    await runIn(project, path.resolve("node_modules/typescript/bin/tsc"), "--project", ".");
  });

  it("holds compiled code with its types, the provider, a README and the licence, and nothing else", () => {
    const packed = install.packed[name] ?? [];
    const compiled =
      /^dist\/((esm\/)?(aws|handlers\/lib|publisher)|components|packages|policyPack|testing)\/.+\.(js|d\.ts)$/;
    expect(packed.filter((file) => !compiled.test(file))).to.have.members([
      "LICENSE",
      "PulumiPlugin.yaml",
      "README.md",
      "dist/esm/package.json",
      "dist/package.json",
      "bin/package.json",
      "bin/pulumi-resource-fanout",
      "package.json",
      "plugin.cjs",
      "pulumi-resource-fanout",
      "schema.json",
    ]);
    expect(packed).to.include.members(["dist/components/index.js", "dist/components/index.d.ts"]);
  });

  for (const kind of ["publishing.mjs", "publishing.cjs"]) {
    it(`publishes typed messages without Pulumi: ${kind}`, async () => {
      const output = await runIn(install.folder, "node", path.join(project, kind));
      expect(output).to.match(/^not a valid order: id: /);
    });
  }

  for (const kind of ["esm.mjs", "commonjs.cjs"]) {
    it(`builds a fan-out under the mocks of Pulumi's documentation, from another folder: ${kind}`, async () => {
      const output = await runIn(install.folder, "node", path.join(project, kind));
      expect(JSON.parse(output).registered).to.include.members([
        "aws:sns/topic:Topic uploads",
        "aws:s3/bucketNotification:BucketNotification uploads",
        "aws:lambda/function:Function uploads-thumbnail",
        "aws:lambda/eventSourceMapping:EventSourceMapping uploads-thumbnail",
        "aws:sqs/queue:Queue uploads-audit",
        "aws:sqs/queue:Queue uploads-audit-dlq",
      ]);
    });
  }

  it("describes a fan-out to a unit test, and has policies for it", async () => {
    const described = JSON.parse(await runIn(project, "node", "describing.mjs"));
    expect(described.queue).to.equal("uploads-1a2b3c4-thumbnail");
    expect(described.receivers).to.deep.equal(["thumbnail", "audit"]);
    expect(described.policies).to.include("worked-queues-have-dead-letters");
  });

  for (const format of ["esm", "cjs"] as const) {
    it(`has helpers for handlers that pull in no Pulumi code: ${format}`, async () => {
      const kind = format === "esm" ? "import" : "require";
      const { metafile } = await build({
        stdin: { contents: `${kind}("${name}/handlers")`, resolveDir: project },
        ...{ bundle: true, write: false, metafile: true, platform: "node", logLevel: "silent" },
      });
      const own = path.relative(process.cwd(), path.join(installed, "dist"));
      const inputs = Object.keys(metafile.inputs);
      expect(inputs.some((file) => file.endsWith("handlers/lib/batch.js"))).to.equal(true);
      expect(inputs.filter((file) => file.includes("@pulumi/"))).to.deep.equal([]);
      expect(inputs.filter((file) => file.startsWith(path.join(own, "components")))).to.be.empty;
    });
  }

  const hosts = {
    "the command that npm links": ["node_modules/.bin/pulumi-resource-fanout"],
    "the executable in its folder": [`node_modules/${name}/pulumi-resource-fanout`],
    "what Pulumi's Node.js language host runs for PulumiPlugin.yaml": [
      "node",
      "node_modules/@pulumi/pulumi/cmd/run-plugin",
      `node_modules/${name}`,
    ],
  };
  for (const [host, command] of Object.entries(hosts)) {
    it(`serves its components to programs in other languages: ${host}`, async () => {
      // A program's folder without a tsconfig.json, which the language host would apply to the package.
      const program = path.join(project, "handlers");
      const paths = command.map((part) =>
        part.startsWith("node_modules/") ? path.join(install.folder, part) : part,
      );
      const schema = await schemaOf(program, ...paths);
      const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
      expect(schema.name).to.equal("fanout");
      expect(schema.version).to.equal(manifest.version);
      expect(Object.keys(schema.resources)).to.deep.equal([
        "fanout:index:FanoutTopic",
        "fanout:index:UploadBucket",
      ]);
    });
  }

  it("declares every package that it imports, and no other", () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
    const imported = (install.packed[name] ?? [])
      .filter((file) => /\.(js|d\.ts)$/.test(file))
      .flatMap((file) => importedPackages(readFileSync(path.join(installed, file), "utf8")))
      .map((each) => (each === "aws-lambda" ? "@types/aws-lambda" : each));
    const peersOfPowertools = ["@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb"];
    expect([...new Set([...imported, ...peersOfPowertools])]).to.have.members([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies),
    ]);
  });
});
