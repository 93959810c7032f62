import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { installedPackages } from "../../../../components/functions/python/installedPackages.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";

const target = { runtime: "python3.13", architecture: "arm64" } as const;

/** Notes how it is called, and installs one module. Stands in for uv and for python3 with pip. */
const installer = (log: string) => `#!/bin/sh
[ "$1" = "--version" ] && { cat "$(dirname "$0")/version"; exit; }
printf '%s\\n' "$(basename "$0") $*" >> "${log}"
while [ $# -gt 0 ]; do
  case "$1" in
    --target) mkdir -p "$2/idna"; echo "x = 1" > "$2/idna/core.py"; mkdir -p "$2/bin"; touch "$2/bin/tool";;
    --output-file) echo "idna==3.20" > "$2";;
  esac
  shift
done
`;

describe("the packages of a handler in Python", () => {
  const before = process.env.PATH;
  let folder: string;
  let tools: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "python-packages-"));
    tools = path.join(folder, "tools");
    await mkdir(tools);
    await setPython("Python 3.11.7");
    for (const name of ["uv", "python3"]) {
      await writeFile(path.join(tools, name), installer(path.join(folder, "log")));
      await chmod(path.join(tools, name), 0o755);
    }
    process.env.PATH = `${tools}${path.delimiter}${before}`;
  });
  afterEach(async () => {
    process.env.PATH = before;
    await rm(folder, { recursive: true });
  });

  const setPython = (version: string) => writeFile(path.join(tools, "version"), version);
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  const install = (options: Partial<Parameters<typeof installedPackages>[1]> = {}) =>
    installedPackages(folder, { ...target, ...options }, path.join(folder, "cache"));

  /** The calls of an installer since the last look, each as `uv pip install --target FOLDER ...`. */
  async function calls(): Promise<string[]> {
    const log = path.join(folder, "log");
    const text = await readFile(log, "utf8").catch(() => "");
    await rm(log, { force: true });
    return text.split("\n").filter((line) => line !== "");
  }

  it("are none where no file names any", async () => {
    await write("pyproject.toml", "[tool.ruff]\nline-length = 100\n");
    expect(await install()).to.deep.equal({});
    expect(await calls()).to.deep.equal([]);
  });

  it("come from requirements.txt by pip, as wheels for Linux and the architecture", async () => {
    await write("requirements.txt", "idna==3.20\n");
    expect(Object.keys(await install())).to.deep.equal(["idna/core.py"]);
    const [call, ...others] = await calls();
    expect(others).to.deep.equal([]);
    expect(call).to.match(/^python3 -m pip install /);
    expect(call).to.include("--platform manylinux2014_aarch64");
    expect(call).to.include("--python-version 3.13");
  });

  it("come from uv.lock by uv, without those for development", async () => {
    await write("pyproject.toml", '[project]\nname = "mail"\ndependencies = ["idna"]\n');
    await write("uv.lock", "version = 1\n");
    await write("requirements.txt", "other==1\n");
    expect(Object.keys(await install())).to.deep.equal(["idna/core.py"]);
    const [exported, installed, ...others] = await calls();
    expect(others).to.deep.equal([]);
    expect(exported).to.include("uv export --quiet --frozen --no-dev --no-emit-project");
    expect(installed).to.include("uv pip install --quiet --only-binary :all: ");
    expect(installed).to.include("--python-platform aarch64-manylinux2014 --python-version 3.13");
  });

  it("come from pyproject.toml by uv where there is no lock", async () => {
    await write("pyproject.toml", '[project]\nname = "mail"\ndependencies = ["idna"]\n');
    await install({ architecture: "x86_64" });
    const [call] = await calls();
    expect(call).to.include("--python-platform x86_64-manylinux2014");
    expect(call).to.match(/-r \S+\/pyproject\.toml$/);
  });

  it("are installed again only if the list, a list that it includes, the target or pip's interpreter differs", async () => {
    await write("requirements.txt", "-r base.txt\n");
    await write("base.txt", "idna==3.20\n");
    const installs = async (options = {}) => {
      await install(options);
      return (await calls()).length;
    };
    expect(await installs()).to.equal(1);
    expect(await installs()).to.equal(0);
    await write("base.txt", "idna==3.19\n");
    expect(await installs()).to.equal(1);
    expect(await installs({ architecture: "x86_64" })).to.equal(1);
    expect(await installs({ runtime: "python3.12" })).to.equal(1);
    await setPython("Python 3.12.1");
    expect(await installs()).to.equal(1);
    expect(await installs()).to.equal(0);
  });

  it("say what is missing if they cannot be installed", async () => {
    await write("uv.lock", "version = 1\n");
    await rm(path.join(tools, "uv"));
    process.env.PATH = tools;
    expect((await failureOf(install())).message).to.match(
      /^the packages of \S+\/uv\.lock could not be installed for python3\.13 on arm64; it takes uv on PATH, and packages that have wheels for Linux: spawn uv ENOENT/,
    );
  });
});
