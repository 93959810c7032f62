import type { AwsClient, ClientClass } from "./api/testCloud.ts";

/** Accepted by the local cloud, as any other credentials. */
const credentials = { accessKeyId: "local", secretAccessKey: "local" } as const;

/** The clients of a test, one for each class. */
export class Clients {
  readonly #settings: { readonly endpoint: string; readonly region: string };
  readonly #clients = new Map<ClientClass<AwsClient>, AwsClient>();

  constructor(settings: { readonly endpoint: string; readonly region: string }) {
    this.#settings = settings;
  }

  get<Client extends AwsClient>(clientClass: ClientClass<Client>): Client {
    const known = this.#clients.get(clientClass);
    if (known instanceof clientClass) return known;
    const client = new clientClass({ ...this.#settings, credentials, forcePathStyle: true });
    this.#clients.set(clientClass, client);
    return client;
  }

  destroy(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
  }
}

/** What SDKs, the AWS CLI and Terraform read from the environment. */
export function clientEnvironment(settings: {
  readonly endpoint: string;
  readonly region: string;
}): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: settings.endpoint,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}
