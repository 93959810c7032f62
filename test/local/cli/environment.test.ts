import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { withComponents } from "../../../local/cli/pulumi/environment.ts";
import { newProject } from "../../harness/packages/newProject.ts";

const command = "pulumi-resource-fanout";

describe("the environment of the CLI that fanout pulumi runs", () => {
  let project: ReturnType<typeof newProject>;
  let bin: string;

  beforeEach(() => {
    project = newProject({ [`node_modules/.bin/${command}`]: "", [`other/${command}`]: "" }, []);
    bin = path.join(project.folder, "node_modules/.bin");
    chmodSync(path.join(bin, command), 0o755);
  });
  afterEach(() => project.remove());

  it("has the provider of the project's components at the end of PATH, and the Node to run it on", () => {
    const program = path.join(project.folder, "infrastructure");
    mkdirSync(program);
    expect(withComponents({ PATH: "/bin", HOME: "/home" }, program)).to.deep.equal({
      PATH: ["/bin", bin].join(path.delimiter),
      HOME: "/home",
      FANOUT_NODE: process.execPath,
    });
  });

  it("keeps PATH as it is when the provider is on it", () => {
    const given = [bin, "/bin"].join(path.delimiter);
    expect(withComponents({ PATH: given }, "/")).to.include({ PATH: given });
  });

  it("is unchanged when no file of that name can be executed", () => {
    chmodSync(path.join(bin, command), 0o644);
    const given = { PATH: path.join(project.folder, "other") };
    expect(withComponents(given, project.folder)).to.equal(given);
  });
});
