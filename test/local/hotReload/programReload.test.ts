import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { type LocalRun, startLocalRun } from "../../../local/localRun.ts";
import { hangMilliseconds } from "../../harness/assertions/hang.ts";

const arn = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

describe("a project's program in a process of its own", function () {
  this.timeout(hangMilliseconds * 2);

  let folder: string;
  let run: LocalRun | undefined;
  let said: AsyncIterator<string>;
  let say: (text: string) => void;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "fanout-program-")));
    symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
    write("package.json", '{ "name": "shop", "type": "commonjs" }');
    write(
      "Pulumi.yaml",
      "name: shop\nruntime:\n  name: nodejs\n  options: { typescript: false }\n",
    );
    write("Pulumi.dev.yaml", "config:\n  aws:region: eu-west-1\n");
    write("names.js", 'module.exports = ["a"];');
    write(
      "index.js",
      `const aws = require("@pulumi/aws");
       const queues = require("./names.js").map((name) => new aws.sqs.Queue(name));
       exports.urls = queues.map(({ url }) => url);`,
    );
    const lines: string[] = [];
    let wake = () => {};
    say = (text) => {
      lines.push(text);
      wake();
    };
    said = (async function* () {
      for (;;) {
        const next = lines.shift();
        if (next !== undefined) yield next;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    })();
  });

  afterEach(async () => {
    await run?.close();
    run = undefined;
    rmSync(folder, { recursive: true });
  });

  function write(name: string, text: string): void {
    writeFileSync(path.join(folder, name), text);
  }

  const start = async () => {
    run = await startLocalRun({ stack: "dev", port: 0, directory: folder, onReload: say });
    return run;
  };

  it("runs again when a file is saved; messages stay, and a failure changes nothing", async () => {
    const { cloud, outputs } = await start();
    expect(outputs.urls).to.have.lengthOf(1);
    cloud.queues.send(arn("a"), { body: "kept", senderId: "test", from: "test" });

    write("names.js", 'module.exports = ["a", "b"];');
    expect((await said.next()).value).to.equal("The program ran again: 1 created");
    expect(run?.outputs.urls).to.have.lengthOf(2);
    expect(cloud.queues.peek(arn("a"), 10).map(({ body }) => body)).to.deep.equal(["kept"]);

    write("names.js", 'throw new Error("not yet");');
    const { value: failure } = await said.next();
    expect(failure).to.match(/^The program failed; everything stays as it was\.\n/);
    expect(failure).to.include("not yet");
    expect(cloud.queues.find(arn("b"))).not.to.equal(undefined);
    expect(run?.outputs.urls).to.have.lengthOf(2);

    write("names.js", 'module.exports = ["a"];');
    expect((await said.next()).value).to.equal("The program ran again: 1 deleted");
    expect(cloud.queues.find(arn("b"))).to.equal(undefined);
  });
});
