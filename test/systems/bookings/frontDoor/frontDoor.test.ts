import { readdirSync, statSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { isObject } from "../../../../aws/isObject.ts";
import type { SystemOutputs } from "../../../../systems/shared/system.ts";
import { known } from "../../../../testing/known.ts";
import { json, namesOf, resource, waitsFor } from "../../../harness/programs/graph.ts";
import type { ProgramRun } from "../../../harness/programs/program.ts";
import { runStack } from "../../../harness/programs/stack.ts";

const siteBucket = "arn:aws:s3:::bookings-site-1a2b3c4";
const api = "bookings-1a2b3c4";
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

describe("the front door of bookings", () => {
  let run: ProgramRun<Record<string, SystemOutputs>>;
  before(async () => {
    run = await runStack("prod", { systems: ["bookings"] });
  });

  describe("its page", () => {
    it("is in a bucket that only its distribution may read, over TLS", () => {
      expect(
        json(resource(run, "aws:s3/bucketPolicy:BucketPolicy", "bookings-site"), "policy"),
      ).to.deep.equal({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "DistributionReads",
            Effect: "Allow",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: `${siteBucket}/*`,
            Condition: {
              StringEquals: {
                "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/bookings-1a2b3c4",
              },
            },
          },
          {
            Sid: "DenyInsecureTransport",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [siteBucket, `${siteBucket}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      });
    });

    it("has every file of the folder with its content type, revalidated on each request", () => {
      const type = "aws:s3/bucketObjectv2:BucketObjectv2";
      const files = readdirSync("site/bookings").sort();
      expect(namesOf(run, type)).to.deep.equal(files.map((file) => `bookings-site/${file}`));
      for (const [file, contentType] of [
        ["index.html", "text/html; charset=utf-8"],
        ["style.css", "text/css; charset=utf-8"],
        ["main.js", "text/javascript; charset=utf-8"],
        ["icon.svg", "image/svg+xml"],
      ]) {
        expect(resource(run, type, `bookings-site/${file}`).inputs).to.include({
          bucket: "bookings-site-1a2b3c4",
          key: file,
          contentType,
          cacheControl: "no-cache",
        });
      }
    });

    it("has less than 100 KB in total", () => {
      const bytes = readdirSync("site/bookings").map(
        (file) => statSync(`site/bookings/${file}`).size,
      );
      expect(bytes.reduce((sum, each) => sum + each, 0)).to.be.below(100_000);
    });
  });

  describe("its API", () => {
    it("has two routes and no CORS, so pages of other origins cannot read it", () => {
      expect(resource(run, "aws:apigatewayv2/api:Api", "bookings").inputs).to.deep.equal({
        protocolType: "HTTP",
      });
      const type = "aws:apigatewayv2/route:Route";
      expect(namesOf(run, type).map((name) => resource(run, type, name).inputs)).to.deep.equal([
        { apiId: api, routeKey: "GET /bookings", target: `integrations/${api}` },
        { apiId: api, routeKey: "POST /bookings", target: `integrations/${api}` },
      ]);
    });

    it("forwards requests to one function in payload format 2.0, with a timeout of 10 seconds", () => {
      expect(
        resource(run, "aws:apigatewayv2/integration:Integration", "bookings").inputs,
      ).to.deep.equal({
        apiId: api,
        integrationType: "AWS_PROXY",
        integrationUri:
          "arn:aws:lambda:eu-west-1:123456789012:function:bookings-front-door-1a2b3c4",
        payloadFormatVersion: "2.0",
        timeoutMilliseconds: 10_000,
      });
    });

    it("may invoke the function only by its routes", () => {
      const type = "aws:lambda/permission:Permission";
      expect(namesOf(run, type).map((name) => resource(run, type, name).inputs)).to.deep.equal(
        ["GET/bookings", "POST/bookings"].map((route) => ({
          action: "lambda:InvokeFunction",
          function: "bookings-front-door-1a2b3c4",
          principal: "apigateway.amazonaws.com",
          sourceArn: `arn:aws:execute-api:eu-west-1:123456789012:${api}/*/${route}`,
        })),
      );
    });

    it("names its permissions so that Lambda accepts the generated ids: letters, digits, - and _", () => {
      const names = namesOf(run, "aws:lambda/permission:Permission");
      expect(names).not.to.be.empty;
      for (const name of names) {
        expect(name).to.match(/^[\w-]{1,92}$/);
      }
    });

    it("is throttled, and logs each access with the retention of the functions' logs", () => {
      const { inputs } = resource(run, "aws:apigatewayv2/stage:Stage", "bookings");
      expect(inputs).to.deep.include({
        apiId: api,
        name: "$default",
        autoDeploy: true,
        defaultRouteSettings: { throttlingRateLimit: 50, throttlingBurstLimit: 100 },
      });
      const { accessLogSettings: log } = inputs;
      expect(isObject(log) && log.destinationArn).to.equal(
        "arn:aws:logs:eu-west-1:123456789012:log-group:bookings-access-1a2b3c4",
      );
      const type = "aws:cloudwatch/logGroup:LogGroup";
      expect(resource(run, type, "bookings-access").inputs.retentionInDays).to.equal(
        resource(run, type, "bookings-front-door").inputs.retentionInDays,
      );
    });
  });

  describe("its distribution", () => {
    const distribution = () =>
      resource(run, "aws:cloudfront/distribution:Distribution", "bookings");
    const behaviour = {
      cachedMethods: ["GET", "HEAD"],
      compress: true,
      responseHeadersPolicyId: "bookings-1a2b3c4",
      viewerProtocolPolicy: "redirect-to-https",
    };

    it("reads the page's files with origin access control, caches them, and allows no writes", () => {
      expect(
        resource(run, "aws:cloudfront/originAccessControl:OriginAccessControl", "bookings").inputs,
      ).to.deep.equal({
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
      });
      expect(distribution().inputs).to.deep.include({
        defaultRootObject: "index.html",
        defaultCacheBehavior: {
          ...behaviour,
          targetOriginId: "site",
          allowedMethods: ["GET", "HEAD"],
          cachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        },
      });
      expect([distribution().inputs.origins].flat()[0]).to.deep.equal({
        originId: "site",
        domainName: "bookings-site-1a2b3c4.s3.eu-west-1.amazonaws.com",
        originAccessControlId: "bookings-1a2b3c4",
      });
    });

    it("forwards the API's path over TLS, uncached, with all headers of the viewer except the host", () => {
      expect(distribution().inputs.orderedCacheBehaviors).to.deep.equal([
        {
          ...behaviour,
          pathPattern: "/bookings",
          targetOriginId: "api",
          allowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
          cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
          originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        },
      ]);
      expect([distribution().inputs.origins].flat()[1]).to.deep.equal({
        originId: "api",
        domainName: "bookings-1a2b3c4.execute-api.eu-west-1.amazonaws.com",
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
        },
      });
    });

    it("sets the security headers, overriding the origins", () => {
      const type = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
      expect(resource(run, type, "bookings").inputs).to.deep.equal({
        securityHeadersConfig: {
          contentSecurityPolicy: { contentSecurityPolicy, override: true },
          contentTypeOptions: { override: true },
          frameOptions: { frameOption: "DENY", override: true },
          referrerPolicy: { referrerPolicy: "no-referrer", override: true },
          strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, override: true },
        },
      });
    });

    it("is the url in the system's outputs", async () => {
      const url = pulumi.output(run.outputs.bookings?.url);
      expect(await known(url)).to.equal("https://bookings-1a2b3c4.cloudfront.net/");
    });

    it("is created before the bucket's policy, which names it", () => {
      const policy = resource(run, "aws:s3/bucketPolicy:BucketPolicy", "bookings-site");
      expect(waitsFor(run, policy, distribution())).to.equal(true);
    });
  });
});
