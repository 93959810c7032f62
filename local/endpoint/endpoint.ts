import * as v from "valibot";
import type { Cloud } from "../cloud.ts";
import { get, post, type Route, serveRoute } from "../console/api/route.ts";
import {
  type Endpoint,
  type EndpointHandlers,
  type EndpointOptions,
  serveEndpoint,
} from "../protocol/server.ts";
import { ProviderFrontDoor } from "../provider/server/providerFrontDoor.ts";
import { serveWeb, webPath } from "../web/webServer.ts";
import { countedAsWork, whenReady, whenStorable } from "./guards.ts";
import { servicesOf } from "./services.ts";

type CloudEndpointOptions = CloudHandlerOptions & Pick<EndpointOptions, "port">;

type CloudHandlerOptions = Pick<EndpointHandlers, "console" | "onFailure"> & {
  /** Whether the program has run. Until then only its handlers' calls are served. */
  readonly ready: () => boolean;
  /** Whether the provider rejects what has its effect on AWS only. @default false */
  readonly strict?: boolean;
};

/** Where an endpoint says that it is a local cloud; it answers as soon as it listens. */
export const identityPath = "/_fanout/identity";

type Identity = {
  readonly name: "fanout";
  /** Of every resource. */
  readonly region: string;
};

export type CloudEndpoint = Pick<Endpoint, "url" | "close"> & {
  /** Serves another cloud in place of this one, at the same address. */
  readonly replace: (cloud: Cloud, options: CloudHandlerOptions) => Promise<void>;
};

/** Serves the cloud's services, its sites and the console at one loopback endpoint. */
export async function serveCloud(
  cloud: Cloud,
  options: CloudEndpointOptions,
): Promise<CloudEndpoint> {
  let provider = new ProviderFrontDoor(cloud, options);
  const { port } = options;
  const endpoint = await serveEndpoint({ port, ...handlersOf(cloud, provider, options) });
  return {
    url: endpoint.url,
    replace: async (next, nextOptions) => {
      await provider.close();
      provider = new ProviderFrontDoor(next, nextOptions);
      endpoint.use(handlersOf(next, provider, nextOptions));
    },
    close: async () => {
      await provider.close();
      await endpoint.close();
    },
  };
}

function handlersOf(
  cloud: Cloud,
  provider: ProviderFrontDoor,
  options: CloudHandlerOptions,
): EndpointHandlers {
  const { region, topics } = cloud;
  const routes: Readonly<Record<string, Route>> = {
    "/_fanout/provider": providerRoute(provider),
    [identityPath]: get((): Identity => ({ name: "fanout", region })),
  };
  return {
    certificateAt: (path) =>
      path === topics.signer.certificatePath ? topics.signer.certificate() : undefined,
    ...cloud.authentication,
    sitePath: webPath,
    services: whenReady(
      options.ready,
      whenStorable(cloud.disk, countedAsWork(cloud, servicesOf(cloud))),
    ),
    onFailure: options.onFailure,
    console: (request, response) => {
      const route = routes[request.url ?? ""];
      if (route !== undefined) {
        serveRoute(route, request, response).catch((error: unknown) => {
          options.onFailure(`${request.method} ${request.url} failed`, error);
          response.destroy();
        });
      } else if (!request.url?.startsWith(webPath)) options.console(request, response);
      else void serveWeb(cloud.web, request, response, options.onFailure);
    },
  };
}

/** Where `fanout pulumi` learns the port of the provider for the files of a directory. */
function providerRoute(provider: ProviderFrontDoor): Route {
  const body = v.strictObject({ directory: v.string() });
  return post(body, async ({ directory }) => ({ port: await provider.port(directory) }));
}
