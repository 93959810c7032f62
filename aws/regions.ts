/**
 * AWS's regions by partition, as of 21 November 2026. Regions that are not listed may exist: rules warn
 * about them and do not reject them.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export const regionsAsOf = "2026-11-21";

type RegionsOfPartition = {
  /** Enabled in every account of the partition. */
  readonly enabled: readonly string[];
  /** Enabled by the account's owner: in `aws`, every region from after 20 March 2019. */
  readonly optIn: readonly string[];
};

export const partitions: Readonly<Record<string, RegionsOfPartition>> = {
  aws: {
    enabled: [
      ...["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1"],
      ...["ap-southeast-2", "ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2"],
      ...["eu-west-3", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2"],
    ],
    optIn: [
      ...["af-south-1", "ap-east-1", "ap-east-2", "ap-south-2", "ap-southeast-3"],
      ...["ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1"],
      ...["eu-central-2", "eu-south-1", "eu-south-2", "il-central-1", "me-central-1"],
      ...["me-south-1", "mx-central-1"],
    ],
  },
  "aws-cn": { enabled: ["cn-north-1", "cn-northwest-1"], optIn: [] },
  "aws-eusc": { enabled: ["eusc-de-east-1"], optIn: [] },
  "aws-us-gov": { enabled: ["us-gov-east-1", "us-gov-west-1"], optIn: [] },
  "aws-iso": { enabled: ["us-iso-east-1", "us-iso-west-1"], optIn: [] },
  "aws-iso-b": { enabled: ["us-isob-east-1", "us-isob-west-1"], optIn: [] },
  "aws-iso-e": { enabled: ["eu-isoe-west-1"], optIn: [] },
  "aws-iso-f": { enabled: ["us-isof-east-1", "us-isof-south-1"], optIn: [] },
};

export const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** How the names of regions begin outside of the partition `aws`. */
const prefixes: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["eusc-", "aws-eusc"],
  ["us-gov-", "aws-us-gov"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
];

/** Every listed region. */
export const knownRegions: readonly string[] = Object.values(partitions).flatMap(
  ({ enabled, optIn }) => [...enabled, ...optIn],
);

/** The partition of a region, for example `aws-cn`; of a region that is not listed, by its prefix. */
export function partitionOf(region: string): string {
  return prefixes.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

/** Whether accounts have to enable a region. A region of `aws` that is not listed is newer than the list. */
export function isOptInRegion(region: string): boolean {
  return partitionOf(region) === "aws" && !partitions.aws?.enabled.includes(region);
}
