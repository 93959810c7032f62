import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { Changes } from "../../../local/engine/deployment/steps.ts";
import { readProject } from "../../../local/engine/project/project.ts";
import { type ChangeWatch, updateOnChange } from "../../../local/run/updateOnChange.ts";

const urn = "urn:pulumi:dev::shop::aws:sqs/queue:Queue::mail";
const noChanges: Changes = {
  ...{ same: [], create: [], update: [], "create-replacement": [] },
  ...{ delete: [], read: [], import: [] },
};

describe("a program that runs again when its files change", () => {
  let folder: string;
  let watch: ChangeWatch;
  let said: string[];
  let hear: (() => void)[];
  let archived: string[];
  /** Runs in place of the program. */
  let program: () => Changes;

  const save = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };

  /** The next line that is said. */
  async function next(): Promise<string | undefined> {
    const number = said.length;
    while (said.length === number) {
      await new Promise<void>((resolve) => {
        hear.push(resolve);
      });
    }
    return said.at(-1);
  }

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fanout-watch-"));
    save("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    save("index.ts", "1");
    save("lib/queue.ts", "1");
    save("node_modules/some/index.js", "1");
    said = [];
    hear = [];
    archived = [];
    program = () => ({ ...noChanges, update: [urn] });
    watch = start();
  });
  afterEach(() => {
    watch.close();
    rmSync(folder, { recursive: true });
  });

  const start = () =>
    updateOnChange(
      {
        project: readProject(folder),
        archived: () => archived,
        update: async () => ({ changes: program() }),
      },
      (text) => {
        said.push(text);
        for (const listener of hear.splice(0)) listener();
      },
    );

  it("runs after a change of a source, and says what it changed", async () => {
    const line = next();
    save("lib/queue.ts", "2");
    expect(await line).to.equal("The program ran again: 1 updated");
  });

  it("runs after a change of Pulumi.yaml, of a stack's file and of a file in a new folder", async () => {
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "other/new.ts"]) {
      const line = next();
      save(file, "name: shop\nruntime: nodejs\n");
      expect(await line, file).to.equal("The program ran again: 1 updated");
    }
  });

  it("does not run for packages, hidden folders, results of builds and logs", async () => {
    const line = next();
    for (const file of ["node_modules/some/index.js", ".fanout/x.ts", "dist/a.js", "out.log"]) {
      save(file, "2");
    }
    save("index.ts", "2");
    await line;
    expect(said).to.have.lengthOf(1);
  });

  it("runs for a folder that the program archives, even one that a build makes", async () => {
    save("dist/handler.js", "1");
    watch.close();
    archived = [path.join(folder, "dist")];
    watch = start();
    const line = next();
    save("dist/handler.js", "2");
    expect(await line).to.equal("The program ran again: 1 updated");
  });

  it("goes on when a folder that the program archives is a file by now", async () => {
    const built = path.join(folder, "dist");
    save("dist/handler.js", "1");
    watch.close();
    archived = [built];
    watch = start();
    const line = next();
    rmSync(built, { recursive: true });
    writeFileSync(built, "no folder any more");
    expect(await line).to.equal("The program ran again: 1 updated");
    const after = next();
    save("index.ts", "2");
    expect(await after).to.equal("The program ran again: 1 updated");
  });

  it("goes on when a link to itself is created", async () => {
    const loop = path.join(folder, "loop");
    const line = next();
    symlinkSync(loop, loop);
    expect(await line).to.equal("The program ran again: 1 updated");
    const after = next();
    save("index.ts", "2");
    expect(await after).to.equal("The program ran again: 1 updated");
  });

  it("says what it cannot watch, and goes on", async () => {
    program = () => {
      archived = [path.join(folder, "no\0file")];
      return { ...noChanges, update: [urn] };
    };
    const first = next();
    save("index.ts", "2");
    await first;
    expect(await next()).to.match(/^Changes of some files are not noticed: .*without null bytes/);
    archived = [];
    program = () => ({ ...noChanges, update: [urn] });
    const after = next();
    save("index.ts", "3");
    expect(await after).to.equal("The program ran again: 1 updated");
  });

  it("says why a program failed, and runs it again after the next change", async () => {
    program = () => {
      throw new Error("Pulumi.yaml cannot be read");
    };
    const line = next();
    save("Pulumi.yaml", ":");
    expect(await line).to.equal(
      "Pulumi.yaml cannot be read\nThe program failed; the local cloud stays as it is",
    );
    program = () => ({ ...noChanges, same: [urn] });
    const after = next();
    save("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    expect(await after).to.equal("The program ran again: nothing changed (1 resource)");
  });

  it("runs once more for what changed while it ran", async () => {
    const words: string[] = [];
    program = () => {
      words.push(String(words.length));
      if (words.length === 1) save("index.ts", "3");
      return noChanges;
    };
    const first = next();
    save("index.ts", "2");
    await first;
    await next();
    expect(words).to.deep.equal(["0", "1"]);
  });

  it("does not run again and again for a file that the program itself writes", async () => {
    let runs = 0;
    program = () => {
      save("generated.json", String(++runs));
      return noChanges;
    };
    const first = next();
    save("index.ts", "2");
    await first;
    await next(); // The first time it could have been an edit.
    const last = next();
    save("lib/queue.ts", "2");
    await last;
    expect(runs).to.equal(3);
  });
});
