import { expect } from "chai";
import { owner } from "../../../local/protocol/access.ts";
import { AwsError } from "../../../local/protocol/awsError.ts";
import type { Call, Operations, Reply } from "../../../local/protocol/call.ts";
import { flatParameters, readParameters } from "../../../local/protocol/queryParameters.ts";
import { queryProtocol } from "../../../local/protocol/queryProtocol.ts";

const namespace = "http://things.example/doc/";

function call(body: string, query = ""): Call {
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(query),
    headers: {},
    body: Buffer.from(body),
    service: "things",
    region: "eu-west-1",
    principal: owner,
    callerArn: "arn:aws:iam::000000000000:root",
  };
}

function answer(operations: Operations, body: string, query?: string): Promise<Reply> {
  return queryProtocol({ namespace, operations })(call(body, query));
}

async function inputOf(body: string, query?: string): Promise<unknown> {
  let seen: unknown;
  const Look = (input: unknown) => {
    seen = input;
    return {};
  };
  await answer({ Look }, body, query);
  return seen;
}

function withoutRequestIds(reply: Reply): string {
  const id = reply.headers["x-amzn-requestid"] ?? "";
  return String(reply.body).replaceAll(id, "ID");
}

describe("the query protocol's requests", () => {
  it("give the operation its scalars as text, without Action and Version", async () => {
    const body = "Action=Look&Version=2010-03-31&Message=a+b%26c&Count=3&Empty=";
    expect(await inputOf(body)).to.deep.equal({ Message: "a b&c", Count: "3", Empty: "" });
  });

  it("give lists in the order of their numbers", async () => {
    const body =
      "Action=Look&TagKeys.member.2=two&TagKeys.member.10=ten&TagKeys.member.1=one" +
      "&Tags.member.1.Key=team&Tags.member.1.Value=red";
    expect(await inputOf(body)).to.deep.equal({
      TagKeys: ["one", "two", "ten"],
      Tags: [{ Key: "team", Value: "red" }],
    });
  });

  it("give maps by key, in either spelling of an entry", async () => {
    const body =
      "Action=Look&Attributes.entry.1.key=FifoTopic&Attributes.entry.1.value=true" +
      "&MessageAttributes.entry.1.Name=size.cm&MessageAttributes.entry.1.Value.DataType=Number" +
      "&MessageAttributes.entry.1.Value.StringValue=5";
    expect(await inputOf(body)).to.deep.equal({
      Attributes: { FifoTopic: "true" },
      MessageAttributes: { "size.cm": { DataType: "Number", StringValue: "5" } },
    });
  });

  it("keep a map's key that is a name of JavaScript's own", async () => {
    const input = await inputOf(
      "Action=Look&Attributes.entry.1.key=__proto__&Attributes.entry.1.value=x",
    );
    expect(JSON.stringify(input)).to.equal('{"Attributes":{"__proto__":"x"}}');
  });

  it("may stand in the URL, as in a link to confirm a subscription", async () => {
    expect(await inputOf("", "Action=Look&Token=abc")).to.deep.equal({ Token: "abc" });
  });
});

describe("the query protocol's parameters", () => {
  it("are written as they are read, with a Map for a map", () => {
    const input = {
      Name: "a",
      Count: 3,
      Absent: undefined,
      Tags: [{ Key: "team", Value: "red" }, { Key: "size" }],
      Attributes: new Map([["a.b", { DataType: "String" }]]),
      Empty: [],
    };
    const parameters = flatParameters(input);
    expect(parameters).to.deep.equal([
      ["Name", "a"],
      ["Count", "3"],
      ["Tags.member.1.Key", "team"],
      ["Tags.member.1.Value", "red"],
      ["Tags.member.2.Key", "size"],
      ["Attributes.entry.1.key", "a.b"],
      ["Attributes.entry.1.value.DataType", "String"],
      ["Empty", ""],
    ]);
    expect(readParameters(parameters)).to.deep.equal({
      Name: "a",
      Count: "3",
      Tags: [{ Key: "team", Value: "red" }, { Key: "size" }],
      Attributes: { "a.b": { DataType: "String" } },
      Empty: "",
    });
  });
});

describe("the query protocol's answers", () => {
  it("wrap the output in a response and a result, with a request id", async () => {
    const reply = await answer({ Make: () => ({ Arn: "a:b" }) }, "Action=Make");
    expect(reply.status).to.equal(200);
    expect(reply.headers["content-type"]).to.equal("text/xml");
    expect(withoutRequestIds(reply)).to.equal(
      '<MakeResponse xmlns="http://things.example/doc/"><MakeResult><Arn>a:b</Arn></MakeResult>' +
        "<ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata></MakeResponse>",
    );
  });

  it("write lists, structures and maps, and leave out what is undefined", async () => {
    const output = {
      Topics: [{ TopicArn: "t" }],
      Attributes: new Map([["k", "v"]]),
      IsOptedOut: false,
      NextToken: undefined,
    };
    const reply = await answer({ List: () => output }, "Action=List");
    expect(String(reply.body)).to.contain(
      "<ListResult><Topics><member><TopicArn>t</TopicArn></member></Topics>" +
        "<Attributes><entry><key>k</key><value>v</value></entry></Attributes>" +
        "<IsOptedOut>false</IsOptedOut></ListResult>",
    );
  });

  it("escape what XML would read as its own", async () => {
    const reply = await answer({ Say: () => ({ Text: `<a href="x">&\r\n` }) }, "Action=Say");
    expect(String(reply.body)).to.contain("<Text>&lt;a href=&quot;x&quot;&gt;&amp;&#xD;\n</Text>");
  });
});

describe("the query protocol's errors", () => {
  const failing = (error: unknown): Operations => ({
    Fail: () => {
      throw error;
    },
  });

  it("name the caller as at fault for a 4xx, with the code of the query protocol", async () => {
    const error = new AwsError("NotFoundException", "No <such> topic", {
      status: 404,
      queryCode: "NotFound",
    });
    const reply = await answer(failing(error), "Action=Fail");
    expect(reply.status).to.equal(404);
    expect(withoutRequestIds(reply)).to.equal(
      '<ErrorResponse xmlns="http://things.example/doc/"><Error><Type>Sender</Type>' +
        "<Code>NotFound</Code><Message>No &lt;such&gt; topic</Message></Error>" +
        "<RequestId>ID</RequestId></ErrorResponse>",
    );
  });

  it("name the service as at fault for a 5xx", async () => {
    const reply = await answer(
      failing(new AwsError("InternalError", "x", { status: 500 })),
      "Action=Fail",
    );
    expect(String(reply.body)).to.contain("<Type>Receiver</Type>");
  });

  it("say of an unknown action, or one of JavaScript's own names, that it is not supported", async () => {
    for (const action of ["Fly", "toString", "__proto__"]) {
      const reply = await answer({}, `Action=${action}`);
      expect(reply.status).to.equal(501);
      expect(String(reply.body))
        .to.contain("<Code>NotImplemented</Code>")
        .and.to.contain(`the action &quot;${action}&quot;`);
    }
  });

  it("refuse a request without an action", async () => {
    const reply = await answer({}, "Version=1");
    expect(reply.status).to.equal(400);
    expect(String(reply.body)).to.contain("<Code>MissingAction</Code>");
  });

  it("leave a failure that is not AWS's to the server", async () => {
    const failure = new Error("a defect");
    const outcome = await answer(failing(failure), "Action=Fail").catch((error) => error);
    expect(outcome).to.equal(failure);
  });
});
