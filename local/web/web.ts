import type { WebReply, WebRequest } from "../protocol/webMessage.ts";
import { HttpApis, type HttpApisOptions } from "../services/apigateway/httpApis.ts";
import { RestApis, type RestApisOptions } from "../services/apigateway/rest/restApis.ts";
import { Distributions, type DistributionsOptions } from "../services/cloudfront/distributions.ts";
import { Websites, type WebsitesOptions } from "../services/s3/website/websites.ts";
import { FunctionUrls, type FunctionUrlsOptions } from "./functionUrls.ts";

export type WebOptions = HttpApisOptions &
  RestApisOptions &
  FunctionUrlsOptions &
  WebsitesOptions &
  Omit<DistributionsOptions, "apis" | "websites">;

/** What browsers call: HTTP and REST APIs, URLs of functions, websites of buckets, and the distributions in front of them and of buckets. */
export class Web {
  readonly apis: HttpApis;
  readonly restApis: RestApis;
  readonly functionUrls: FunctionUrls;
  readonly websites: Websites;
  readonly distributions: Distributions;

  constructor(options: WebOptions) {
    this.apis = new HttpApis(options);
    this.restApis = new RestApis(options);
    this.functionUrls = new FunctionUrls(options);
    this.websites = new Websites(options);
    this.distributions = new Distributions({
      ...options,
      apis: this.apis,
      websites: this.websites,
    });
  }

  /** Whether an API has that id. */
  hasApi(id: string): boolean {
    return this.apis.has(id) || this.restApis.has(id);
  }

  /**
   * Whether there is a site of that name: a distribution's id, or the beginning of the domain of an API, of
   * a function's URL or of a bucket's website, `shop.execute-api`.
   */
  has(name: string): boolean {
    return this.distributions.has(name) || this.#siteAt(name) !== undefined;
  }

  /** The domain that each site would have on AWS, by name. */
  domains(): ReadonlyMap<string, string> {
    const ofOthers = this.#sites().flatMap(({ suffix, sites }) =>
      [...sites.domains()].map(([id, domain]) => [`${id}${suffix}`, domain] as const),
    );
    return new Map([...this.distributions.domains(), ...ofOthers]);
  }

  /** @throws Error when there is no such site */
  async answer(name: string, request: WebRequest): Promise<WebReply> {
    if (this.distributions.has(name)) return this.distributions.answer(name, request);
    const found = this.#siteAt(name);
    if (found === undefined) throw new Error(`there is no site "${name}"`);
    return found.sites.answer(found.id, request);
  }

  #siteAt(name: string) {
    for (const { suffix, sites } of this.#sites()) {
      const id = name.endsWith(suffix) ? name.slice(0, -suffix.length) : undefined;
      if (id !== undefined && sites.has(id)) return { sites, id };
    }
    return undefined;
  }

  /** The suffix distinguishes sites of the same id. */
  #sites(): { readonly suffix: string; readonly sites: SitesById }[] {
    return [
      { suffix: ".execute-api", sites: this.apis },
      { suffix: ".execute-api", sites: this.restApis },
      { suffix: ".lambda-url", sites: this.functionUrls },
      { suffix: ".s3-website", sites: this.websites },
    ];
  }
}

type SitesById = {
  has(id: string): boolean;
  domains(): ReadonlyMap<string, string>;
  answer(id: string, request: WebRequest): Promise<WebReply>;
};
