import { createHash, hash } from "node:crypto";
import path from "node:path";
import { type Consulted, isInstalled } from "./consulted.ts";
import { FileFacts, type FileFactsOptions } from "./fileFacts.ts";
import { ancestors, configFacts } from "./tsconfig.ts";

/** Digests of what builds consulted, as it is now; that of two builds at one time shares the work. */
export class Fingerprints {
  readonly #facts: FileFacts;
  readonly #known = new Map<string, string>();

  constructor(options: FileFactsOptions) {
    this.#facts = new FileFacts(options);
  }

  /** Equal for equal contents of all files, when each import would be found in the same place. */
  of({ files, packages, folders }: Consulted): string {
    const all = createHash("sha256");
    for (const [folder, names] of Object.entries(files)) {
      all.update(this.#around(folder)).update(this.#contents(folder, names));
    }
    for (const folder of folders) all.update(this.#around(folder));
    for (const [folder, names] of Object.entries(packages)) {
      all.update(this.#places(folder, names));
    }
    return all.digest("hex");
  }

  #contents(folder: string, names: readonly string[]): string {
    return this.#once(`files\0${folder}\0${names.join("\0")}`, () =>
      names.map((name) => this.#facts.content(path.join(folder, name))),
    );
  }

  #places(folder: string, names: readonly string[]): string {
    return this.#once(`packages\0${folder}\0${names.join("\0")}`, () =>
      names.map((name) => this.#facts.packageFrom(folder, name)),
    );
  }

  /** The names in a folder, and the settings of packages and TypeScript that hold for its files. */
  #around(folder: string): string {
    return this.#once(`around\0${folder}`, () => [
      this.#facts.names(folder),
      ...this.#settings(folder),
    ]);
  }

  /** Most handlers consult the same files in a package's folder. */
  #once(key: string, facts: () => string[]): string {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const digest = hash("sha256", facts().join("\n"), "base64");
    this.#known.set(key, digest);
    return digest;
  }

  #settings(folder: string): string[] {
    if (isInstalled(folder)) {
      return packageFolders(folder).map((each) =>
        this.#facts.content(path.join(each, "package.json")),
      );
    }
    return ancestors(folder).flatMap((each) => [
      ...packageSettings.map((name) => this.#facts.content(path.join(each, name))),
      ...typeScriptSettings.flatMap((name) => configFacts(this.#facts, path.join(each, name))),
    ]);
  }
}

/** The last three are Yarn's Plug'n'Play, which esbuild reads. */
const packageSettings = ["package.json", ".pnp.cjs", ".pnp.data.json", ".pnp.js"];
const typeScriptSettings = ["tsconfig.json", "jsconfig.json"];

/** The folder, and those around it within its package. */
function packageFolders(folder: string): string[] {
  const all = ancestors(folder);
  return all.slice(
    0,
    all.findIndex((each) => path.basename(each) === "node_modules"),
  );
}
