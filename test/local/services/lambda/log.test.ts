import { expect } from "chai";
import { functionOf, startLambda } from "../../../harness/cloud/lambda.ts";

const iso = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

describe("an invocation's log", () => {
  const lambda = startLambda();
  const { functions } = lambda;
  after(() => functions.close());

  let created = 0;
  async function logs(source: string, invocations = 1, changes = {}) {
    const definition = functionOf(source, { name: `f${++created}`, ...changes });
    const { arn } = functions.create(definition);
    const collected: { id: string; log: string }[] = [];
    for (let run = 0; run < invocations; run++) {
      const result = await functions.invoke(arn, "{}");
      if (result.outcome === "throttled") throw new Error("the invocation was throttled");
      collected.push({ id: result.requestId, log: result.log });
    }
    return collected;
  }

  it("holds console calls in Lambda's text format, between START and REPORT", async () => {
    const [run] = await logs(
      `export const handler = async () => {
        console.log("order %s", "o-1", { sku: "desk" });
        console.debug("two\\nlines");
        console.warn("careful");
        console.error(new Error("odd").message);
      };`,
    );

    expect(run?.log).to.match(
      new RegExp(
        [
          `^START RequestId: ${run?.id} Version: \\$LATEST`,
          `${iso}\t${run?.id}\tINFO\torder o-1 { sku: 'desk' }`,
          `${iso}\t${run?.id}\tDEBUG\ttwo`,
          "lines",
          `${iso}\t${run?.id}\tWARN\tcareful`,
          `${iso}\t${run?.id}\tERROR\todd`,
          `END RequestId: ${run?.id}`,
          `REPORT RequestId: ${run?.id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\t\n$`,
        ].join("\n"),
      ),
    );
  });

  it("holds what is written to stdout and stderr as it is", async () => {
    const [run] = await logs(
      `export const handler = async () => {
        process.stdout.write('{"level":"INFO"}\\n');
        await new Promise((resolve) => process.stderr.write(Buffer.from("bytes\\n"), resolve));
        process.stdout.write("616263", "hex");
      };`,
    );

    expect(run?.log).to.contain(
      `Version: $LATEST\n{"level":"INFO"}\nbytes\nabcEND RequestId: ${run?.id}\n`,
    );
  });

  it("holds what a program prints that the handler has started", async () => {
    const [run] = await logs(
      `import { spawnSync } from "node:child_process";
      export const handler = async () => {
        spawnSync(process.execPath, ["-e", "console.log('from a program')"], { stdio: "inherit" });
        process.exit(0);
      };`,
    );

    expect(run?.log).to.contain("from a program\n");
  });

  it("begins with what the module printed while it was loaded, in the first one only", async () => {
    const [first, second] = await logs(
      `console.log("loading"); export const handler = async () => {};`,
      2,
    );

    expect(first?.log).to.match(
      new RegExp(`^${iso}\tundefined\tINFO\tloading\nSTART RequestId: ${first?.id}`),
    );
    expect(second?.log).to.match(new RegExp(`^START RequestId: ${second?.id}`));
    expect(second?.log).not.to.contain("Init Duration");
  });

  it("is cut to its end when a handler prints without end", async () => {
    const [run] = await logs(
      `export const handler = async () => {
        for (let line = 0; line < 100_000; line++) process.stdout.write("line " + line + "\\n");
      };`,
    );

    expect(run?.log.length).to.be.below(600_000);
    expect(run?.log).to.contain("line 99999\nEND RequestId: ");
  });

  it("is told piece by piece as it is written", async () => {
    const before = lambda.log().length;
    const [run] = await logs(`export const handler = async () => console.log("now");`);

    expect(lambda.log().slice(before)).to.equal(run?.log);
  });
});
