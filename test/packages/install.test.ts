import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { installLocked } from "../harness/packages/lockedInstall.ts";
import { newProject, runIn } from "../harness/packages/newProject.ts";
import { schemaOf } from "../harness/packages/providerPlugin.ts";

/** The program of somebody who has installed the package. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { FanoutTopic, UploadBucket, type ConsumerSpec } from "@pulumi-fanout/fanout";

const registered: string[] = [];
const mocks: pulumi.runtime.Mocks = {
  newResource: ({ type, name, inputs }) => {
    registered.push(type + " " + name);
    return { id: name, state: { ...inputs, name, arn: "arn:aws:sns:eu-west-1:123456789012:" + name } };
  },
  call: ({ token }) => {
    throw new Error(token);
  },
};

async function main() {
  await pulumi.runtime.setMocks(mocks);
  const bucket = new UploadBucket("uploads", { versioned: true });
  const consumers: ConsumerSpec[] = [
    { name: "thumbnail", handler: "handlers/thumbnail.ts" },
    { name: "audit" },
  ];
  const topic = new FanoutTopic("uploads", { sources: [{ bucket }], consumers });
  const arn: pulumi.Output<string> = topic.topicArn;
  arn.apply((known) => registered.push(known));
  await pulumi.runtime.disconnect();
  console.log(JSON.stringify(registered.sort()));
}

main();
`;

/** What the types must refuse: they are there, and they are not `any`. */
const refused = `
import { FanoutTopic, type ConsumerSpec } from "@pulumi-fanout/fanout";

// @ts-expect-error A number is asked for.
export const wrong: ConsumerSpec = { name: "audit", batchSize: "ten" };
// @ts-expect-error There is no such field.
export const unknown = () => new FanoutTopic("orders", { consumers: [], subject: "orders" });
`;

/** What a user installs beside the package. */
const packages = ["@pulumi/aws", "@pulumi/pulumi", "@types/node"];

const files = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      types: ["node"],
    },
  }),
  "esm.mts": program,
  "commonjs.cts": program,
  "refused.ts": refused,
  "handlers/thumbnail.ts": "export const handler = async () => {};\n",
};

describe("the npm package", () => {
  const project = newProject(files, []);
  const installed = path.join(project.folder, "node_modules/@pulumi-fanout/fanout");
  let packed: string[];

  before(async () => {
    const pack = ["pack", path.resolve("packages/fanout"), "--json", "--silent"];
    const [{ filename, files: content }] = JSON.parse(await runIn(project.folder, "npm", ...pack));
    packed = content.map((file: { path: string }) => file.path);
    await installLocked(project.folder, filename, packages);
    await runIn(project.folder, path.resolve("node_modules/.bin/tsc"), "--project", ".");
  });
  after(() => project.remove());

  it("holds the compiled components with their types, the provider, a README and the licence, and nothing else", () => {
    const compiled = /^dist\/(?!(local|systems|handlers|ops|test)\/).+\.(js|d\.ts)$/;
    expect(packed.filter((file) => !compiled.test(file))).to.have.members([
      "LICENSE",
      "PulumiPlugin.yaml",
      "README.md",
      "bin/package.json",
      "bin/pulumi-resource-fanout",
      "package.json",
      "plugin.cjs",
      "pulumi-resource-fanout",
      "schema.json",
    ]);
    expect(packed).to.include.members([
      "dist/components/index.js",
      "dist/components/index.d.ts",
      "dist/aws/arn.js",
    ]);
  });

  for (const kind of ["esm.mjs", "commonjs.cjs"]) {
    it(`builds a fan-out in a strict TypeScript program: ${kind}`, async () => {
      const registered = JSON.parse(await runIn(project.folder, "node", kind));
      expect(registered).to.include.members([
        "arn:aws:sns:eu-west-1:123456789012:uploads",
        "aws:sns/topic:Topic uploads",
        "aws:s3/bucketNotification:BucketNotification uploads",
        "aws:lambda/function:Function uploads-thumbnail",
        "aws:lambda/eventSourceMapping:EventSourceMapping uploads-thumbnail",
        "aws:sqs/queue:Queue uploads-audit",
        "aws:sqs/queue:Queue uploads-audit-dlq",
      ]);
    });
  }

  const modules = path.join(project.folder, "node_modules");
  const hosts = {
    "the command that npm links": [path.join(modules, ".bin/pulumi-resource-fanout")],
    "the executable in its folder": [path.join(installed, "pulumi-resource-fanout")],
    "what Pulumi's Node.js language host runs for PulumiPlugin.yaml": [
      "node",
      path.join(modules, "@pulumi/pulumi/cmd/run-plugin"),
      installed,
    ],
  };
  for (const [host, command] of Object.entries(hosts)) {
    it(`serves its components to programs in other languages: ${host}`, async () => {
      // A program's folder without a tsconfig.json, which the language host would apply to the package.
      const program = path.join(project.folder, "handlers");
      const { name, version, resources } = await schemaOf(program, ...command);
      const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
      expect({ name, version }).to.deep.equal({ name: "fanout", version: manifest.version });
      expect(Object.keys(resources)).to.deep.equal([
        "fanout:index:FanoutTopic",
        "fanout:index:UploadBucket",
      ]);
    });
  }

  it("declares every package that it imports, and no other", () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
    const imported = packed
      .filter((file) => /\.(js|d\.ts)$/.test(file))
      .flatMap((file) => packagesImported(readFileSync(path.join(installed, file), "utf8")));
    expect([...new Set(imported)]).to.have.members([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies),
    ]);
  });
});

function packagesImported(source: string): string[] {
  return [...source.matchAll(/^(?:import|export)\b.*? from "((?:@[^/"]+\/)?[^./"][^/"]*)/gms)]
    .map(([, name = ""]) => name)
    .filter((name) => !name.startsWith("node:"));
}
