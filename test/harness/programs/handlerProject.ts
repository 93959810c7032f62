import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildHandlers, type HandlerFile } from "../../../components/functions/buildHandlers.ts";
import { bundleHandlers } from "../../../components/functions/bundleHandlers.ts";
import { handlerName } from "../../../components/functions/handlerName.ts";

export type BundleRun = {
  /** Full paths of the bundles, in the order of the entries. */
  readonly folders: readonly string[];
  /** The names of the handlers that were built, by run of esbuild. */
  readonly builds: readonly (readonly string[])[];
};

/** A folder with handlers, which counts what is built of them. */
export class HandlerProject {
  readonly folder: string;
  readonly bundles: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.folder = mkdtempSync(path.join(realpathSync(tmpdir()), "fanout-handlers-"));
    this.bundles = path.join(this.folder, ".fanout/bundles");
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), "utf8");
  }

  handler(entry: string): HandlerFile {
    const file = path.join(this.folder, entry);
    return { file, name: handlerName(file, this.folder) };
  }

  /** @param entries the handlers' files, and what happens at the end of each run of esbuild */
  async bundle(...entries: readonly (string | (() => void))[]): Promise<BundleRun> {
    this.#tick();
    const builds: string[][] = [];
    const handlers = entries
      .filter((each) => typeof each === "string")
      .map((entry) => this.handler(entry));
    const built = await bundleHandlers(handlers, this.folder, this.bundles, async (...args) => {
      builds.push(args[0].map(({ name }) => name));
      const result = await buildHandlers(...args);
      for (const each of entries) if (typeof each === "function") each();
      return result;
    });
    return { folders: built.map(({ folder }) => folder), builds };
  }

  /** Lets the clock of the file system go on: what was written until now is older than what comes. */
  #tick(): void {
    const probe = path.join(this.folder, ".tick");
    const touched = () => {
      writeFileSync(probe, "");
      return lstatSync(probe).ctimeMs;
    };
    const written = touched();
    while (touched() <= written);
    rmSync(probe);
  }

  /** Calls the handler of a bundle, in this process. */
  async call(bundle = ""): Promise<unknown> {
    const [module = ""] = readdirSync(bundle, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".mjs"),
    );
    const { handler } = await import(pathToFileURL(path.join(bundle, module)).href);
    return handler();
  }

  /** The files in which builds are remembered, from the project's folder. */
  remembered(): string[] {
    return readdirSync(this.bundles)
      .filter((name) => name.endsWith(".json"))
      .map((name) => path.join(".fanout/bundles", name));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
