import { HttpApis, type HttpApisOptions } from "../services/apigateway/httpApis.ts";
import { Distributions, type DistributionsOptions } from "../services/cloudfront/distributions.ts";

export type WebOptions = HttpApisOptions & Omit<DistributionsOptions, "apis">;

/** What browsers call: HTTP APIs, and the distributions in front of them and of buckets. */
export class Web {
  readonly apis: HttpApis;
  readonly distributions: Distributions;

  constructor(options: WebOptions) {
    this.apis = new HttpApis(options);
    this.distributions = new Distributions({ ...options, apis: this.apis });
  }
}
