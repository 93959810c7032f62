import { mkdtempDisposable, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { bundlePythonHandler } from "../../components/functions/python/pythonBundle.ts";
import { FanoutTopic, type HandlerArgs } from "../../components/index.ts";
import { failureOf, thrownBy } from "../harness/assertions/failure.ts";
import { resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const entry = "test/fixtures/handlers/python/mail.py";

function mails(handler: HandlerArgs) {
  return runProgram(() => new FanoutTopic("news", { consumers: [{ name: "mail", handler }] }));
}

describe("a handler in Python", () => {
  it("runs on Python, without the variables of Node.js", async () => {
    const run = await mails({ entry, runtime: "python3.12", environment: { STAGE: "test" } });
    expect(resource(run, "aws:lambda/function:Function", "news-mail").inputs).to.deep.include({
      runtime: "python3.12",
      handler: "mail.handler",
      environment: { variables: { STAGE: "test" } },
    });
  });

  it("is archived with the modules in its folder", async () => {
    const { code } = bundlePythonHandler({
      ...{ entry, runtime: "python3.13", architecture: "arm64", files: [] },
    });
    const archive: pulumi.asset.FileArchive = await code;
    expect((await readdir(await archive.path)).sort()).to.deep.equal([
      "mail.py",
      "none.py",
      "outcome.py",
    ]);
  });

  it("can start from snapshots of its versions", async () => {
    const run = await mails({ entry, snapStart: true, alias: {} });
    expect(resource(run, "aws:lambda/function:Function", "news-mail").inputs).to.deep.include({
      runtime: "python3.13",
      snapStart: { applyOn: "PublishedVersions" },
    });
  });

  it("is rejected without a function of that name", async () => {
    const failure = await failureOf(mails({ entry: "test/fixtures/handlers/python/none.py" }));
    expect(failure.message).to.equal(
      'the handler test/fixtures/handlers/python/none.py has no function "handler"; define handler(event, context) in it',
    );
  });

  for (const [how, source] of [
    ["by a def under a condition", "if True:\n    def handler(event, context):\n        pass\n"],
    ["as a class", "class handler:\n    pass\n"],
    ["by a value", "handler = app.handler\n"],
    ["by an import", "from app import main, handler\n"],
    ["by an import of several lines", "from app import (\n    main,\n    handler,\n)\n"],
    ["by an import of everything", "from app import *\n"],
  ] as const) {
    it(`may define its function ${how}`, async () => {
      await using folder = await mkdtempDisposable(path.join(tmpdir(), "python-handler-"));
      const module = path.join(folder.path, "app.py");
      await writeFile(module, source);
      const bundle = bundlePythonHandler({
        ...{ entry: module, runtime: "python3.13", architecture: "arm64", files: [] },
      });
      await bundle.code;
      expect(bundle.handler).to.equal("app.handler");
    });
  }

  it("is rejected with what is for other handlers, and snapshots that Lambda does not make", async () => {
    const handler: HandlerArgs = {
      ...{ entry, runtime: "python3.11", snapStart: true },
      bundle: { packages: ["sharp"] },
    };
    const typescript: HandlerArgs = {
      ...{ entry: "test/fixtures/handlers/echo.ts", runtime: "python3.13" },
    };
    const { outputs } = await runProgram(() =>
      thrownBy(
        () =>
          new FanoutTopic("news", {
            consumers: [
              { name: "mail", handler },
              { name: "echo", handler: typescript },
            ],
          }),
      ),
    );
    expect(outputs).to.have.property(
      "message",
      [
        'FanoutTopic "news": 4 problems',
        '  - consumer "mail": handler.bundle.packages is for handlers in TypeScript and JavaScript; remove it',
        '  - consumer "mail": handler.snapStart requires handler.alias: Lambda makes snapshots of versions',
        '  - consumer "mail": handler.snapStart requires python3.12 or newer (given "python3.11")',
        '  - consumer "echo": handler.runtime is for handlers in Python; remove it',
      ].join("\n"),
    );
  });
});
