import { ownerCredentials } from "../protocol/authentication/ownerCredentials.ts";

export type ClientSettings = {
  readonly endpoint: string;
  readonly region: string;
  /** @default those of the account's owner */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** What SDKs, the AWS CLI and Terraform read from the environment. */
export function clientEnvironment({
  endpoint,
  region,
  credentials = ownerCredentials,
}: ClientSettings): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // One that is left from other credentials would make these invalid.
    AWS_SESSION_TOKEN: "",
  };
}

/**
 * For programs that call AWS themselves: they reach the local cloud, and no account of the user's.
 *
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function withClientEnvironment(
  environment: NodeJS.ProcessEnv,
  settings: ClientSettings,
): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !leadsElsewhere.test(name));
  return { ...Object.fromEntries(others), ...clientEnvironment(settings) };
}

/** Variables that SDKs prefer to those of `clientEnvironment`. */
const leadsElsewhere =
  /^AWS_(PROFILE|DEFAULT_PROFILE|ENDPOINT_URL_\w+|IGNORE_CONFIGURED_ENDPOINT_URLS)$/;
