import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

/**
 * The parts of the house, and which other parts each may import. The most specific part that holds a file
 * counts.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "index.ts": ["settings.ts", "systems"],
  "settings.ts": ["aws", "components"],
  aws: [],
  components: ["aws"],
  testing: ["aws", "components"],
  systems: ["aws", "components", "demo", "handlers", "local", "settings.ts"],
  "handlers/lib": ["aws"],
  handlers: ["handlers/lib", "publisher"],
  publisher: ["aws", "handlers/lib"],
  local: ["aws"],
  "local/cli": ["aws", "local", "ops"],
  demo: ["aws", "local", "local/cli", "systems"],
  ops: ["aws", "local"],
  "ops/main.ts": ["ops", "systems"],
  policyPack: ["aws", "checkNode.cjs"],
  packages: ["local"],
  "packages/fanout": ["aws", "components", "packages"],
  bench: ["components", "local", "settings.ts", "systems", "test/harness"],
  site: [],
};

/** Hold no code of ours. */
const notParts = ["docs", "node_modules", "test"];

const parts = Object.keys(mayImport);

describe("the arrows between the parts of the house", () => {
  for (const [part, allowed] of Object.entries(mayImport)) {
    it(`${part} imports ${allowed.join(", ") || "no other part"}`, () => {
      const files = filesOf(part);
      expect(files, "files of this part").not.to.be.empty;
      for (const { file, imported } of files.flatMap(importsOf)) {
        expect([part, ...allowed], `${file} imports ${imported}`).to.include(partOf(imported));
      }
    });
  }

  it("cover every folder and every file at the top", () => {
    const entries = readdirSync(".", { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.name.endsWith(".ts"))
      .map(({ name }) => name)
      .filter((name) => !name.startsWith(".") && !notParts.includes(name));
    const covered = new Set(parts.map((part) => part.split("/")[0]));
    expect([...covered].sort()).to.deep.equal(entries.sort());
  });

  it("systems import demo, handlers and local for their types only", () => {
    const imports = filesOf("systems").flatMap(importsOf);
    const runtime = imports
      .filter(({ imported }) => ["demo", "handlers", "local"].includes(partOf(imported)))
      .filter(({ typesOnly }) => !typesOnly);
    expect(imports).not.to.be.empty;
    expect(runtime).to.deep.equal([]);
  });

  it("handlers and publishers never import Pulumi", () => {
    const parts = ["handlers", "handlers/lib", "publisher"];
    const packages = parts.flatMap(filesOf).flatMap(packagesOf);
    expect(packages).not.to.be.empty;
    expect(packages.filter((name) => name.startsWith("@pulumi/"))).to.deep.equal([]);
  });

  it("components read no configuration", () => {
    const files = filesOf("components");
    expect(files).not.to.be.empty;
    for (const file of files) {
      expect(readFileSync(file, "utf8"), file).not.to.match(/\bpulumi\.Config\b|process\.env/);
    }
  });

  it("only the settings read Pulumi's configuration", () => {
    const files = parts.filter((part) => part !== "settings.ts").flatMap(filesOf);
    expect(files).not.to.be.empty;
    for (const file of files) {
      expect(readFileSync(file, "utf8"), file).not.to.match(/new pulumi\.Config\b/);
    }
  });
});

type Import = {
  readonly file: string;
  /** From the top of the house. */
  readonly imported: string;
  readonly typesOnly: boolean;
};

function importsOf(file: string): Import[] {
  return specifiersOf(file)
    .filter(({ specifier }) => specifier.startsWith("."))
    .map(({ specifier, typesOnly }) => ({
      file,
      imported: path.join(path.dirname(file), specifier),
      typesOnly,
    }));
}

function packagesOf(file: string): string[] {
  return specifiersOf(file)
    .map(({ specifier }) => specifier)
    .filter((specifier) => !specifier.startsWith("."));
}

/** The files of a part, without those of a part within it. */
function filesOf(part: string): string[] {
  if (part.endsWith(".ts")) return [part];
  return readdirSync(part, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/(^|\/)(dist|node_modules)\//.test(file))
    .map((file) => path.join(part, file))
    .filter((file) => partOf(file) === part);
}

function partOf(file: string): string {
  const holding = [...parts, "test/harness"].filter(
    (part) => file === part || file.startsWith(`${part}/`),
  );
  return holding.sort((a, b) => b.length - a.length)[0] ?? file;
}

function specifiersOf(file: string) {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(/^(?:import|export)( type)? (?:[^;"]* from )?"([^"]+)"/gm);
  const calls = text.matchAll(/\b(?:import|require)()\(\s*"([^"]+)"/g);
  return [...statements, ...calls].map(([, type, specifier = ""]) => ({
    specifier,
    typesOnly: type === " type",
  }));
}
