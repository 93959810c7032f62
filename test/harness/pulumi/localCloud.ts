import { Cloud } from "../../../local/cloud.ts";
import { serveCloud } from "../../../local/endpoint/endpoint.ts";
import { SystemClock } from "../../../local/time/systemClock.ts";

/** A local cloud that serves its AWS provider to the real engine. */
export type ServedCloud = AsyncDisposable & {
  readonly cloud: Cloud;
  readonly url: string;
  /**
   * Makes the engine attach to the cloud's provider.
   *
   * @param directory what paths of the program's files start from
   */
  variables(directory: string): Promise<NodeJS.ProcessEnv>;
  /** The port of the cloud's provider for a program in this directory. */
  providerPort(directory: string): Promise<number>;
};

export async function serveLocalCloud(region: string): Promise<ServedCloud> {
  let url = "";
  const cloud = new Cloud({
    region,
    clock: (activity, earliest) => new SystemClock(activity, 1, earliest),
    endpoint: () => url,
  });
  const endpoint = await serveCloud(cloud, {
    port: 0,
    ready: () => true,
    console: (_request, response) => response.writeHead(404).end(),
    onFailure: (message, error) => console.error(message, error),
  });
  url = endpoint.url;
  const providerPort = async (directory: string) => {
    const response = await fetch(new URL("/_fanout/provider", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ directory }),
    });
    const { port }: { port: number } = JSON.parse(await response.text());
    return port;
  };
  return {
    cloud,
    url,
    providerPort,
    variables: async (directory) => ({
      PULUMI_DEBUG_PROVIDERS: `aws:${await providerPort(directory)}`,
    }),
    [Symbol.asyncDispose]: async () => {
      await endpoint.close();
      await cloud.close();
    },
  };
}
