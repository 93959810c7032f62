import type { Input } from "@pulumi/pulumi";
import { regionPattern } from "../../aws/regions.ts";
import { show } from "./problem.ts";
import { known } from "./rule.ts";

/** The format of an identifier in AWS. */
export type AddressForm = { readonly what: string; readonly pattern: RegExp };

/** Formats of endpoints, by protocol. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const addresses = {
  sqs: {
    what: "the ARN of a queue",
    pattern: /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/,
  },
  lambda: {
    what: "the ARN of a function",
    pattern: /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
  },
  firehose: {
    what: "the ARN of a delivery stream",
    pattern: /^arn:[\w-]+:firehose:[\w-]+:\d{12}:deliverystream\/[\w.-]+$/,
  },
  email: { what: "an e-mail address", pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/ },
  sms: {
    what: 'a phone number in E.164 form, such as "+4915112345678"',
    pattern: /^\+[1-9]\d{6,14}$/,
  },
  https: {
    what: "an https URL (http for 127.0.0.1, in a local run)",
    // The characters that RFC 3986 allows; others have to be percent-encoded.
    pattern:
      /^(https:\/\/[\w.~:@!$&'()*+,;=%[\]-]+|http:\/\/(127\.0\.0\.1|localhost)(:\d+)?)([/?][\w.~:/?#@!$&'()*+,;=%[\]-]*)?$/,
  },
} as const satisfies Record<string, AddressForm>;

export const topicArn: AddressForm = {
  what: "the ARN of a topic",
  pattern: /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/,
};

export const region: AddressForm = {
  what: `a region's name, such as "eu-west-1"`,
  pattern: regionPattern,
};

export const accountId: AddressForm = { what: "12 digits", pattern: /^\d{12}$/ };

export const organizationId: AddressForm = {
  what: `an organization's id, such as "o-a1b2c3d4e5"`,
  pattern: /^o-[a-z0-9]{10,32}$/,
};

/** `endpoint must be the ARN of a queue (given "x")`; undefined if it is one, or if it is an Output. */
export function formProblem(
  field: string,
  { what, pattern }: AddressForm,
  value: Input<string> | undefined,
): string | undefined {
  const given = known(value);
  return given === undefined || pattern.test(given)
    ? undefined
    : `${field} must be ${what} (given ${show(given)})`;
}
