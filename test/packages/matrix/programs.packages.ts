import { renameSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { startInstalled } from "../../harness/packages/localRunOf.ts";
import { matrixInstall } from "../../harness/packages/matrix.ts";
import { addProject, type Install } from "../../harness/packages/sharedInstall.ts";

/** Of Pulumi's template aws-typescript until March 2026, and since then. */
const templates = {
  before: { target: "es2020", module: "commonjs", moduleResolution: "node" },
  today: { target: "es2022", module: "nodenext", moduleResolution: "nodenext", types: ["node"] },
};

const tsconfig = (options: object) =>
  JSON.stringify({
    compilerOptions: {
      ...{ strict: true, outDir: "bin", ...options, sourceMap: true, pretty: true },
      ...{ experimentalDecorators: true, noFallthroughCasesInSwitch: true },
      ...{ noImplicitReturns: true, forceConsistentCasingInFileNames: true },
    },
    files: ["index.ts"],
  });

const typed = `
import * as path from "path";
import * as pulumi from "@pulumi/pulumi";
import { ConsumerSpec, FanoutTopic } from "@pulumi-fanout/fanout";

const consumers: ConsumerSpec[] = [
  { name: "billing", handler: path.join(__dirname, "handlers/billing.ts") },
  { name: "audit" },
];
const topic = new FanoutTopic("orders", { consumers });
export const topicArn: pulumi.Output<string> = topic.topicArn;
`;

const esModule = `
import { FanoutTopic } from "@pulumi-fanout/fanout";

const topic = new FanoutTopic("orders", {
  consumers: [
    { name: "billing", handler: import.meta.resolve("./handlers/billing.ts") },
    { name: "audit" },
  ],
});
export const { topicArn } = topic;
`;

const commonJs = `
const { FanoutTopic } = require("@pulumi-fanout/fanout");

const topic = new FanoutTopic("orders", {
  consumers: [{ name: "billing", handler: "handlers/billing.ts" }, { name: "audit" }],
});
exports.topicArn = topic.topicArn;
`;

const yaml = (options = "{}") => `name: orders\nruntime: { name: nodejs, options: ${options} }\n`;

const programs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "the template of today": {
    "Pulumi.yaml": yaml(),
    "tsconfig.json": tsconfig(templates.today),
    "index.ts": typed,
  },
  "the template of before March 2026": {
    "Pulumi.yaml": yaml(),
    "tsconfig.json": tsconfig(templates.before),
    "index.ts": typed,
  },
  "TypeScript as an ES module, whose types Node strips": {
    "Pulumi.yaml": yaml("{ typescript: false }"),
    "package.json": '{ "type": "module", "main": "index.ts" }',
    "index.ts": esModule,
  },
  "JavaScript as an ES module": {
    "Pulumi.yaml": yaml("{ typescript: false }"),
    "package.json": '{ "type": "module", "main": "index.js" }',
    "index.js": esModule,
  },
  "JavaScript in CommonJS": {
    "Pulumi.yaml": yaml("{ typescript: false }"),
    "package.json": '{ "main": "index.js" }',
    "index.js": commonJs,
  },
};

describe("programs with the package, run by the command of the other", () => {
  let install: Install;
  before(async () => {
    install = await matrixInstall();
  });

  for (const [name, files] of Object.entries(programs)) {
    it(`may be ${name}`, async () => {
      expect(await topicOf(install, name.replaceAll(/\W+/g, "-"), files)).to.equal(orders);
    });
  }

  it("may be compiled by the TypeScript that Pulumi brings, where none is installed", async () => {
    const compiler = path.join(install.folder, "node_modules/typescript");
    renameSync(compiler, `${compiler}.away`);
    try {
      const files = programs["the template of before March 2026"] ?? {};
      expect(await topicOf(install, "old-compiler", files)).to.equal(orders);
    } finally {
      renameSync(`${compiler}.away`, compiler);
    }
  });
});

const orders = "arn:aws:sns:us-east-1:000000000000:orders";

/** Runs a program on a local cloud. Returns the ARN of its topic. */
async function topicOf(
  install: Install,
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const folder = addProject(install, `programs/${name}`, {
    "package.json": "{}",
    "handlers/billing.ts": "export const handler = async () => {};\n",
    ...files,
  });
  const { command, outputs } = await startInstalled(install, folder);
  const { topicArn } = await outputs();
  expect(await command.end()).to.equal(0);
  return topicArn;
}
