import { createHash } from "node:crypto";
import path from "node:path";
import { type Consulted, isInstalled } from "./consulted.ts";
import { FileFacts, type FileFactsOptions } from "./fileFacts.ts";
import { ancestors, configFacts } from "./tsconfig.ts";

/** Digests of what builds consulted, as it is now; that of two builds at one time shares the work. */
export class Fingerprints {
  readonly #facts: FileFacts;
  readonly #aroundFolders = new Map<string, string>();

  constructor(options: FileFactsOptions) {
    this.#facts = new FileFacts(options);
  }

  /** Equal for equal contents of all files, when each import would be found in the same place. */
  of({ files, packages, folders }: Consulted): string {
    const hash = createHash("sha256");
    for (const [folder, names] of Object.entries(files)) {
      const contents = names.map((name) => this.#facts.content(path.join(folder, name)));
      hash.update(`${this.#around(folder)}\n${contents.join("\n")}\n`);
    }
    for (const folder of folders) hash.update(`${this.#around(folder)}\n`);
    for (const [folder, names] of Object.entries(packages)) {
      const places = names.map((name) => this.#facts.packageFrom(folder, name));
      hash.update(`${places.join("\n")}\n`);
    }
    return hash.digest("hex");
  }

  /** The names in a folder, and the settings of packages and TypeScript that hold for its files. */
  #around(folder: string): string {
    const known = this.#aroundFolders.get(folder);
    if (known !== undefined) return known;
    const facts = [this.#facts.names(folder), ...this.#settings(folder)];
    const around = createHash("sha256").update(facts.join("\n")).digest("base64");
    this.#aroundFolders.set(folder, around);
    return around;
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
