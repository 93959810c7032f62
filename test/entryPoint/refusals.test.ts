import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { type EntryPointRun, runEntryPoint } from "../harness/engine/entryPoint.ts";

/** What the user would read: nothing but these errors, each once. */
function expectRefusal(run: EntryPointRun, ...messages: string[]): void {
  expect(run.log).to.deep.equal(messages.map((message) => ({ severity: "error", message })));
  expect(run.stdout + run.stderr).to.equal("");
  expect(run.succeeded).to.equal(false);
}

describe("errors of the program, as pulumi up shows them", () => {
  it("name each invalid setting by its path, before any resource", async () => {
    const run = await runEntryPoint({
      stackTraces: true,
      config: {
        "fanout:systems": '["uploads","order"]',
        "fanout:logRetention": "7",
        "fanout:maxConcurrency": "1",
      },
    });
    const message = run.log[0]?.message ?? "";
    expectRefusal(run, message);
    const lines = message.split("\n");
    expect(lines).to.have.lengthOf(3);
    expect(lines[0]).to.match(/^fanout:logRetention is not a setting; .*"logRetentionDays"\?$/);
    expect(lines[1]).to.match(
      /^fanout:systems\.1 is not a system; .*"orders"\? \(given "order"\)$/,
    );
    expect(lines[2]).to.match(/^fanout:maxConcurrency must be a whole number .* \(given 1\)$/);
    expect(run.registrations.map((each) => each.type)).to.deep.equal(["pulumi:pulumi:Stack"]);
  });

  it("list every problem of a spec, before any resource of its topic", async () => {
    const run = await runEntryPoint({
      stackTraces: true,
      program: "test/fixtures/programs/twoHandlers.ts",
      config: { "fanout:first": "handlers/nowhere.ts", "fanout:second": "handlers" },
    });
    expectRefusal(
      run,
      [
        'FanoutTopic "events": 2 problems',
        `  - consumer "first": handler.entry: there is no file "handlers/nowhere.ts" in the project's folder`,
        '  - consumer "second": handler.entry must be a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file (given "handlers")',
      ].join("\n"),
    );
    expect(run.registrations.map((each) => each.type)).to.deep.equal(["pulumi:pulumi:Stack"]);
  });

  for (const preview of [true, false]) {
    it(`name a handler that does not compile, with the position, once: ${preview ? "preview" : "up"}`, async () => {
      const folder = mkdtempSync(path.join(tmpdir(), "fanout-handlers-"));
      const entry = (name: string) => path.join(folder, name);
      writeFileSync(entry("broken.mjs"), "export const handler = async () => 1 +;\n");
      writeFileSync(entry("whole.mjs"), "export const handler = async () => {};\n");
      try {
        const run = await runEntryPoint({
          preview,
          stackTraces: true,
          program: "test/fixtures/programs/twoHandlers.ts",
          config: { "fanout:first": entry("broken.mjs"), "fanout:second": entry("whole.mjs") },
        });
        const message = run.log[0]?.message ?? "";
        expectRefusal(run, message);
        expect(message).to.match(/^a handler does not compile:\n/);
        expect(message).to.include("broken.mjs:1:38:");
        expect(message).not.to.match(/\n +at /);
        const functions = run.registrations.filter(({ type }) => type.startsWith("aws:lambda/"));
        expect(functions).to.deep.equal([]);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});
