import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runIn } from "./newProject.ts";

/**
 * Installs tarballs of npm packages into a project as a user does, beside the named packages of the registry.
 * Every version is the one in this repository's lockfile, so that the result depends neither on
 * what was published since nor on what npm's cache holds.
 */
export async function installLocked(
  folder: string,
  tarballs: readonly string[],
  names: readonly string[],
  { type = "module", others = {} }: InstallOptions = {},
): Promise<void> {
  const lock: Lockfile = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const manifest = {
    private: true,
    type,
    dependencies: {
      ...Object.fromEntries(names.map((name) => [name, lockedVersion(lock, name)])),
      ...others,
    },
  };
  const { lockfileVersion, packages } = lock;
  write("package.json", manifest);
  // npm removes from it what the project does not need.
  write("package-lock.json", { lockfileVersion, packages: { ...packages, "": manifest } });
  await runIn(folder, "npm", "install", "--ignore-scripts", "--prefer-offline", ...tarballs);

  function write(name: string, content: object): void {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
  }
}

export type InstallOptions = {
  /** Of the project's own files. @default module */
  readonly type?: "module" | "commonjs";
  /** Packages of other versions than this repository's. @default none */
  readonly others?: Readonly<Record<string, string>>;
};

type Lockfile = {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
};

function lockedVersion(lock: Lockfile, name: string): string {
  const { version } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined) throw new Error(`package-lock.json has no ${name}: run npm install`);
  return version;
}
