import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { errorOf, functionOf, payloadOf, startLambda } from "../../../harness/cloud/lambda.ts";
import { awaitConnections, connecting } from "../../../harness/processes/connections.ts";

describe("an execution environment", () => {
  it("stands still between invocations", async () => {
    const { functions } = startLambda();
    const directory = mkdtempSync(join(tmpdir(), "fanout-ticks-"));
    const file = join(directory, "ticks");
    const { arn } = functions.create(
      functionOf(`
        import { writeFileSync } from "node:fs";
        let ticks = 0;
        export const handler = async () => {
          const ticked = new Promise((resolve) =>
            setInterval(() => { writeFileSync(${JSON.stringify(file)}, String(++ticks)); resolve(); }, 1));
          await ticked;
        };`),
    );
    const ticks = () => Number(readFileSync(file, "utf8"));

    await functions.invoke(arn, "{}");
    const atFirst = ticks();
    // Other work goes on, hundreds of ticks long.
    const other = functions.create(
      functionOf("export const handler = () => new Promise((r) => setTimeout(r, 300));", {
        name: "other",
      }),
    );
    await functions.invoke(other.arn, "{}");
    const later = ticks();

    expect(atFirst).to.be.at.least(1);
    expect(later).to.equal(atFirst);
    await functions.close();
    rmSync(directory, { recursive: true });
  });

  it("takes with it what the handler has started", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda();
    const { arn } = functions.create(
      functionOf(`
        import { spawn } from "node:child_process";
        export const handler = async () => {
          spawn(process.execPath, ["-e", "require('net').connect(${connections.port}, '127.0.0.1')"]);
          await new Promise((r) => setTimeout(r, 60_000));
        };`),
    );

    const invocation = functions.invoke(arn, "{}");
    const grandchild = await connections.next();
    await functions.close();
    await grandchild.ended;

    expect((await invocation).outcome).to.equal("failed");
    await connections.close();
  });

  it("takes it with it, too, when it ends by itself", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda();
    const { arn } = functions.create(
      functionOf(`${connecting(connections.port)}
        import { spawn } from "node:child_process";
        export const handler = async () => {
          spawn(process.execPath, ["-e", "require('net').connect(${connections.port}, '127.0.0.1')"]);
          await once(await connected(), "end");
          process.exit(1);
        };`),
    );

    const invocation = functions.invoke(arn, "{}");
    const handler = await connections.next();
    const grandchild = await connections.next();
    await handler.end();
    await invocation;

    await grandchild.ended;
    await functions.close();
    await connections.close();
  });

  it("does not wait for a program that has left it, and holds its output open", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda();
    const { arn } = functions.create(
      functionOf(`
        import { spawn } from "node:child_process";
        export const handler = async () => {
          const program = "require('net').connect(${connections.port}, '127.0.0.1').resume()";
          spawn(process.execPath, ["-e", program], { detached: true, stdio: "inherit" });
          process.exit(1);
        };`),
    );

    const invocation = functions.invoke(arn, "{}");
    const program = await connections.next();
    const result = await invocation;

    expect(errorOf(result).errorMessage).to.match(/exit status 1$/);
    await program.end();
    await program.ended;
    await functions.close();
    await connections.close();
  });

  it("has noticed what happened meanwhile when its next invocation begins", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda();
    const { arn } = functions.create(
      functionOf(`${connecting(connections.port)}
        let socket;
        export const handler = async () => {
          if (socket) return socket.readableEnded;
          socket = await connected();
        };`),
    );
    const first = functions.invoke(arn, "{}");
    const connection = await connections.next();
    await first;

    await connection.end();
    const noticed = payloadOf(await functions.invoke(arn, "{}"));

    expect(noticed).to.equal(true);
    await functions.close();
    await connections.close();
  });

  const lastActs: [string, string][] = [
    ["waits for its next invocation", ""],
    ["waits for an answer", "await new Promise((r) => setTimeout(r, 900_000));"],
    ["loops without end", "for (;;);"],
  ];
  for (const [what, act] of lastActs) {
    it(`that ${what} ends when the local cloud is killed`, async () => {
      const connections = await awaitConnections();
      const source = `${connecting(connections.port)}
        export const handler = async () => { await connected(); ${act} };`;
      const program = fileURLToPath(
        new URL("../../../harness/processes/abandonedCloud.ts", import.meta.url),
      );
      // What a killed cloud leaves behind lies where the test can remove it.
      const TMPDIR = mkdtempSync(join(tmpdir(), "fanout-killed-"));
      const cloud = spawn(process.execPath, [program, source], {
        stdio: "inherit",
        env: { ...process.env, TMPDIR },
      });

      const environment = await connections.next();
      cloud.kill("SIGKILL");

      await environment.ended;
      await connections.close();
      rmSync(TMPDIR, { recursive: true });
    });
  }
});

describe("closing", () => {
  it("ends what is at work and removes the unpacked code", async () => {
    const connections = await awaitConnections();
    const { functions } = startLambda();
    const { arn } = functions.create(
      functionOf(`${connecting(connections.port)}
        export const handler = async (event) => {
          if (event.wait) await once(await connected(), "end");
          return process.cwd();
        };`),
    );
    const folder = String(payloadOf(await functions.invoke(arn, "{}")));
    const invocation = functions.invoke(arn, '{"wait":true}');
    await connections.next();

    const before = existsSync(folder);
    await functions.close();

    expect(before).to.equal(true);
    expect(existsSync(folder)).to.equal(false);
    expect(errorOf(await invocation).errorMessage).to.match(/signal: killed$/);
    await connections.close();
  });

  it("lets invocations that have not begun be throttled", async () => {
    const { functions } = startLambda();
    const { arn } = functions.create(functionOf("export const handler = async () => {};"));

    const invocation = functions.invoke(arn, "{}");
    await functions.close();

    expect((await invocation).outcome).to.equal("throttled");
  });

  it("does no harm before any function was invoked", async () => {
    const { functions } = startLambda();

    await functions.close();
  });
});
