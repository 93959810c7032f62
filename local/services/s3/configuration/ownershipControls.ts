import type * as v from "valibot";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import { choice, element, one, several } from "./documentSchema.ts";

export const ownerships = ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"] as const;
export type Ownership = (typeof ownerships)[number];

const schema = element({
  Rule: several(element({ ObjectOwnership: one(choice(...ownerships)) }), 1),
});

type OwnershipControls = v.InferOutput<typeof schema>;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
export const ownershipControls: BucketConfiguration<OwnershipControls> = {
  parameter: "ownershipControls",
  name: "BucketOwnershipControls",
  action: "BucketOwnershipControls",
  root: "OwnershipControls",
  schema,
  initial: ownedBy("BucketOwnerEnforced"),
  missing: {
    code: "OwnershipControlsNotFoundError",
    message: "The bucket ownership controls were not found",
  },
};

export function ownedBy(ownership: Ownership): OwnershipControls {
  return { Rule: [{ ObjectOwnership: ownership }] };
}
