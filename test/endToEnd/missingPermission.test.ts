import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { topicOutputs } from "../../systems/shared/system.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { type RunningSystems, startProgram } from "../harness/runs/systems.ts";

/** A consumer that lacks the permission to write, and one that has it. */
async function program(): Promise<object> {
  const bucket = new aws.s3.Bucket("papers");
  const entry = "test/fixtures/handlers/putNowhere.ts";
  const environment = { BUCKET: bucket.id };
  const permissions = (resource: string): aws.iam.PolicyStatement[] => [
    {
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: bucket.arn.apply((arn) => arn + resource),
    },
  ];
  const topic = new FanoutTopic("news", {
    consumers: [
      { name: "kept", handler: { entry, environment, permissions: permissions("/*") } },
      { name: "lost", handler: { entry, environment, permissions: permissions("/other/*") } },
    ],
  });
  return { systems: { news: topicOutputs(topic) } };
}

describe("a permission that a handler lacks", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startProgram(program);
  });
  afterEach(() => test.cloud.close());

  it("is explained in the event's trace, with principal, action, resource and the nearest statement, before the failure", async () => {
    const [event] = await publishTo(test, "news", { message: "Hello" });
    await test.cloud.settled();
    const hops = test.cloud.hops().filter((hop) => hop.event === event);
    const { kept, lost } = test.system("news").consumers;
    const kindsIn = (consumer: typeof kept) =>
      hops
        .filter(({ from, to }) =>
          [from, to].some((arn) => arn === functionArn(consumer?.functionName)),
        )
        .map(({ kind }) => kind);

    expect(kindsIn(kept)).to.deep.equal(["received", "invoked", "handled"]);
    expect(kindsIn(lost)).to.deep.equal(["received", "invoked", "refused", "failed"]);
    const refused = hops.filter((hop) => hop.kind === "refused");
    expect(refused).to.have.lengthOf(1);
    const [{ to, reason = "", branch = "" } = { to: "" }] = refused;
    expect(to).to.match(/^arn:aws:s3:::papers\/[0-9a-f-]{36}$/);
    expect(branch).to.match(/:news-lost$/);
    expect(reason)
      .to.include("role/news-lost")
      .and.include("s3:PutObject")
      .and.include(to)
      .and.include("papers/other/*");
  });
});

function functionArn(name: string | undefined): string {
  return `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
}
