import { execFile } from "node:child_process";
import { SourceMap } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import * as esbuild from "esbuild";
import { bundleHandler } from "../../../components/functions/bundle.ts";
import { reduceSourceMap } from "../../../components/functions/sourceMap.ts";
import { inProject } from "../../harness/programs/inProject.ts";

const failing = `class PaymentDeclinedError extends Error {
  override name = this.constructor.name;
}

export function charge(): never {
  throw new PaymentDeclinedError("no cover");
}
`;

describe("an error in a bundled handler", () => {
  /** The stack of the error that the handler throws, in a Node with the function's options. */
  async function stackOf(entry: string): Promise<string[]> {
    const { handler, code } = bundleHandler(entry);
    const folder = await (await code).path;
    const file = path.join(folder, `${handler.replace(/\.handler$/, "")}.mjs`);
    const script = `import(${JSON.stringify(file)}).then((module) => module.handler()).catch((error) => console.log(error.stack));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
      env: { NODE_OPTIONS: "--enable-source-maps" },
    });
    // What is left is what Lambda shows after /var/task.
    return stdout.replaceAll(folder, "").split("\n");
  }

  it("names the source files and lines, from the program's folder", async () => {
    const files = {
      "lib/payments.ts": failing,
      "handlers/orders/bill.ts":
        'import { charge } from "../../lib/payments.ts";\n\nexport const handler = async () => {\n  charge();\n};\n',
    };
    await inProject(files, async () => {
      const [message, ...frames] = await stackOf("handlers/orders/bill.ts");
      expect(message).to.equal("PaymentDeclinedError: no cover");
      expect(frames[0]).to.equal("    at charge (/lib/payments.ts:6:9)");
      expect(frames[1]).to.match(/handler \(\/handlers\/orders\/bill\.ts:4:3\)$/);
    });
  });

  it("names files whose names are no plain URLs, and those of an entry with a changed name", async () => {
    const files = {
      "my handlers/größe#1%20.v2.ts": `${failing}export const handler = () => charge();\n`,
    };
    await inProject(files, async () => {
      const [, first] = await stackOf("my handlers/größe#1%20.v2.ts");
      expect(first).to.equal("    at charge (/my handlers/größe#1%20.v2.ts:6:9)");
    });
  });

  it("names the package of code that is not one's own, without a place in it", async () => {
    const files = {
      "node_modules/@their/broken/package.json": '{"main":"lib/index.js"}',
      "node_modules/@their/broken/lib/index.js":
        "\n\n\n\nexports.fail = function fail() { throw new Error('broken'); };",
      "it.ts":
        'import { fail } from "@their/broken";\n\nexport const handler = () => {\n  fail();\n};\n',
    };
    await inProject(files, async () => {
      const [, inPackage, own] = await stackOf("it.ts");
      expect(inPackage).to.match(/^ {4}at .*fail \(\/node_modules\/@their\/broken:1:1\)$/);
      expect(own).to.match(/handler \(\/it\.ts:4:3\)$/);
    });
  });
});

describe("a reduced source map", () => {
  const sources = {
    own: 'export const first = (text) => {\n  const word = text.trim();\n  return word + "é";\n};\n',
    other: "export const second = (value) => {\n  if (value) throw value;\n  return [value];\n};\n",
    last: "import { first } from 'own'; import { second } from 'other';\nexport const third = () => [\n  first('x'),\n  second(2)];\n",
  };

  async function bundle(minify: boolean) {
    const { outputFiles } = await esbuild.build({
      stdin: { contents: sources.last, sourcefile: "last" },
      bundle: true,
      write: false,
      minify,
      format: "esm",
      outdir: "out",
      sourcemap: "external",
      plugins: [
        {
          name: "sources",
          setup(build) {
            build.onResolve({ filter: /^(own|other)$/ }, (args) => ({
              path: args.path,
              namespace: "s",
            }));
            build.onLoad({ filter: /.*/, namespace: "s" }, (args) => ({
              contents: args.path === "own" ? sources.own : sources.other,
            }));
          },
        },
      ],
    });
    const text = (ending: string) =>
      outputFiles.find(({ path: name }) => name.endsWith(ending))?.text ?? "";
    return { code: text(".js"), map: text(".map") };
  }

  for (const minify of [true, false]) {
    it(`has the positions of the sources that stay and none of the others: ${minify ? "minified" : "plain"}`, async () => {
      const { code, map } = await bundle(minify);
      const kept = (source: string) => (source === "s:other" ? undefined : `new/${source}`);
      const full = positions(code, map);
      const expected = full.map((each) => {
        const source = each && kept(each.source);
        return each && source ? { ...each, source } : undefined;
      });
      const reduced = reduceSourceMap(map, (source) => {
        const name = kept(source);
        return name === undefined ? undefined : { name, withPlaces: true };
      });
      expect(positions(code, reduced)).to.deep.equal(expected);
      const sourcesOf = (list: typeof full) => [...new Set(list.map((each) => each?.source))];
      expect(sourcesOf(full)).to.include.members(["s:own", "s:other", "last"]);
      expect(sourcesOf(expected)).to.have.members(["new/s:own", "new/last", undefined]);
    });
  }

  for (const minify of [true, false]) {
    it(`has one place for all code of a source whose places are not kept: ${minify ? "minified" : "plain"}`, async () => {
      const { code, map } = await bundle(minify);
      const expected = positions(code, map).map((each) =>
        each?.source === "s:other"
          ? { name: undefined, source: "package", originalLine: 0, originalColumn: 0 }
          : each && { ...each, source: `new/${each.source}` },
      );
      const reduced = reduceSourceMap(map, (source) =>
        source === "s:other"
          ? { name: "package", withPlaces: false }
          : { name: `new/${source}`, withPlaces: true },
      );
      expect(positions(code, reduced)).to.deep.equal(expected);
    });
  }

  /** Where each character of the code comes from, as Node reads the map. */
  function positions(code: string, map: string) {
    const read = new SourceMap(JSON.parse(map));
    return code.split("\n").flatMap((text, line) =>
      Array.from(text, (_, column) => {
        const entry = read.findEntry(line, column);
        if (!("originalSource" in entry) || entry.originalSource === undefined) return undefined;
        const { originalSource: source, originalLine, originalColumn } = entry;
        const name: unknown = Reflect.get(entry, "name");
        return { name, source, originalLine, originalColumn };
      }),
    );
  }
});
