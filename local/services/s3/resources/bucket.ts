import type { Cloud } from "../../../cloud.ts";
import { oneOf } from "../../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  json,
  listed,
  object,
  region,
  tags,
  text,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import type { PropertyMap } from "../../../pulumi/values/propertyValue.ts";
import { bucketLists } from "../accessLists/accessList.ts";
import { byOwner } from "../requester.ts";
import { websiteDomain } from "../website/websites.ts";
import { corsInput, setCors } from "./bucketCors.ts";
import { setWebsite, websiteInput } from "./bucketWebsite.ts";

const onAws = { computed: true } as const;

export const bucket = resourceType({
  type: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  inputs: {
    acl: listed(
      text({ ...onAws, check: oneOf(...bucketLists) }),
      "a new bucket takes no access control list: BucketAcl and those of objects count",
    ),
    bucket: text({ replaces: true, conflicts: ["bucketPrefix"] }),
    bucketPrefix: text({ replaces: true }),
    corsRules: corsInput,
    forceDestroy: flag({ default: false }),
    lifecycleRules: listed(anything(onAws), "objects expire on AWS only"),
    logging: listed(anything(onAws), "access is logged on AWS only"),
    policy: json({ computed: true }),
    region,
    requestPayer: listed(text(onAws), "local requests cost nothing"),
    serverSideEncryptionConfiguration: listed(anything(onAws), "objects are encrypted on AWS only"),
    tags,
    versioning: object({ enabled: flag(), mfaDelete: flag(onAws) }, { computed: true }),
    website: websiteInput,
  },
  name: {
    input: "bucket",
    maximum: 63,
    prefixInput: "bucketPrefix",
    transform: (name) => name.toLowerCase(),
  },
  computed: [
    "arn",
    "bucketDomainName",
    "bucketRegionalDomainName",
    "hostedZoneId",
    "websiteDomain",
    "websiteEndpoint",
  ],
  create: (cloud, { bucket: name = "", corsRules, policy, versioning, website }) => {
    const { buckets } = cloud;
    buckets.create(name);
    if (policy !== undefined) buckets.setPolicy(name, policy);
    if (versioning?.enabled) buckets.setVersioning(name, "Enabled");
    if (website !== undefined) setWebsite(cloud, name, { website });
    if (corsRules !== undefined) setCors(cloud, name, corsRules);
    return name;
  },
  update: (cloud, name, { corsRules, policy, versioning, website }, { before }) => {
    const { buckets } = cloud;
    if (policy !== before.policy) buckets.setPolicy(name, policy);
    if (versioning?.enabled) buckets.setVersioning(name, "Enabled");
    else if (before.versioning?.enabled) buckets.setVersioning(name, "Suspended");
    if (website !== undefined || before.website !== undefined) {
      setWebsite(cloud, name, { website });
    }
    if (corsRules !== undefined || before.corsRules !== undefined) {
      setCors(cloud, name, corsRules ?? []);
    }
  },
  delete: (cloud, name, { forceDestroy }) => {
    if (cloud.buckets.find(name) === undefined) return;
    if (forceDestroy) removeObjects(cloud, name);
    cloud.buckets.delete(name);
    setWebsite(cloud, name, { website: undefined });
  },
  read: (cloud, name) => (cloud.buckets.find(name) ? describe(cloud, name) : undefined),
  holds: ({ buckets }, name) => {
    if (buckets.find(name) === undefined) return undefined;
    const { entries } = buckets.objects.list({ bucket: name, limit: 1, versions: true });
    return entries.length > 0 ? `bucket ${name}, with objects` : undefined;
  },
});

/** Empties a bucket, versions and delete markers included. */
function removeObjects({ buckets: { objects } }: Cloud, bucket: string): void {
  for (;;) {
    const { entries } = objects.list({ bucket, limit: 1000, versions: true });
    const versions = entries.flatMap((entry) => ("object" in entry ? [entry.object] : []));
    if (versions.length === 0) return;
    for (const { key, versionId } of versions) {
      objects.delete({ bucket, key, versionId }, byOwner());
    }
  }
}

function describe({ buckets, region: own }: Cloud, name: string): PropertyMap {
  const { arn, versioning } = buckets.get(name);
  const policy = buckets.policy(arn);
  const website = websiteDomain(own);
  return {
    arn,
    bucket: name,
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${name}.s3.${own}.amazonaws.com`,
    hostedZoneId: "Z1BKCTXD74EZPE",
    versioning: { enabled: versioning === "Enabled", mfaDelete: false },
    websiteDomain: website,
    websiteEndpoint: `${name}.${website}`,
    ...(policy !== undefined && { policy }),
  };
}
