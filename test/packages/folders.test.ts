import path from "node:path";
import { expect } from "chai";
import { packageFolder, projectFolder } from "../../packages/fanout/provider/folders.ts";
import { newProject } from "../harness/packages/newProject.ts";

describe("the folders that the provider of the package works in", () => {
  const project = newProject({ "Pulumi.yaml": "", "infrastructure/Main.yaml": "" }, []);
  after(() => project.remove());

  it("finds the project of a program in its own folder or above it", () => {
    expect(projectFolder(project.folder)).to.equal(project.folder);
    const program = path.join(project.folder, "infrastructure");
    expect(projectFolder(program)).to.equal(project.folder);
  });

  it("finds no project where there is none", () => {
    expect(projectFolder(path.parse(project.folder).root)).to.equal(undefined);
  });

  it("finds the package that the provider is part of", () => {
    expect(packageFolder(path.resolve("packages/fanout/provider"))).to.equal(
      path.resolve("packages/fanout"),
    );
  });
});
