import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { type EntryPointRun, runEntryPoint } from "../harness/engine/entryPoint.ts";
import { resource } from "../harness/programs/graph.ts";

describe("the code of handlers, as pulumi up is told of it", () => {
  let run: EntryPointRun;

  before(async () => {
    run = await runEntryPoint({
      program: "test/fixtures/programs/twoHandlers.ts",
      config: {
        "fanout:first": "test/fixtures/handlers/echo.ts",
        "fanout:second": "./test/fixtures/handlers/echo.ts",
      },
    });
    expect(run.log, run.stdout + run.stderr).to.deep.equal([]);
  });

  async function pathOf(consumer: string): Promise<string> {
    const { code } = resource(
      { ...run, reads: [], outputs: undefined, warnings: [], infos: [] },
      "aws:lambda/function:Function",
      `events-${consumer}`,
    ).inputs;
    if (!(code instanceof pulumi.asset.FileArchive)) throw new Error("not an archive of a folder");
    return await code.path;
  }

  it("is a folder below the program's, by its relative path, which no checkout changes", async () => {
    const path = await pathOf("first");
    expect(path).to.match(/^\.fanout\/bundles\/echo-[0-9a-f]{16}$/);
    expect(existsSync(`${path}/test/fixtures/handlers/echo.mjs`)).to.equal(true);
  });

  it("is one for all functions of a handler", async () => {
    expect(await pathOf("second")).to.equal(await pathOf("first"));
  });
});
