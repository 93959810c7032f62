import type { DocumentKind } from "../configuration/bucketDocuments.ts";
import type { Tag } from "./tag.ts";

/** The tags that the API gave to a bucket. Those of a program's resources are Pulumi's. */
export const bucketTagging: DocumentKind<readonly Tag[]> = { parameter: "tagging" };
