import { appendFileSync, cpSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { BuildCache } from "../../../../components/functions/cache/buildCache.ts";
import { buildVersion } from "../../../../components/functions/cache/buildVersion.ts";
import { HandlerProject } from "../../../harness/programs/handlerProject.ts";

describe("the cache of builds", () => {
  let project: HandlerProject;
  beforeEach(() => {
    project = new HandlerProject({ "it.ts": "export const handler = () => 1;" });
  });
  afterEach(() => project.remove());

  it("finds no build of another version of esbuild or of the code that builds", async () => {
    const { folders } = await project.bundle("it.ts");
    const find = (version?: string) =>
      new BuildCache(project.folder, project.bundles, version).find(project.handler("it.ts"));
    expect(await find("another")).to.equal(undefined);
    expect(await find()).to.have.property("folder", folders[0]);
  });

  it("has another version for another esbuild, and for other options and plugins", () => {
    const code = path.join(project.folder, "code");
    cpSync("components/functions", code, { recursive: true });
    const before = buildVersion("0.28.2", code);
    expect(buildVersion("0.28.2")).to.equal(before);
    expect(buildVersion("0.28.3", code)).not.to.equal(before);
    appendFileSync(path.join(code, "esbuildOptions.ts"), "// changed\n");
    expect(buildVersion("0.28.2", code)).not.to.equal(before);
  });
});
