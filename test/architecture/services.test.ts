import { readFileSync } from "node:fs";
import { expect } from "chai";
import { cycleIn, filesOf, type Import, importsOf } from "./imports.ts";

const folder = "local/services";

/** A service's folder name, or undefined for a file outside of `local/services`. */
function serviceOf(file: string): string | undefined {
  return new RegExp(`^${folder}/([^/]+)/`).exec(file)?.[1];
}

/** Pulumi's resource types belong to the provider, which may use the whole cloud. */
function isResourceType(file: string): boolean {
  return /^local\/services\/[^/]+\/resources(\.ts$|\/)/.test(file);
}

function betweenServices(): Import[] {
  return importsOf(folder)
    .filter(({ file }) => !isResourceType(file))
    .filter(({ imported }) => serviceOf(imported) !== undefined)
    .filter(({ file, imported }) => serviceOf(file) !== serviceOf(imported));
}

describe("the services of the local cloud", () => {
  it("know of each other only what their interface.ts declares", () => {
    const imports = betweenServices();
    expect(imports, "imports between services").not.to.be.empty;
    for (const { file, imported } of imports) {
      expect(imported, file).to.equal(`${folder}/${serviceOf(imported)}/interface.ts`);
    }
  });

  it("declare in interface.ts types and pure facts: of their own code only types are imported", () => {
    const interfaces = filesOf(folder).filter((file) => file.endsWith("/interface.ts"));
    expect(interfaces).to.have.length.above(5);
    for (const file of interfaces) {
      const imports = readFileSync(file, "utf8").matchAll(/^(?:import|export) (.*)from "\.\/.*$/gm);
      for (const [line, names] of imports) expect(names, `${file}: ${line}`).to.match(/^type /);
    }
  });

  it("import nothing that is built on them, except for their Pulumi resource types", () => {
    const imports = importsOf(folder).filter(({ file }) => !isResourceType(file));
    expect(imports).not.to.be.empty;
    for (const { file, imported } of imports) {
      expect(imported, file).to.match(
        /^(aws\/|local\/(services|protocol|storage|streams|time|trace)\/|local\/(arn|faults|outbox)\.ts$)/,
      );
    }
  });

  it("share a protocol that knows none of them", () => {
    const imports = importsOf("local/protocol");
    expect(imports).not.to.be.empty;
    for (const { file, imported } of imports) {
      expect(imported, file).to.match(/^(aws|local\/protocol)\//);
    }
  });
});

const parts = [
  "aws",
  "bench",
  "components",
  "demo",
  "handlers",
  "index.ts",
  "local",
  "ops",
  "packages",
  "policyPack",
  "publisher",
  "settings.ts",
  "systems",
  "test",
  "testing",
];

describe("imports", () => {
  it("have no cycle, types included", () => {
    const imports = parts.flatMap(importsOf);
    expect(imports.length).to.be.above(1000);
    expect(cycleIn(imports)).to.deep.equal([]);
  });

  it("would be found to have a cycle if there was one", () => {
    const imports = ["a b", "b c", "c b"].map((pair) => {
      const [file = "", imported = ""] = pair.split(" ");
      return { file, imported };
    });
    expect(cycleIn(imports)).to.deep.equal(["b", "c", "b"]);
  });
});
