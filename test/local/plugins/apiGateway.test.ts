import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { serveCloud } from "../../../local/endpoint/endpoint.ts";
import type { RunResult } from "../../../local/engine/engine.ts";
import { MemoryStackOutputs } from "../../../local/engine/state/stackOutputs.ts";
import { MemoryStateStore } from "../../../local/engine/state/stateStore.ts";
import { type RouteInput, routeOf } from "../../../local/plugins/apiGateway/routes.ts";
import { AwsProvider } from "../../../local/provider/awsProvider.ts";
import { SystemClock } from "../../../local/time/systemClock.ts";
import { up } from "../../harness/engine/inline.ts";
import { errorsOf } from "../../harness/engine/runs.ts";

describe("the component RestAPI of aws-apigateway", function () {
  this.timeout(60_000);

  const folder = mkdtempSync(path.join(tmpdir(), "www-"));
  let cloud: Cloud;
  let endpoint: Awaited<ReturnType<typeof serveCloud>>;
  let other: Server;
  let otherUrl: string;

  before(async () => {
    mkdirSync(path.join(folder, "css"));
    writeFileSync(path.join(folder, "index.html"), "<h1>front</h1>");
    writeFileSync(path.join(folder, "css/page.css"), "h1 {}");
    other = createServer((request, response) => response.end(`other ${request.url}`));
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    const address = other.address();
    otherUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    let url = "";
    cloud = new Cloud({
      region: "eu-west-1",
      clock: (activity) => new SystemClock(activity),
      endpoint: () => url,
    });
    endpoint = await serveCloud(cloud, {
      port: 0,
      ready: () => true,
      console: (_request, response) => response.end(),
      onFailure: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
    url = endpoint.url;
  });
  after(async () => {
    await endpoint.close();
    await cloud.close();
    other.closeAllConnections();
    other.close();
    rmSync(folder, { recursive: true });
  });

  function host() {
    return {
      providers: { aws: new AwsProvider(cloud) },
      state: new MemoryStateStore(),
      stackOutputs: new MemoryStackOutputs(),
    };
  }

  class RestApi extends pulumi.ComponentResource {
    declare readonly url: pulumi.Output<string>;
    declare readonly stage: pulumi.Output<aws.apigateway.Stage>;

    constructor(name: string, args: pulumi.Inputs) {
      const outputs = { url: undefined, stage: undefined };
      super("aws-apigateway:index:RestAPI", name, { ...args, ...outputs }, {}, true);
    }
  }

  function hello(): aws.lambda.Function {
    const role = new aws.iam.Role("hello", {
      assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
    });
    const text =
      "export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify([event.pathParameters.route, event.isBase64Encoded]) });";
    return new aws.lambda.Function("hello", {
      role: role.arn,
      runtime: "nodejs24.x",
      handler: "index.handler",
      code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(text) }),
    });
  }

  const program = () => {
    const api = new RestApi("site", {
      routes: [
        { path: "/hello/{route+}", method: "POST", eventHandler: hello() },
        { path: "/static", localPath: folder },
        { path: "other", target: { type: "http_proxy", uri: otherUrl } },
        {
          path: "/raw",
          method: "GET",
          data: {
            "x-amazon-apigateway-integration": {
              type: "mock",
              responses: {
                default: { statusCode: "200", responseTemplates: { "text/plain": "raw" } },
              },
            },
          },
        },
      ],
    });
    return { url: api.url, stage: api.stage.stageName };
  };

  const urls = ({ outputs }: RunResult) => String(outputs.url);
  const children = ({ resources }: RunResult) =>
    resources
      .filter(({ urn }) => urn.includes("aws-apigateway:index:RestAPI$"))
      .map(({ urn }) => urn.split("$").at(-1))
      .sort();

  it("makes what its routes need, under the names of Pulumi's own plugin", async () => {
    const run = await up(host(), program);
    expect(errorsOf(run)).to.deep.equal([]);
    expect(run.outputs).to.deep.equal({
      url: "https://site.execute-api.eu-west-1.amazonaws.com/stage/",
      stage: "stage",
    });
    expect(children(run)).to.deep.equal([
      "aws:apigateway/deployment:Deployment::site",
      "aws:apigateway/restApi:RestApi::site",
      "aws:apigateway/stage:Stage::site",
      "aws:iam/role:Role::sitebc092886",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment::sitebc092886",
      "aws:lambda/permission:Permission::site-5503b1a2",
      "aws:s3/bucket:Bucket::site",
      "aws:s3/bucketObject:BucketObject::sitebc092886/css/page.css",
      "aws:s3/bucketObject:BucketObject::sitebc092886/index.html",
    ]);
    const base = urls(run).replace(
      /^https:\/\/([^.]+\.execute-api)[^/]*/,
      `${endpoint.url}/_fanout/web/$1`,
    );
    const answers: [string, string, number, string][] = [
      ["POST", "hello/a/b", 200, '["a/b",true]'],
      ["GET", "static/", 200, "<h1>front</h1>"],
      ["GET", "static/css/page.css", 200, "h1 {}"],
      ["GET", "other/x/y?q=1", 200, "other /x/y?q=1"],
      ["GET", "raw", 200, "raw"],
      ["DELETE", "raw", 404, '{"message": "404 Not found" }'],
    ];
    for (const [method, at, status, body] of answers) {
      const answer = await fetch(`${base}${at}`, {
        method,
        ...(method === "POST" && { body: "x" }),
      });
      expect([method, at, answer.status, await answer.text()]).to.deep.equal([
        method,
        at,
        status,
        body,
      ]);
    }
  });

  it("rejects what it cannot do by name", () => {
    const route = { path: "/x", method: "GET", data: {} };
    const rejected: [RouteInput, string][] = [
      [
        { ...route, apiKeyRequired: true },
        'route /x: the local run does not support "apiKeyRequired"',
      ],
      [{ ...route, method: "GETT" }, "route /x: Method not supported: GETT"],
      [{ path: "/x" }, 'route /x: give "eventHandler", "localPath", "target" or "data"'],
    ];
    for (const [given, message] of rejected) expect(() => routeOf(given)).to.throw(message);
  });
});
