import { expect } from "chai";
import { owner } from "../../../local/protocol/access.ts";
import { AwsError } from "../../../local/protocol/awsError.ts";
import type { Call } from "../../../local/protocol/call.ts";
import { jsonProtocol } from "../../../local/protocol/jsonProtocol.ts";

const handle = jsonProtocol({
  targetPrefix: "AmazonThings",
  errorNamespace: "com.amazonaws.things",
  hasQueryErrors: true,
  operations: {
    Echo: (input, call) => ({ input, region: call.region }),
    Later: async () => ({ done: true }),
    Refuse: () => {
      throw new AwsError("ThingMissing", "There is no such thing.", {
        status: 404,
        queryCode: "AWS.Things.Missing",
      });
    },
    Overload: () => {
      throw new AwsError("Busy", "Try again.", { status: 503 });
    },
    Break: () => {
      throw new RangeError("our own mistake");
    },
  },
});

function call(target: string | undefined, body = "{}", contentType?: string): Call {
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: {
      ...(target === undefined ? {} : { "x-amz-target": target }),
      ...(contentType === undefined ? {} : { "content-type": contentType }),
    },
    body: Buffer.from(body),
    service: "things",
    region: "eu-west-1",
    principal: owner,
    callerArn: "arn:aws:iam::000000000000:root",
  };
}

describe("the AWS JSON protocol", () => {
  it("hands an operation its input and the call, and answers in the caller's version", async () => {
    for (const version of ["1.0", "1.1"]) {
      const type = `application/x-amz-json-${version}`;
      const reply = await handle(call("AmazonThings.Echo", '{"a":[1,"é"]}', type));
      expect(reply.status).to.equal(200);
      expect(reply.headers["content-type"]).to.equal(type);
      expect(reply.headers["x-amzn-requestid"]).to.match(/^[\da-f-]{36}$/);
      expect(JSON.parse(String(reply.body))).to.deep.equal({
        input: { a: [1, "é"] },
        region: "eu-west-1",
      });
    }
  });

  it("takes no body for no members, and waits for an operation", async () => {
    const echo = await handle(call("AmazonThings.Echo", ""));
    expect(JSON.parse(String(echo.body)).input).to.deep.equal({});
    const later = await handle(call("AmazonThings.Later"));
    expect(later.body).to.equal('{"done":true}');
  });

  it("turns an error of AWS's into its document, with the older code beside it", async () => {
    const reply = await handle(call("AmazonThings.Refuse"));
    expect(reply.status).to.equal(404);
    expect(reply.headers["x-amzn-query-error"]).to.equal("AWS.Things.Missing;Sender");
    expect(JSON.parse(String(reply.body))).to.deep.equal({
      __type: "com.amazonaws.things#ThingMissing",
      message: "There is no such thing.",
    });
    const busy = await handle(call("AmazonThings.Overload"));
    expect(busy.headers["x-amzn-query-error"]).to.equal("Busy;Receiver");
  });

  for (const target of ["AmazonThings.Fly", "AmazonOthers.Echo", "AmazonThings.toString", "Echo"]) {
    it(`answers ${target} as not supported`, async () => {
      const reply = await handle(call(target));
      expect(reply.status).to.equal(501);
      expect(JSON.parse(String(reply.body))).to.deep.equal({
        __type: "com.amazonaws.things#NotImplemented",
        message: `Fanout's local cloud does not support the operation "${target}". It works on AWS only.`,
      });
    });
  }

  it("answers a call without a target as not supported", async () => {
    expect((await handle(call(undefined))).status).to.equal(501);
  });

  for (const body of ["{", "[]", "5", "null"]) {
    it(`refuses the body ${body}`, async () => {
      const reply = await handle(call("AmazonThings.Echo", body));
      expect(reply.status).to.equal(400);
      expect(JSON.parse(String(reply.body)).__type).to.equal(
        "com.amazonaws.things#SerializationException",
      );
    });
  }

  it("leaves a mistake of our own to the server", async () => {
    const error = await handle(call("AmazonThings.Break")).catch((reason) => reason);
    expect(error).to.be.instanceOf(RangeError);
  });
});
