import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { snippetsOf } from "../harness/packages/snippets.ts";

const pages = [
  "README.md",
  "packages/fanout/README.md",
  "packages/local/README.md",
  ...readdirSync("docs").map((name) => `docs/${name}`),
]
  .filter((page) => page.endsWith(".md"))
  .map((page) => ({ page, text: snippetsOf(readFileSync(page, "utf8")) }))
  .filter(({ text }) => text !== "");

/** Where the compiler believes the pages' snippets to be: beside the program, as the reader's would be. */
const modules = new Map(
  pages.map(({ page, text }) => [path.resolve(`${page.replaceAll(/\W/g, "-")}.ts`), text]),
);

describe("the documentation's TypeScript", () => {
  it("is on the pages about the components", () => {
    const names = pages.map(({ page }) => page);
    expect(names).to.include.members([
      "README.md",
      "packages/fanout/README.md",
      "docs/adoption.md",
    ]);
  });

  it("compiles", () => {
    const program = ts.createProgram([...modules.keys()], options, host());
    const found = [...modules.keys()].flatMap((file) =>
      ts.getPreEmitDiagnostics(program, program.getSourceFile(file)),
    );
    expect(found.map(describeProblem)).to.deep.equal([]);
  });
});

const { options } = ts.parseJsonConfigFileContent(
  {
    ...ts.readConfigFile("tsconfig.json", ts.sys.readFile).config,
    files: [],
    include: [],
  },
  ts.sys,
  process.cwd(),
);
options.paths = {
  "@pulumi-fanout/fanout": [path.resolve("components/index.ts")],
  "@pulumi-fanout/fanout/handlers": [path.resolve("handlers/lib/index.ts")],
  "@pulumi-fanout/fanout/publisher": [path.resolve("publisher/index.ts")],
  "@pulumi-fanout/local/testing": [path.resolve("local/testing/index.ts")],
};
// A page shows how things are made, not what becomes of them.
options.noUnusedLocals = false;

/** The file system, with the pages' modules in it. */
function host(): ts.CompilerHost {
  const real = ts.createCompilerHost(options);
  return {
    ...real,
    fileExists: (file) => modules.has(file) || real.fileExists(file),
    readFile: (file) => modules.get(file) ?? real.readFile(file),
    getSourceFile: (file, version, ...more) => {
      const text = modules.get(file);
      return text === undefined
        ? real.getSourceFile(file, version, ...more)
        : ts.createSourceFile(file, text, version);
    },
  };
}

function describeProblem({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = (file?.text.slice(0, start).split("\n").length ?? 0).toString();
  return `${path.basename(file?.fileName ?? "")} line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
