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

  /** Whether an API has that id. */
  hasApi(id: string): boolean {
    return this.apis.has(id) || this.restApis.has(id);
  }

  /** Whether there is a site of that name: a distribution's id, or an API's as in its domain, `shop.execute-api`. */
  has(name: string): boolean {
    return this.distributions.has(name) || this.#apiAt(name) !== undefined;
  }

  /** The domain that each site would have on AWS, by name. */
  domains(): ReadonlyMap<string, string> {
    const ofApis = [...this.apis.domains(), ...this.restApis.domains()];
    return new Map([
      ...this.distributions.domains(),
      ...ofApis.map(([id, domain]) => [`${id}${apiSuffix}`, domain] as const),
    ]);
  }

  /** @throws Error when there is no such site */
  async answer(name: string, request: WebRequest): Promise<WebReply> {
    if (this.distributions.has(name)) return this.distributions.answer(name, request);
    const found = this.#apiAt(name);
    if (found === undefined) throw new Error(`there is no site "${name}"`);
    return found.api.answer(found.id, request);
  }

  #apiAt(name: string) {
    if (!name.endsWith(apiSuffix)) return undefined;
    const id = name.slice(0, -apiSuffix.length);
    const api = [this.apis, this.restApis].find((each) => each.has(id));
    return api && { api, id };
  }
}

/** Distinguishes an API from a distribution of the same name. */
const apiSuffix = ".execute-api";
