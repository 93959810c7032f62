import type { WebReply, WebRequest } from "../protocol/webMessage.ts";
import { HttpApis, type HttpApisOptions } from "../services/apigateway/httpApis.ts";
import { RestApis, type RestApisOptions } from "../services/apigateway/rest/restApis.ts";
import { Distributions, type DistributionsOptions } from "../services/cloudfront/distributions.ts";

export type WebOptions = HttpApisOptions & RestApisOptions & Omit<DistributionsOptions, "apis">;

/** What browsers call: HTTP and REST APIs, and the distributions in front of them and of buckets. */
export class Web {
  readonly apis: HttpApis;
  readonly restApis: RestApis;
  readonly distributions: Distributions;

  constructor(options: WebOptions) {
    this.apis = new HttpApis(options);
    this.restApis = new RestApis(options);
    this.distributions = new Distributions({ ...options, apis: this.apis });
  }

  /** Whether there is a site of that name: the id of a distribution or an API. */
  has(name: string): boolean {
    return this.#sites().some((site) => site.has(name));
  }

  /** The domain that each site would have on AWS, by name. */
  domains(): ReadonlyMap<string, string> {
    return new Map(this.#sites().flatMap((site) => [...site.domains()]));
  }

  /** @throws Error when there is no such site */
  async answer(name: string, request: WebRequest): Promise<WebReply> {
    const site = this.#sites().find((each) => each.has(name));
    if (site === undefined) throw new Error(`there is no site "${name}"`);
    return site.answer(name, request);
  }

  #sites() {
    return [this.distributions, this.apis, this.restApis];
  }
}
