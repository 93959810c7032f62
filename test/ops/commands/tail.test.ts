import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { type OpsOptions, runOps } from "../../harness/runs/ops.ts";

describe("ops tail", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["user-interactions", "walkthrough"]);
  });
  // What one test leaves behind is past for the next.
  beforeEach(async () => {
    await test.settle();
    await test.clock.advance(3_600_000);
  });
  after(() => test.close());

  const publish = (system: string, type: string) =>
    test.clients.sns.send(
      new PublishCommand({
        TopicArn: test.system(system).topicArn,
        Message: '{"interactionId":"i-1","postId":"p-1","userId":"u-1"}',
        MessageAttributes: { type: { DataType: "String", StringValue: type } },
      }),
    );

  /** Follows until `lines` are there, which `act` brings about, and then presses Ctrl-C. */
  async function follow(
    argv: readonly string[],
    lines: number,
    act: () => Promise<unknown>,
    options: OpsOptions = {},
  ) {
    const interrupted = new AbortController();
    const seen: string[] = [];
    const following = runOps(test, ["tail", ...argv], {
      ...options,
      signal: interrupted.signal,
      print: (line) => {
        seen.push(line);
        if (seen.length === lines) interrupted.abort();
      },
    });
    await act();
    const { code, notes } = await following;
    return { code, notes, seen };
  }

  /** The attribute `type` of the message of a hop, as JSON. */
  const publishedType = (line = "{}") => JSON.parse(line).attributes?.type?.stringValue;

  const afterTime = (line: string) => line.replace(/^\S+ +\S+ +/, "").replace(/ +\d+ ms$/, "");

  it("shows every hop as it happens, until Ctrl-C", async () => {
    const { code, notes, seen } = await follow([], 7, () => publish("user-interactions", "like"));
    expect({ code, notes }).to.deep.equal({ code: 0, notes: "" });
    expect(seen.map(afterTime).filter((line) => !line.startsWith("published"))).to.deep.equal([
      "queued        user-interactions -> user-interactions-likes",
      'filtered      user-interactions -> user-interactions-shares  "type" is "like", the filter asks for ["share"]',
      'filtered      user-interactions -> user-interactions-comments  "type" is "like", the filter asks for ["comment"]',
      "received      user-interactions-likes -> user-interactions-likes",
      "invoked       user-interactions-likes -> user-interactions-likes",
      "handled       user-interactions-likes -> user-interactions-likes",
    ]);
  });

  it("shows the hops of a system, and none of another", async () => {
    const { seen } = await follow(["user-interactions"], 7, async () => {
      await publish("walkthrough", "share");
      await test.settle();
      await publish("user-interactions", "share");
    });
    expect(seen.filter((line) => line.includes("walkthrough"))).to.deep.equal([]);
    expect(seen.map(afterTime).at(-1)).to.equal(
      "handled       user-interactions-shares -> user-interactions-shares",
    );
  });

  it("shows the hops of a consumer as JSON", async () => {
    const { seen } = await follow(["user-interactions/likes", "--json"], 2, async () => {
      await publish("user-interactions", "share");
      await publish("user-interactions", "like");
    });
    const hops = seen.map((line) => JSON.parse(line));
    expect(hops.map(({ kind }) => kind)).to.deep.equal(["filtered", "queued"]);
    expect(hops[1]).to.include({
      from: test.system("user-interactions").topicArn,
      to: "arn:aws:sqs:eu-west-1:000000000000:user-interactions-likes",
    });
  });

  it("starts as long ago as --since says", async () => {
    await publish("user-interactions", "like");
    await test.settle();
    await test.clock.advance(60_000);
    const share = () => publish("user-interactions", "share");
    const { seen } = await follow(["--since", "59s", "--json"], 1, share);
    expect(publishedType(seen[0])).to.equal("share");
    const long = await follow(["--since", "2m", "user-interactions/likes"], 4, share);
    expect(long.seen.map(afterTime).at(-1)).to.match(/^handled /);
  });

  it("starts by the cloud's clock, which may be ahead of this machine's", async () => {
    await publish("user-interactions", "like");
    await test.settle();
    await test.clock.advance(1);
    const share = () => publish("user-interactions", "share");
    const behind = { now: () => test.clock.now() - 86_400_000 };
    const { seen } = await follow(["--json"], 1, share, behind);
    expect(publishedType(seen[0])).to.equal("share");
  });

  it("fails when the run ends", async () => {
    const short = await startTestRun(["walkthrough"]);
    const { url } = short.run;
    let closing: Promise<void> | undefined;
    const following = runOps(short, ["tail", "--since", "2h"], {
      print: () => {
        closing ??= short.close();
      },
    });
    await short.clients.sns.send(
      new PublishCommand({ TopicArn: short.system("walkthrough").topicArn, Message: "x" }),
    );
    expect(await following).to.deep.equal({
      code: 1,
      output: "",
      notes: `the local run at ${url} has ended`,
    });
    await closing;
  });

  it("rejects an invalid --since", async () => {
    expect(await runOps(test, ["tail", "--since", "soon"])).to.deep.equal({
      code: 2,
      output: "",
      notes: '--since is a time such as 30s, 5m or 2h (given "soon")',
    });
  });
});
