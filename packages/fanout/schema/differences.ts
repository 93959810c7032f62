import type * as aws from "@pulumi/aws";
import type { FanoutTopicArgs, QueueConsumerSpec } from "../../../components/index.ts";
import type { ObjectSpec, PropertySpec, TypeSpec } from "./packageSpec.ts";

/*
 * Where the package's arguments differ from those in TypeScript. Other languages cannot pass functions and
 * providers within arguments, and a reference to a resource of `@pulumi/aws` would make every SDK depend on the one
 * of AWS.
 */

type ByField<Type, Value> = { readonly [Name in keyof Type]?: Value };

/** Fields that the package does not have, by the interface that declares them, with the reason. */
export const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  FanoutTopicArgs: {
    transform: "a function of the program, which the provider cannot call",
  } satisfies ByField<FanoutTopicArgs, string>,
  QueueConsumerSpec: {
    account: "requires `provider`",
    provider: "the schema has no type for a provider within arguments",
  } satisfies ByField<QueueConsumerSpec, string>,
};

/** Fields that only the package has, by its type. They are optional, and so is each field beside them. */
export const added: Readonly<Record<string, Readonly<Record<string, PropertySpec>>>> = {
  Handler: {
    functionArn: {
      type: "string",
      description:
        "ARN of an existing function, of any runtime, or of an alias or a version of it; excludes all other fields. Its role receives the permissions that the consumer needs.",
    },
  },
};

const json: TypeSpec = { $ref: "pulumi.json#/Any" };
const text: TypeSpec = { type: "string", plain: true };

/** Types that the package has in place of one in TypeScript, by its name in the source. */
export const substitutes: Readonly<Record<string, TypeSpec>> = {
  EventPattern: { ...json, plain: true },
  Payload: json,
  Encryption: { oneOf: [text, ownType("Encryption")], plain: true },
  FilterPolicy: { ...json, plain: true },
  UploadBucket: { $ref: "#/resources/fanout:index:UploadBucket", plain: true },
  "aws.iam.PolicyStatement": json,
  "aws.types.input.s3.BucketCorsConfigurationCorsRule": ownType("CorsRule"),
};

/** A type in a union that the package says in another way. */
export const elsewhere: Readonly<Record<string, string>> = {
  ExistingFunctionSpec: "`functionArn` of the handler",
  "aws.s3.Bucket": "the name or ARN of the bucket",
};

type CorsRule = aws.types.input.s3.BucketCorsConfigurationCorsRule;

const texts: TypeSpec = { type: "array", items: { type: "string" } };

/** Types that are not generated. */
export const ownTypes: Readonly<Record<string, ObjectSpec>> = {
  Encryption: {
    type: "object",
    description: "An existing KMS key.",
    properties: { keyArn: { type: "string", description: "ARN of the key." } },
    required: ["keyArn"],
  },
  CorsRule: {
    type: "object",
    description: "Which origins may access the bucket from a browser, and how.",
    properties: {
      allowedHeaders: { ...texts, description: "Headers that a request may have." },
      allowedMethods: { ...texts, description: "GET, PUT, HEAD, POST or DELETE." },
      allowedOrigins: { ...texts, description: "Such as https://example.com." },
      exposeHeaders: { ...texts, description: "Headers of the response that scripts may read." },
      id: { type: "string", description: "Up to 255 characters." },
      maxAgeSeconds: { type: "integer", description: "How long a browser keeps the answer." },
    } satisfies Record<keyof CorsRule, PropertySpec>,
    required: ["allowedMethods", "allowedOrigins"],
  },
};

export function ownType(name: string): TypeSpec {
  return { $ref: `#/types/fanout:index:${name}`, plain: true };
}
