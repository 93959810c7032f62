import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { fanoutOf, startInstalled } from "../harness/packages/localRunOf.ts";
import { runIn } from "../harness/packages/newProject.ts";
import { projectOfPage } from "../harness/packages/pageFiles.ts";
import { addProject, type Install, sharedInstall } from "../harness/packages/sharedInstall.ts";
import { startPolicyPack } from "../harness/policyPack/policyPack.ts";

const yaml =
  "name: page\nruntime: { name: nodejs, options: { typescript: false } }\nmain: index.ts\n";
const manifest = '{ "type": "module" }';

describe("the pages for adopters", () => {
  let install: Install;
  before(async () => {
    install = await sharedInstall();
  });

  const page = (name: string) => readFileSync(`docs/${name}.md`, "utf8");

  function project(name: string, version = ""): string {
    const files = projectOfPage(page(name), version);
    return addProject(install, `pages/${name}`, {
      "Pulumi.yaml": yaml,
      "package.json": manifest,
      ...files,
    });
  }

  function publish(folder: string, port: string, message: string): Promise<string> {
    writeFileSync(path.join(folder, "message.json"), JSON.stringify({ message }));
    const args = ["ops", "publish", "orders", "message.json", "--port", port];
    return runIn(folder, "node", fanoutOf(install), ...args);
  }

  it("get started: a program of three files bills an order", async () => {
    const folder = project("get-started");
    const { command, port } = await startInstalled(install, folder);
    await publish(folder, port, '{"id":"o-1"}');
    expect(await command.line(/"outcome":/)).to.include('"outcome":"billed","id":"o-1"');
    expect(await command.end()).to.equal(0);
  });

  it("get started: the commands are those of the packages", async () => {
    const help = await runIn(install.folder, "node", fanoutOf(install), "--help");
    for (const [, name] of page("get-started").matchAll(/\bfanout (new|start|ops)\b/g)) {
      expect(help).to.include(`  ${name} `);
    }
    for (const [, name] of page("get-started").matchAll(/^npm (?:run )?(test|start)$/gm)) {
      const template = readFileSync("packages/local/template/package.json", "utf8");
      expect(JSON.parse(template).scripts).to.have.property(String(name));
    }
  });

  it("an existing project: a consumer is added to a topic that exists", async () => {
    const { command, outputs } = await startInstalled(install, project("existing-project"));
    expect(Object.keys(await outputs())).to.have.members(["topicArn", "queueUrl"]);
    expect((await outputs()).queueUrl).to.match(/\/news(-\w+)*-search(-\w+)?$/);
    expect(await command.end()).to.equal(0);
  });

  it("unit tests: the page's test passes", async () => {
    await runIn(project("unit-tests"), "node", "--test", "test/orders.test.ts");
  });

  it("policies: the page's pack reports a queue without encryption, and tags that are missing", async () => {
    const pack = await startPolicyPack([], path.join(project("policies"), "policies"));
    try {
      const found = await pack.analyze({
        ...{ type: "aws:sqs/queue:Queue", name: "open" },
        properties: { sqsManagedSseEnabled: false },
      });
      expect(found.map(({ message }) => message.split(":")[0])).to.deep.equal([
        "queues-are-encrypted",
        "everything-is-tagged",
      ]);
    } finally {
      await pack.stop();
    }
  });

  it("migration: hand-written resources move into a component with their messages", async () => {
    const folder = project("migration", "before");
    const { command, port, outputs } = await startInstalled(install, folder);
    const before = await outputs();
    await publish(folder, port, "kept");
    const { "index.ts": after = "" } = projectOfPage(page("migration"), "after");
    writeFileSync(path.join(folder, "index.ts"), after);
    await command.line(/The program ran again: /);
    expect(await outputs()).to.deep.equal(before);
    await publish(folder, port, "new");
    const peek = ["ops", "peek", "orders/billing", "--port", port, "--json"];
    const messages = await runIn(folder, "node", fanoutOf(install), ...peek);
    expect(messages).to.include("kept").and.include("new");
    expect(await command.end()).to.equal(0);
  });

  it("migration: consumers are added to what other tools own", async () => {
    const { "consumers.ts": index = "" } = projectOfPage(page("migration"));
    const handler = "export const handler = async () => {};\n";
    const outside = addProject(install, "pages/consumers", {
      "package.json": manifest,
      "index.ts": `import * as pulumi from "@pulumi/pulumi";
import { fanoutMocks } from "@pulumi-fanout/fanout/testing";
const created: string[] = [];
const mocks = fanoutMocks({ region: "eu-west-1" });
await pulumi.runtime.setMocks({
  ...mocks,
  newResource: (args) => {
    if (!args.id) created.push(args.type + " " + args.name);
    return mocks.newResource(args);
  },
});
await import("./consumers.ts");
await pulumi.runtime.disconnect();
console.log(JSON.stringify(created));
`,
      "consumers.ts": index,
      "handlers/search.ts": handler,
      "handlers/billing.ts": handler,
    });
    // Above it, Pulumi's log shows the statements that the owners of the topic and the queue have to add.
    const [last = ""] = (await runIn(outside, "node", "index.ts")).trim().split("\n").slice(-1);
    const created = JSON.parse(last);
    expect(created.filter((each: string) => each.startsWith("aws:sns/topic:"))).to.deep.equal([]);
    expect(created.filter((each: string) => each.startsWith("aws:sqs/queue:"))).to.deep.equal([
      "aws:sqs/queue:Queue orders-search-dlq",
      "aws:sqs/queue:Queue orders-search",
    ]);
  });
});
