import { ownerCredentials } from "../protocol/authentication/ownerCredentials.ts";

/** What SDKs, the AWS CLI and Terraform read from the environment. */
export function clientEnvironment(settings: {
  readonly endpoint: string;
  readonly region: string;
}): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: settings.endpoint,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_ACCESS_KEY_ID: ownerCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ownerCredentials.secretAccessKey,
    // One that is left from other credentials would make these invalid.
    AWS_SESSION_TOKEN: "",
  };
}
