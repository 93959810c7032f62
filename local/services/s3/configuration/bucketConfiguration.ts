import type * as v from "valibot";
import type { Bucket } from "../bucket.ts";
import type { DocumentKind } from "./bucketDocuments.ts";
import type { DocumentContent } from "./documentSchema.ts";

/** What a configuration may be checked against. */
type ConfigurationContext = {
  readonly bucket: Bucket;
  readonly region: string;
  readonly find: (bucket: string) => Bucket | undefined;
};

/** A configuration of buckets that is put, read and deleted as one XML document. */
export type BucketConfiguration<T extends DocumentContent> = DocumentKind<T> & {
  /** As in the names of the operations, for example `BucketCors`. */
  readonly name: string;
  /** The action that reads it, without `s3:Get`; the one that writes it is the same with `s3:Put`. */
  readonly action: string;
  /** The document's element. */
  readonly root: string;
  readonly schema: v.GenericSchema<unknown, T>;
  /**
   * Whether the bucket may have one at all.
   * @throws S3Error
   */
  readonly checkBucket?: (bucket: Bucket) => void;
  /**
   * Further rules.
   * @throws S3Error
   */
  readonly check?: (document: T, context: ConfigurationContext) => void;
  /** The error of a bucket without one. @default it has an empty one */
  readonly missing?: { readonly code: string; readonly message: string };
  /** Whether it can be deleted. @default true */
  readonly deletable?: boolean;
  /** What a header says besides the document. @default nothing */
  readonly header?: ConfigurationHeader;
};

export type ConfigurationHeader = DocumentKind<string> & {
  readonly name: string;
  /** Where the header is missing. */
  readonly standard: string;
  /** @throws S3Error */
  readonly check: (value: string) => void;
};

export type IdentifiedDocument = DocumentContent & { readonly Id: string };

/** One of several configurations of a kind, each with an id. */
export type IdentifiedConfiguration<T extends IdentifiedDocument> = Pick<
  BucketConfiguration<T>,
  "parameter" | "initial" | "name" | "action" | "root" | "schema"
> & {
  /** The element of a list of them. */
  readonly listRoot: string;
  /** @throws S3Error */
  readonly check: (document: T, id: string) => void;
};
