import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { runIn } from "../harness/packages/newProject.ts";
import { follow } from "../harness/processes/fanoutCommand.ts";

const node = process.execPath;

/** What neither the program nor its local run needs. */
const others = /^(\..*|node_modules|bench|docs|packages|site|test)$/;

describe("the README", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "fanout-readme-"));
    const parts = (await readdir(".")).filter((name) => !others.test(name));
    for (const part of parts) await cp(part, path.join(folder, part), { recursive: true });
    await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"));
  });
  after(() => rm(folder, { recursive: true }));

  it("adds a consumer to a system in its steps", async () => {
    const steps = /To add a consumer to a system:\n([\s\S]*?)\n\n[^\d\s]/.exec(
      await readFile("README.md", "utf8"),
    )?.[1];
    const [handler = ""] = /handlers\/\S+\.ts/.exec(steps ?? "") ?? [];
    const [, consumer, system = ""] = /Add `(\{.*\})` to `(\S+)`/.exec(steps ?? "") ?? [];
    const [, start = ""] = /`npm start -- (\S+)`/.exec(steps ?? "") ?? [];
    expect(consumer).to.include(handler);

    await writeFile(path.join(folder, handler), "export const handler = async () => {};\n");
    const file = path.join(folder, system);
    const before = await readFile(file, "utf8");
    await writeFile(file, before.replace("consumers: [", `consumers: [${consumer},`));
    const run = follow(
      spawn(node, ["demo/start.ts", start, "--port", "0"], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
    try {
      const { port } = new URL((await run.line(/^ready /)).replace("ready ", ""));
      await runIn(folder, node, "ops/main.ts", "put", start, "package.json", "--port", port);
      await run.line(/handled +uploads-virus-+scan/);
    } finally {
      await run.end();
    }
  });
});
