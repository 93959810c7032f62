import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { filesOf, importsOf, packagesOf } from "./imports.ts";

/**
 * The house's one-way arrows: what each part may import of the others. Files at the top are parts of
 * their own.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["settings.ts", "systems"],
  "settings.ts": ["components"],
  aws: [],
  components: ["aws"],
  systems: ["aws", "components", "settings.ts", "demo", "local", "handlers"],
  demo: ["aws", "local", "systems"],
  handlers: [],
  policyPack: ["aws"],
  local: ["aws", "components", "index.ts", "systems"],
  ops: ["aws", "components", "local", "systems", "demo"],
};

const own = Object.keys(mayImport);

describe("the arrows between the parts of the house", () => {
  for (const part of own) {
    const allowed = mayImport[part] ?? [];
    it(`${part} imports ${allowed.join(", ") || "no other part"}`, () => {
      for (const { file, imported } of importsOf(part)) {
        expect([part, ...allowed], `${file} imports ${imported}`).to.include(partOf(imported));
      }
    });
  }

  it("handlers never import Pulumi", () => {
    const packages = packagesOf("handlers");
    expect(packages).not.to.be.empty;
    expect(packages.filter((name) => name.startsWith("@pulumi/"))).to.deep.equal([]);
  });

  it("components read no configuration", () => {
    for (const file of filesOf("components")) {
      expect(readFileSync(file, "utf8"), file).not.to.match(/\bpulumi\.Config\b|process\.env/);
    }
  });

  it("only the settings read Pulumi's configuration", () => {
    for (const file of ["index.ts", ...filesOf("systems"), ...filesOf("local")]) {
      expect(readFileSync(file, "utf8"), file).not.to.match(/new pulumi\.Config\b/);
    }
  });
});

function partOf(file: string): string {
  return file.split(path.sep)[0] ?? "";
}
