import { expect } from "chai";
import { type AccessRequest, type Authorize, owner } from "../../../../local/protocol/access.ts";
import { ssm } from "../../../../local/services/ssm/api/ssm.ts";
import { Parameters } from "../../../../local/services/ssm/parameters.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";

describe("Parameter Store", () => {
  let parameters: Parameters;
  let authorize: Authorize;
  let asked: AccessRequest[];

  beforeEach(() => {
    parameters = new Parameters({ clock: new ManualClock(), region: "eu-west-1" });
    asked = [];
    authorize = (request) => {
      asked.push(request);
      return { allowed: true };
    };
  });

  async function call(operation: string, input: object) {
    const { body } = await ssm({ parameters, authorize })({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `AmazonSSM.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
      service: "ssm",
      region: "eu-west-1",
      principal: owner,
      callerArn: "arn:aws:iam::000000000000:root",
    });
    return JSON.parse(String(body));
  }

  const text = (name: string, value: string) =>
    parameters.put({ name, value, type: "String" }, { overwrite: true });
  const arn = "arn:aws:ssm:eu-west-1:000000000000:parameter/shop/sender";

  it("returns a parameter by its name, its ARN and its version", async () => {
    text("/shop/sender", "old");
    text("/shop/sender", "new");
    text("plain", "x");
    for (const Name of ["/shop/sender", arn, "/shop/sender:2"]) {
      expect((await call("GetParameter", { Name })).Parameter).to.deep.include({
        ARN: arn,
        Name: "/shop/sender",
        Type: "String",
        Value: "new",
        Version: 2,
      });
    }
    expect((await call("GetParameter", { Name: `${arn}:1` })).Parameter.Value).to.equal("old");
    const plain = "arn:aws:ssm:eu-west-1:000000000000:parameter/plain";
    expect((await call("GetParameter", { Name: plain })).Parameter.Value).to.equal("x");
    expect(asked[0]).to.deep.include({ action: "ssm:GetParameter", resource: arn });
  });

  it("returns those that are there of several, and those below a path in pages", async () => {
    for (const name of ["/shop/a", "/shop/b", "/shop/deep/c", "/shopping/d"]) text(name, name);
    const { Parameters: found, InvalidParameters } = await call("GetParameters", {
      Names: ["/shop/b", "/none"],
    });
    expect(found.map(({ Value }: { Value: string }) => Value)).to.deep.equal(["/shop/b"]);
    expect(InvalidParameters).to.deep.equal(["/none"]);
    const names = async (input: object) => {
      const page = await call("GetParametersByPath", { Path: "/shop", ...input });
      return [page.Parameters.map(({ Name }: { Name: string }) => Name), page.NextToken];
    };
    expect(await names({})).to.deep.equal([["/shop/a", "/shop/b"], undefined]);
    const [first, NextToken] = await names({ Recursive: true, MaxResults: 2 });
    expect(first).to.deep.equal(["/shop/a", "/shop/b"]);
    expect(await names({ Recursive: true, MaxResults: 2, NextToken })).to.deep.equal([
      ["/shop/deep/c"],
      undefined,
    ]);
    const { __type } = await call("GetParametersByPath", { Path: "/shop", NextToken: "x" });
    expect(__type).to.equal("com.amazonaws.ssm#InvalidNextToken");
  });

  it("shows the value of a SecureString only to a caller that decrypts it", async () => {
    parameters.put({ name: "token", value: "s3cret", type: "SecureString" }, { overwrite: false });
    const { Parameter: hidden } = await call("GetParameter", { Name: "token" });
    expect(hidden.Value).not.to.include("s3cret");
    const { Parameter: shown } = await call("GetParameter", {
      Name: "token",
      WithDecryption: true,
    });
    expect(shown.Value).to.equal("s3cret");
  });

  it("writes another version only if it may overwrite, and deletes", async () => {
    const input = { Name: "a", Value: "1", Type: "String" };
    expect((await call("PutParameter", input)).Version).to.equal(1);
    expect((await call("PutParameter", input)).__type).to.match(/ParameterAlreadyExists$/);
    expect((await call("PutParameter", { ...input, Overwrite: true })).Version).to.equal(2);
    expect(await call("DeleteParameter", { Name: "a" })).to.deep.equal({});
    expect((await call("GetParameter", { Name: "a" })).__type).to.match(/ParameterNotFound$/);
    expect((await call("DeleteParameter", { Name: "a" })).__type).to.match(/ParameterNotFound$/);
  });

  const refused: [object, string][] = [
    [{ Name: "a b", Value: "1", Type: "String" }, "ValidationException"],
    [{ Name: "shop/sender", Value: "1", Type: "String" }, "ValidationException"],
    [{ Name: "/aws/x", Value: "1", Type: "String" }, "ValidationException"],
    [{ Name: "a", Value: "", Type: "String" }, "ValidationException"],
    [{ Name: "a", Value: "x" }, "ValidationException"],
    [
      { Name: "a", Value: "x", Type: "String", AllowedPattern: "^\\d+$" },
      "ParameterPatternMismatchException",
    ],
    [
      { Name: "a", Value: "x", Type: "String", AllowedPattern: "(" },
      "InvalidAllowedPatternException",
    ],
  ];
  for (const [input, code] of refused) {
    it(`rejects ${JSON.stringify(input)}`, async () => {
      expect((await call("PutParameter", input)).__type).to.equal(`com.amazonaws.ssm#${code}`);
    });
  }

  it("rejects a caller without permission", async () => {
    authorize = () => ({ allowed: false, reason: "No statement allows it." });
    expect((await call("GetParameter", { Name: "/shop/sender" })).message).to.equal(
      `User: arn:aws:iam::000000000000:root is not authorized to perform: ssm:GetParameter on resource: ${arn}. No statement allows it.`,
    );
  });
});
