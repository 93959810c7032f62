import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PrivateBucket } from "../../../components/index.ts";
import { createDistribution } from "./distribution.ts";
import { createHttpApi } from "./httpApi.ts";
import { uploadSite } from "./site.ts";

export interface FrontDoorArgs {
  /** Folder of the page's files; `index.html` is the page. For example `site/bookings`. */
  site: string;
  /** Handles the routes of the API. */
  function: aws.lambda.Function;
  /** Route keys of the API: `POST /bookings`. Every other path is a file of the page. */
  routes: readonly string[];
  /** Retention of the API's access log in days, one of CloudWatch's values. */
  logRetentionDays: pulumi.Input<number>;
  /** Whether a destroy may delete the bucket with the page's files. */
  forceDestroy: pulumi.Input<boolean>;
  /** Whether the bucket of the page's files is protected from deletion. */
  protect: boolean;
}

/**
 * A web page and its HTTP API under one domain: a CloudFront distribution in front of a private bucket, which only
 * the distribution can read, and of an API Gateway HTTP API, which invokes one function. Page and API have the same
 * origin, so CORS is not needed and other sites cannot read the API. See docs/adr/0004-front-door.md.
 */
export class FrontDoor extends pulumi.ComponentResource {
  /** URL of the page. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: FrontDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fanout:systems:FrontDoor", name, {}, opts);
    const child = { parent: this };
    const { forceDestroy, protect } = args;
    // The bucket has one policy, which names the distribution; the distribution needs the bucket first.
    const [distributionArn, resolveDistributionArn] = pulumi.deferredOutput<string>();

    const { bucket } = new PrivateBucket(
      `${name}-site`,
      { forceDestroy, distributionArn },
      { ...child, protect },
    );
    uploadSite(name, bucket, args.site, child);
    const api = createHttpApi(name, args, child);
    const distribution = createDistribution(name, { bucket, api, routes: args.routes }, child);
    resolveDistributionArn(distribution.arn);

    this.url = pulumi.interpolate`https://${distribution.domainName}/`;
    this.registerOutputs({ url: this.url });
  }
}
