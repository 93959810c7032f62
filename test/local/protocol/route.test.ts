import { expect } from "chai";
import { routeOf } from "../../../local/protocol/route.ts";

describe("the service that a request is for", () => {
  const plain = {
    path: "/",
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.alloc(0),
    service: undefined,
  };
  const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

  it("is S3 where it is signed for S3, whatever it looks like", () => {
    const headers = { "x-amz-target": "AmazonSQS.SendMessage" };
    const route = routeOf({ ...plain, headers, path: "/2015-03-31/x", service: "s3" });
    expect(route).to.deep.equal({ service: "s3", form: "s3" });
  });

  it("is that of the target", () => {
    const to = (target: string, service?: string) =>
      routeOf({ ...plain, headers: { "x-amz-target": target }, service });
    expect(to("AmazonSQS.SendMessage")).to.deep.equal({ service: "sqs", form: "json" });
    expect(to("DynamoDB_20120810.GetItem")).to.deep.equal({ service: "dynamodb", form: "json" });
    expect(to("AWSEvents.PutEvents")).to.deep.equal({ service: "events", form: "json" });
    expect(to("Other.Call")).to.deep.equal({ service: "Other", form: "json" });
    expect(to("AWSEvents.PutEvents", "events")).to.deep.equal({ service: "events", form: "json" });
  });

  it("is that of the action's version, in a form or in the URL", () => {
    const inForm = (text: string) => routeOf({ ...plain, headers: form, body: Buffer.from(text) });
    expect(inForm("Action=Publish&Version=2010-03-31")).to.deep.equal({
      service: "sns",
      form: "query",
    });
    expect(inForm("Action=SendEmail&Version=2010-12-01").service).to.equal("ses");
    expect(inForm("Action=GetCallerIdentity&Version=2011-06-15").service).to.equal("sts");
    expect(inForm("Action=X&Version=2099-01-01").service).to.equal('of version "2099-01-01"');
    const query = new URLSearchParams("Action=ConfirmSubscription&Version=2010-03-31");
    expect(routeOf({ ...plain, query }).service).to.equal("sns");
    for (const action of ["ConfirmSubscription", "Unsubscribe"]) {
      const link = new URLSearchParams({ Action: action });
      expect(routeOf({ ...plain, query: link }).service).to.equal("sns");
    }
  });

  it("is that of the path, else S3", () => {
    const at = (path: string) => routeOf({ ...plain, path }).service;
    expect(at("/2015-03-31/functions/f/invocations")).to.equal("lambda");
    expect(at("/v2/email/outbound-emails")).to.equal("ses");
    expect(at("/bucket/key")).to.equal("s3");
    expect(at("/")).to.equal("s3");
    expect(routeOf({ ...plain, path: "/bucket/key", headers: form }).service).to.equal("s3");
  });
});
