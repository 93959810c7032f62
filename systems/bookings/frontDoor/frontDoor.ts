import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { PrivateBucket } from "../../../components/index.ts";
import { createDistribution } from "./distribution.ts";
import { createHttpApi } from "./httpApi.ts";
import { uploadSite } from "./site.ts";

export interface FrontDoorArgs {
  /** Folder of the page's files; `index.html` is the page. For example `site/bookings`. */
  site: string;
  /** Answers the API's routes. */
  function: aws.lambda.Function;
  /** The API's routes, by route key: `POST /bookings`. What is not a route is a file of the page. */
  routes: readonly string[];
  /** How long the API's access log is kept, one of CloudWatch's values, in days. */
  logRetentionDays: pulumi.Input<number>;
  /** Let a destroy delete the page's files. */
  forceDestroy: pulumi.Input<boolean>;
  /** Refuse to delete the bucket of the page's files. */
  protect: boolean;
}

/**
 * A web page and its HTTP API under one domain: a CloudFront distribution in front of a private bucket,
 * which only it can read, and of an API Gateway HTTP API, which invokes one function. One origin for
 * both means no CORS, and so no other site that may read. See docs/adr/0004-front-door.md.
 */
export class FrontDoor extends pulumi.ComponentResource {
  /** Of the page. */
  readonly url: pulumi.Output<string>;

  constructor(name: string, args: FrontDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fanout:systems:FrontDoor", name, {}, opts);
    const child = { parent: this };
    const { forceDestroy, protect } = args;
    // The bucket's one policy names the distribution, which in turn needs the bucket.
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
