import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { failureOf } from "../harness/assertions/failure.ts";
import { fanoutOf, startInstalled } from "../harness/packages/localRunOf.ts";
import { runIn } from "../harness/packages/newProject.ts";
import { type Install, sharedInstall } from "../harness/packages/sharedInstall.ts";

const template = "packages/local/template";

describe("a project from the template", () => {
  let install: Install;
  let project: string;
  let main: string;
  let printed: string;

  before(async () => {
    install = await sharedInstall();
    main = fanoutOf(install);
    printed = await runIn(install.folder, "node", main, "new", "shop");
    project = path.join(install.folder, "shop");
  });

  it("has the folder's name, and what belongs to it", () => {
    expect(JSON.parse(readFileSync(path.join(project, "package.json"), "utf8")).name).to.equal(
      "shop",
    );
    expect(readFileSync(path.join(project, "Pulumi.yaml"), "utf8"))
      .to.match(/^name: shop\ndescription: A fan-out on AWS\n/)
      .and.not.include("template:");
    expect(readFileSync(path.join(project, ".gitignore"), "utf8")).to.equal(
      "node_modules/\n.fanout/\n",
    );
    expect(printed).to.include("  cd shop\n  npm install\n  npm test\n  npm start\n");
    const workflow = ".github/workflows/preview.yml";
    expect(readFileSync(path.join(project, workflow), "utf8")).to.equal(
      readFileSync(path.join(template, workflow), "utf8"),
    );
  });

  it("passes its own test", async () => {
    await runIn(project, "npm", "test");
  });

  it("runs, and delivers an order to both consumers", async () => {
    const { command, port } = await startInstalled(install, project);
    const order = ["events/order.json", "--attribute", "kind=goods"];
    await runIn(project, "node", main, "ops", "publish", "orders", ...order, "--port", port);
    const outcomes = [await command.line(/"outcome":"/), await command.line(/"outcome":"/)];
    expect(await command.end()).to.equal(0);
    const found = outcomes.map((line) => /"outcome":"(\w+)"/.exec(line)?.[1]).sort();
    expect(found).to.deep.equal(["billed", "shipped"]);
  });

  it("is not written into a folder that has files, nor under a name that npm rejects", async () => {
    mkdirSync(path.join(install.folder, "filled/inside"), { recursive: true });
    for (const [args, problem] of [
      [["filled"], "is not empty; name a new folder"],
      [["My Shop"], 'a project\'s name has lower-case letters, digits, ".", "_" and "-"'],
    ] as const) {
      const error = await failureOf(runIn(install.folder, "node", main, "new", ...args));
      expect(error.message).to.include(problem);
    }
  });

  it("depends on what this repository is tested with", () => {
    const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
    const { dependencies, devDependencies } = read(path.join(template, "package.json"));
    const root = read("package.json");
    const versions: Record<string, string> = {
      ...root.dependencies,
      ...root.devDependencies,
      typescript: "5.9.3",
      "@pulumi-fanout/fanout": read("packages/fanout/package.json").version,
      "@pulumi-fanout/local": read("packages/local/package.json").version,
    };
    for (const [name, range] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(range, name).to.equal(`^${versions[name]}`);
    }
  });
});
