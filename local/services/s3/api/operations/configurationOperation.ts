import type { S3Operation } from "../operation.ts";
import { onBucket } from "../permissions.ts";

type Named = { readonly parameter: string; readonly action: string };

/** What operations have in common that read a configuration. */
export function reading({ parameter, action }: Named) {
  return {
    method: "GET",
    of: "bucket",
    selectedBy: [parameter],
    permissions: (request) => [onBucket(`s3:Get${action}`, request)],
  } satisfies Partial<S3Operation>;
}

/** The same of those that put or delete one. */
export function writing({ parameter, action }: Named) {
  return {
    of: "bucket",
    selectedBy: [parameter],
    permissions: (request) => [onBucket(`s3:Put${action}`, request)],
  } satisfies Partial<S3Operation>;
}
