import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { commandsFor, pagesOf, type Running } from "../../../local/console/gettingStarted.ts";
import { examples } from "../../../systems/index.ts";

const url = "http://127.0.0.1:4566";
const dead = `${url}/000000000000/orders-billing-dlq`;

function running(systems: Record<string, Record<string, unknown>>): Running {
  return { url, region: "eu-west-1", examples, systems: new Map(Object.entries(systems)) };
}

const topicArn = (name: string) => `arn:aws:sns:eu-west-1:000000000000:${name}`;

describe("what can be tried", () => {
  it("has the console, and the site of each system that has one", () => {
    const site = `${url}/_fanout/web/bookings/`;
    expect(pagesOf(running({ orders: {}, bookings: { url: site } }))).to.deep.equal([
      `${url}/${" ".repeat(site.length - url.length - 1)}  what runs, and what happens to each event`,
      `${site}  the site of bookings`,
    ]);
  });

  it("has commands for what runs: a file, a message, the dead letters", () => {
    const consumers = { notes: {}, billing: { deadLetterQueueUrl: dead } };
    const systems = {
      uploads: { topicArn: topicArn("uploads"), bucket: "uploads", consumers: {} },
      orders: { topicArn: topicArn("orders.fifo"), consumers },
    };
    const [credentials, file, message, look, ...others] = commandsFor(running(systems));
    expect(credentials).to.match(
      /^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:4566 AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1 /,
    );
    expect(file).to.equal(`aws --endpoint-url ${url} s3 cp README.md s3://uploads/`);
    expect(look).to.equal(`aws --endpoint-url ${url} sqs receive-message --queue-url ${dead}`);
    expect(others).to.deep.equal([]);
    const words = wordsOf(message ?? "");
    expect(words.slice(0, 7)).to.deep.equal([
      "aws",
      "--endpoint-url",
      url,
      "sns",
      "publish",
      "--topic-arn",
      topicArn("orders.fifo"),
    ]);
    expect(words[7]).to.equal("--message-group-id");
    expect(JSON.parse(words.at(-1) ?? "")).to.include({ event: "placed", orderId: words[8] });
  });

  it("has the attributes of a message that is chosen by them, and survives a shell", () => {
    const systems = { "system-alerts": { topicArn: topicArn("system-alerts") } };
    const words = wordsOf(commandsFor(running(systems))[1] ?? "");
    expect(words[7]).to.equal("--message-attributes");
    expect(JSON.parse(words[8] ?? "")).to.deep.equal({
      severity: { DataType: "String", StringValue: "info" },
      service: { DataType: "String", StringValue: "checkout" },
    });
  });

  it("offers no message for a system that begins at its front door or with a file", () => {
    const systems = { bookings: { topicArn: topicArn("bookings"), consumers: {} } };
    expect(commandsFor(running(systems))).to.have.lengthOf(1);
  });
});

/** The words that a shell makes of a command line. */
function wordsOf(command: string): string[] {
  const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" });
  return printed.split("\0").slice(0, -1);
}
