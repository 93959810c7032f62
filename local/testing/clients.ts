import { ownerCredentials } from "../protocol/authentication/ownerCredentials.ts";
import type { AwsClient, ClientClass } from "./api/testCloud.ts";

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
    const client = new clientClass({
      ...this.#settings,
      credentials: ownerCredentials,
      forcePathStyle: true,
    });
    this.#clients.set(clientClass, client);
    return client;
  }

  destroy(): void {
    for (const client of this.#clients.values()) client.destroy();
    this.#clients.clear();
  }
}
