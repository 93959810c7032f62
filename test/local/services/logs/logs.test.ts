import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { logsService } from "../../../../local/services/logs/api/logs.ts";
import { LogStreams } from "../../../../local/services/logs/logStreams.ts";
import { allowEverything } from "../../../harness/cloud/lambda.ts";
import { serve } from "../../../harness/endpoints/loopback.ts";

const group = { logGroupName: "/aws/lambda/worker" };
const stream = { ...group, logStreamName: "one" };

describe("the log of a function", () => {
  const region = "eu-west-1";
  const logs = new LogStreams();
  let client: CloudWatchLogsClient;
  let close: () => Promise<void>;

  before(async () => {
    const server = await serve(logsService({ logs, authorize: allowEverything, region }));
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = new CloudWatchLogsClient({ endpoint: server.url, region, credentials });
    close = async () => {
      client.destroy();
      await server.close();
    };
    logs.write({ ...stream, time: 1000, text: "a\nb\nc\nd\ne\nunfinished" });
    logs.write({ ...group, logStreamName: "two", time: 2000, text: "f\n" });
  });

  after(() => close());

  async function read(changes: Partial<GetLogEventsCommandInput> = {}) {
    const answer = await client.send(new GetLogEventsCommand({ ...stream, ...changes }));
    return {
      lines: answer.events?.map(({ message }) => message?.trimEnd()).join(""),
      forward: answer.nextForwardToken,
      backward: answer.nextBackwardToken,
    };
  }

  it("is read line by line, one stream at a time", async () => {
    expect((await read()).lines).to.equal("abcde");
  });

  it("has a line that is printed in parts as one event, unless it is longer than an event may be", () => {
    const parts = new LogStreams();
    const write = (text: string) => parts.write({ ...stream, time: 1, text });
    const messages = () => parts.events(group.logGroupName).map(({ message }) => message);
    for (const text of ["a", "b", "c\nd\ne", "f"]) write(text);
    expect(messages()).to.deep.equal(["abc\n", "d\n"]);
    write("\n");
    expect(messages().slice(2)).to.deep.equal(["ef\n"]);
    for (let part = 0; part < 1025; part++) write("x".repeat(1024));
    write("\n");
    expect(messages().slice(3)).to.deep.equal(["x".repeat(1024 * 1024), `${"x".repeat(1024)}\n`]);
  });

  it("shows its latest lines first, and earlier ones page by page", async () => {
    const latest = await read({ limit: 2 });
    expect(latest.lines).to.equal("de");
    const earlier = await read({ limit: 2, nextToken: latest.backward });
    expect(earlier.lines).to.equal("bc");
    const first = await read({ limit: 2, nextToken: earlier.backward });
    expect(first.lines).to.equal("a");
    const end = await read({ limit: 2, nextToken: first.backward });
    expect([end.lines, end.backward]).to.deep.equal(["", first.backward]);
  });

  it("is read from its beginning with startFromHead, until the token stays the same", async () => {
    const first = await read({ limit: 3, startFromHead: true });
    const next = await read({ limit: 3, nextToken: first.forward });
    const end = await read({ limit: 3, nextToken: next.forward });
    expect([first.lines, next.lines, end.lines]).to.deep.equal(["abc", "de", ""]);
    expect(end.forward).to.equal(next.forward);
  });

  it("is searched over all streams", async () => {
    const found = await client.send(new FilterLogEventsCommand({ ...group, startTime: 2000 }));
    expect(found.events?.map(({ message }) => message)).to.deep.equal(["f\n"]);
  });
});
