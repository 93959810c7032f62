import { readFileSync } from "node:fs";
import path from "node:path";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { importedPackages } from "../harness/packages/importedPackages.ts";
import { startInstalled } from "../harness/packages/localRunOf.ts";
import { addProject, type Install, sharedInstall } from "../harness/packages/sharedInstall.ts";

const name = "@pulumi-fanout/local";

/** As `pulumi new aws-typescript` makes it. */
const template = {
  "Pulumi.yaml": "name: template\nruntime:\n  name: nodejs\n  options:\n    packagemanager: npm\n",
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{ strict: true, outDir: "bin", target: "es2020", module: "commonjs" },
      ...{ moduleResolution: "node", sourceMap: true, experimentalDecorators: true, pretty: true },
      ...{ noFallthroughCasesInSwitch: true, noImplicitReturns: true },
      forceConsistentCasingInFileNames: true,
    },
    files: ["index.ts"],
  }),
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

const topic = new aws.sns.Topic("news");
const queue = new aws.sqs.Queue("readers");
new aws.sqs.QueuePolicy("readers", {
  queueUrl: queue.url,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
    }],
  }),
});
new aws.sns.TopicSubscription("readers", {
  topic: topic.arn,
  protocol: "sqs",
  endpoint: queue.arn,
  rawMessageDelivery: true,
});
export const queueUrl: pulumi.Output<string> = queue.url;
export const topicArn: pulumi.Output<string> = topic.arn;
`,
};

describe("the npm package of the local run", () => {
  let install: Install;
  let project: string;
  let installed: string;
  let packed: readonly string[];

  before(async () => {
    install = await sharedInstall();
    installed = path.join(install.folder, "node_modules", name);
    packed = install.packed[name] ?? [];
    project = addProject(install, "template", template);
  });

  it("holds compiled code, the page and the bootstraps, a README and the licence, and nothing else", () => {
    const compiled = /^(template\/.+|dist\/(local|ops|aws|components)\/.+\.js)$/;
    const declarations = /^dist\/types\/(local\/testing|local\/trace|aws)\/.+\.d\.ts$/;
    const others = packed.filter((file) => !compiled.test(file) && !declarations.test(file));
    expect(packed).to.include("dist/types/local/testing/index.d.ts");
    expect(others).to.have.members([
      "LICENSE",
      "README.md",
      "dist/local/console/page.json",
      "dist/local/engine/program/preload.cjs",
      "dist/local/services/lambda/bootstrap.mjs",
      "dist/local/services/lambda/bootstrap/python/bootstrap.py",
      "dist/local/testing/commonJs.cjs",
      "dist/types/package.json",
      "package.json",
    ]);
  });

  it("declares every package that it imports, at the version that is tested here, and no other", () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
    const root = JSON.parse(readFileSync("package.json", "utf8"));
    const imported = packed
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => importedPackages(readFileSync(path.join(installed, file), "utf8")));
    expect([...new Set(imported)]).to.have.members(Object.keys(manifest.dependencies));
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      const own = root.dependencies[name];
      if (own !== undefined) expect(String(version).replace("^", ""), name).to.equal(own);
    }
  });

  it("runs a program from Pulumi's TypeScript template, and delivers its messages", async () => {
    const { command, endpoint, outputs: read } = await startInstalled(install, project);
    const outputs = await read();
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const options = { endpoint, region: "us-east-1", credentials };
    const sns = new SNSClient(options);
    const sqs = new SQSClient(options);
    await sns.send(new PublishCommand({ TopicArn: outputs.topicArn, Message: "hello" }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: outputs.queueUrl, WaitTimeSeconds: 20 }),
    );
    const page = await (await fetch(endpoint)).text();
    sns.destroy();
    sqs.destroy();
    expect(await command.end()).to.equal(0);
    expect(Messages.map(({ Body }) => Body)).to.deep.equal(["hello"]);
    expect(page).to.match(/^<!doctype html>/);
  });
});
