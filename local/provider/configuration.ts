import { account } from "../arn.ts";
import { configurationDiff, detailedDiff } from "../pulumi/configurationDiff.ts";
import { type Diff, ProviderError } from "../pulumi/provider.ts";
import {
  isList,
  isMap,
  type PropertyMap,
  type PropertyValue,
} from "../pulumi/values/propertyValue.ts";

/** The configuration of one provider resource. */
export type Configuration = {
  readonly region?: string | undefined;
  readonly defaultTags: Readonly<Record<string, PropertyValue>>;
};

/** Accepted, and of no meaning where there is nothing to sign in to. */
const meaningless = new Set([
  "accessKey",
  "assumeRoles",
  "customCaBundle",
  "ec2MetadataServiceEndpoint",
  "ec2MetadataServiceEndpointMode",
  "endpoints",
  "httpProxy",
  "httpsProxy",
  "insecure",
  "maxRetries",
  "noProxy",
  "profile",
  "retryMode",
  "s3UsEast1RegionalEndpoint",
  "s3UsePathStyle",
  "secretKey",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "skipRequestingAccountId",
  "stsRegion",
  "token",
  "tokenBucketRateLimiterCapacity",
  "useDualstackEndpoint",
  "useFipsEndpoint",
  "userAgents",
  "version",
  "pluginDownloadURL",
]);

const known = new Set(["allowedAccountIds", "defaultTags", "forbiddenAccountIds", "region"]);

/**
 * Reads a provider's configuration. Engines send what is no text as JSON.
 *
 * @param cloudRegion the one region that the cloud has
 * @throws ProviderError for a setting that would change what happens, and that the local cloud cannot serve
 */
export function readConfiguration(given: PropertyMap, cloudRegion: string): Configuration {
  for (const [name, value] of Object.entries(given)) {
    if (isNothing(value) || name.startsWith("__")) continue;
    if (known.has(name) || meaningless.has(name)) continue;
    throw new ProviderError(
      `the local cloud does not support the provider's setting "${name}": remove it where the program runs locally`,
    );
  }
  checkAccounts(given);
  const { region } = given;
  if (typeof region === "string" && region !== "" && region !== cloudRegion) {
    throw new ProviderError(
      `region: the local cloud has one region, ${cloudRegion}, and the provider asks for ${region}: use ${cloudRegion}, or start the local cloud with another stack's aws:region`,
    );
  }
  return { region: cloudRegion, defaultTags: defaultTagsOf(parsed(given.defaultTags)) };
}

/**
 * What a change of a provider's configuration means, as in the AWS provider: in another region, all its
 * resources are others. A state without a region comes from an engine that did not keep it
 * (https://github.com/pulumi/pulumi-aws/issues/3826).
 */
export function diffConfiguration(before: PropertyMap, after: PropertyMap): Diff {
  const detailed = detailedDiff(before, after);
  if (before.region === undefined || detailed.region === undefined)
    return configurationDiff(detailed);
  return configurationDiff({ ...detailed, region: `${detailed.region}-replace` });
}

function checkAccounts(given: PropertyMap): void {
  const allowed = parsed(given.allowedAccountIds);
  const forbidden = parsed(given.forbiddenAccountIds);
  const isOutside = isList(allowed) && allowed.length > 0 && !allowed.includes(account);
  if (isOutside || (isList(forbidden) && forbidden.includes(account))) {
    throw new ProviderError(
      `AWS account ID not allowed: ${account}, the account of the local cloud. Leave allowedAccountIds and forbiddenAccountIds to the stacks that are deployed to AWS`,
    );
  }
}

function defaultTagsOf(value: PropertyValue): Readonly<Record<string, PropertyValue>> {
  if (!isMap(value)) return {};
  const { tags } = value;
  return isMap(tags) ? tags : {};
}

function parsed(value: PropertyValue | undefined): PropertyValue {
  if (value === undefined) return null;
  if (typeof value !== "string") return value;
  return value === "" ? null : JSON.parse(value);
}

function isNothing(value: PropertyValue): boolean {
  return value === null || value === "" || value === "[]" || value === "{}";
}
