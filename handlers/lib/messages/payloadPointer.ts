import * as v from "valibot";

/** Where S3 has the payload of a message. */
export type PayloadPointer = { readonly bucket: string; readonly key: string };

/**
 * The attribute of a message whose payload is in S3: its size in bytes. AWS's Extended Client Libraries for
 * SNS and SQS set it and look for it.
 * https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
 */
export const payloadSizeAttribute = "ExtendedPayloadSize";

/** The attribute of the libraries' first versions, which publishers in other languages may still set. */
const legacySizeAttribute = "SQSLargePayloadSize";

/** The class of the libraries' pointers. Messages have it as the first of two elements. */
const pointerClass = "software.amazon.payloadoffloading.PayloadS3Pointer";
const legacyPointerClass = "com.amazon.sqs.javamessaging.MessageS3Pointer";

const pointerBody = v.tuple([
  v.picklist([pointerClass, legacyPointerClass]),
  v.object({ s3BucketName: v.string(), s3Key: v.string() }),
]);

/** The body of a message whose payload is in S3, in the form of AWS's Extended Client Libraries. */
export function pointerTo({ bucket, key }: PayloadPointer): string {
  return JSON.stringify([pointerClass, { s3BucketName: bucket, s3Key: key }]);
}

/** The pointer in a message, or undefined if the message holds its payload itself. */
export function payloadPointer(message: {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}): PayloadPointer | undefined {
  const { body, attributes } = message;
  if (!(payloadSizeAttribute in attributes || legacySizeAttribute in attributes)) return undefined;
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), pointerBody), body);
  if (!result.success) return undefined;
  const [, { s3BucketName: bucket, s3Key: key }] = result.output;
  return { bucket, key };
}
