import { readFileSync } from "node:fs";
import { expect } from "chai";
import { runIn } from "../harness/packages/newProject.ts";
import { addProject, sharedInstall } from "../harness/packages/sharedInstall.ts";
import { snippetListOf } from "../harness/packages/snippets.ts";

const handler = "export const handler = async () => {};\n";

/** Runs the test of a user, who writes CommonJS. */
const inCommonJs = `
const { after, before, test } = require("node:test");
const assert = require("node:assert/strict");
const aws = require("@pulumi/aws");
const { startTestCloud } = require("@pulumi-fanout/local/testing");

let cloud;
before(async () => {
  cloud = await startTestCloud({ program: () => ({ name: new aws.sqs.Queue("mails").name }) });
});
after(() => cloud.close());
test("has a queue", () => {
  assert.deepEqual(cloud.outputs, { name: "mails" });
  assert.deepEqual(cloud.messages("mails"), []);
});
`;

describe("the library for tests, in a project that has installed the packages", () => {
  const [program = "", userTest = "", faults = ""] = snippetListOf(
    readFileSync("docs/testing.md", "utf8"),
  );
  const files = {
    "package.json": JSON.stringify({ type: "module", main: "index.ts" }),
    "Pulumi.yaml": "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "index.ts": program,
    "handlers/inventory.ts": handler,
    "handlers/billing.ts": handler,
    "orders.test.ts": `${userTest}\n${faults}`,
    "commonJs.test.cjs": inCommonJs,
  };
  let project: string;
  before(async () => {
    project = addProject(await sharedInstall(), "testing", files);
  });

  it("runs the test of the documentation on a whole fan-out", async () => {
    const output = await runIn(project, process.execPath, "--test", "orders.test.ts");
    expect(output)
      .to.match(/^. tests 2$/m)
      .and.to.match(/^. pass 2$/m);
  });

  it("runs a test in CommonJS", async () => {
    const output = await runIn(project, process.execPath, "--test", "commonJs.test.cjs");
    expect(output)
      .to.match(/^. tests 1$/m)
      .and.to.match(/^. pass 1$/m);
  });

  it("is shown by a test of at most 20 lines", () => {
    const code = userTest.split("\n").filter((line) => line.trim() !== "");
    expect(code.length).to.be.at.most(20);
  });
});
