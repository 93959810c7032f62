import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { bundleHandler } from "../../components/functions/bundle.ts";
import { textsOf } from "../harness/programs/archive.ts";

const handlers = globSync("handlers/**/*.ts").filter((file) =>
  readFileSync(file, "utf8").includes("export const handler "),
);

/** Bytes of a module, and of its source map. Every one of them is read in a cold start. */
const mostBytes = 1_100_000;
const mostMapBytes = 38_000;

describe("the handlers' bundles", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "fanout-bundles-"));
    // In one run of esbuild.
    await Promise.all(handlers.map((entry) => bundleHandler(entry).code));
  });

  after(() => rm(folder, { recursive: true }));

  it("are many", () => {
    expect(handlers).to.have.lengthOf.above(10);
  });

  for (const entry of handlers) {
    it(`loads in plain Node with nothing but its environment, or says all that is missing: ${entry}`, async () => {
      const file = await writeBundle(entry);
      const [, names = ""] =
        /^Environment variables missing: ([A-Z_, ]+)\./.exec(await load(file, {})) ?? [];
      const needed = names.split(", ").filter((name) => name !== "");
      const environment = Object.fromEntries(needed.map((name) => [name, exampleOf(name)]));
      expect(await load(file, environment)).to.equal('{"handler":"function"}');
    });
  }

  async function writeBundle(entry: string): Promise<string> {
    const texts = await textsOf(await bundleHandler(entry).code);
    const [module, map] = ["mjs", "mjs.map"].map((ending) => texts[entry.replace(/ts$/, ending)]);
    if (module === undefined || map === undefined)
      throw new Error(`${entry} is not in its archive`);
    expect(module.length).to.be.below(mostBytes);
    expect(map.length).to.be.below(mostMapBytes);
    const file = path.join(folder, `${path.basename(entry, ".ts")}.mjs`);
    await writeFile(file, module);
    return file;
  }
});

/** A value for an environment variable that a handler may check when it starts. */
function exampleOf(name: string): string {
  return name === "TOPIC_ARN" ? "arn:aws:sns:eu-west-1:000000000000:topic" : "value";
}

/** The types of a module's exports by name, or the message of the error that it loads with. */
async function load(file: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const script = `
    const print = (text) => process.stdout.write(text);
    import(${JSON.stringify(file)}).then(
      (module) => print(JSON.stringify(module, (_, value) =>
        typeof value === "function" ? "function" : value)),
      (error) => print(error.message),
    );`;
  const options = { env: { AWS_REGION: "eu-west-1", ...environment } };
  return (await promisify(execFile)(process.execPath, ["-e", script], options)).stdout;
}
