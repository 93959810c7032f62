import { withClientEnvironment } from "../endpoint/clientEnvironment.ts";
import { programCredentials } from "../protocol/authentication/ownerCredentials.ts";

/**
 * The environment of a program and of its dynamic providers: what they call by an SDK is the local cloud, which
 * serves them before it is ready for others.
 */
export class ProgramEnvironment {
  readonly #region: string;
  #endpoint: string | undefined;

  /** @param port of the endpoint; the program can be started before it listens, unless it is 0 */
  constructor({ port, region }: { readonly port: number; readonly region: string }) {
    this.#region = region;
    this.#endpoint = port === 0 ? undefined : `http://127.0.0.1:${port}`;
  }

  /** As soon as the address of the endpoint is known. */
  async when(opening: Promise<{ readonly url: string }>): Promise<NodeJS.ProcessEnv> {
    this.#endpoint ??= (await opening).url;
    return this.now();
  }

  /** @throws Error before the address of the endpoint is known */
  now(): NodeJS.ProcessEnv {
    if (this.#endpoint === undefined) throw new Error("the endpoint has no address yet");
    return withClientEnvironment(process.env, {
      endpoint: this.#endpoint,
      region: this.#region,
      credentials: programCredentials,
    });
  }
}
