import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { PackageList } from "./packageList.ts";
import type { PythonHandler } from "./pythonHandler.ts";

const run = promisify(execFile);

export type Target = Pick<PythonHandler, "runtime" | "architecture">;

export type Installer = {
  /** In words, for errors. */
  readonly requires: string;
  /** What of this machine decides which packages are installed. */
  machine(): Promise<string>;
  install(list: PackageList, target: Target, folder: string): Promise<void>;
};

/** What the runtime of Lambda runs: https://docs.aws.amazon.com/lambda/latest/dg/python-package.html */
const processors = { arm64: "aarch64", x86_64: "x86_64" } as const;

/** Evaluates environment markers, such as `python_version < "3.12"`, for the machine that it runs on. */
const pip: Installer = {
  requires: "python3 with pip",
  async machine() {
    const { stdout } = await run("python3", ["--version"]);
    return `${stdout.trim()} ${process.platform} ${process.arch}`;
  },
  async install({ file }, { runtime, architecture }, folder) {
    const platform = ["--platform", `manylinux2014_${processors[architecture]}`];
    await run("python3", [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"],
      ...["--only-binary=:all:", "--target", folder, ...platform, "--implementation", "cp"],
      ...["--python-version", versionOf(runtime), "-r", file],
    ]);
  },
};

/** Resolves for the function's runtime, whatever machine it runs on. https://docs.astral.sh/uv/reference/cli/ */
const uv: Installer = {
  requires: "uv on PATH",
  async machine() {
    return "";
  },
  async install({ file }, { runtime, architecture }, folder) {
    const platform = `${processors[architecture]}-manylinux2014`;
    await run("uv", [
      ...["pip", "install", "--quiet", "--only-binary", ":all:", "--target", folder],
      ...["--python-platform", platform, "--python-version", versionOf(runtime)],
      ...["-r", path.basename(file) === "uv.lock" ? await exported(file, folder) : file],
    ]);
  },
};

export const installers: Readonly<Record<PackageList["installer"], Installer>> = { pip, uv };

/** The packages of a lock file without those for development, as a requirements file with hashes. */
async function exported(lockFile: string, folder: string): Promise<string> {
  const requirements = `${folder}.txt`;
  await run("uv", [
    ...["export", "--quiet", "--frozen", "--no-dev", "--no-emit-project"],
    ...["--project", path.dirname(lockFile), "--output-file", requirements],
  ]);
  return requirements;
}

function versionOf(runtime: string): string {
  return runtime.replace("python", "");
}
