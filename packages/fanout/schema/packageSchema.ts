import path from "node:path";
import { Declarations } from "./declarations.ts";
import type { ComponentSpec, ObjectSpec, PackageSpec, PropertySpec } from "./packageSpec.ts";
import { TypeSpecs } from "./typeSpecs.ts";

const root = path.join(import.meta.dirname, "../../..");
/** Where the types of the arguments are declared. */
const sources = ["components", "aws"].map((folder) => path.join(root, folder));

/**
 * The schema of the components as a package for every language: their arguments in TypeScript with the
 * differences of `differences.ts`, described by their docstrings.
 *
 * https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export function packageSchema(): PackageSpec {
  const declarations = new Declarations(sources);
  const specs = new TypeSpecs(declarations);
  const topic = specs.declared("FanoutTopicArgs");
  const bucket = specs.declared("UploadBucketArgs");
  const types = [...specs.types].map(([name, spec]) => [`fanout:index:${name}`, spec] as const);
  return {
    name: "fanout",
    displayName: "Fanout",
    description: "The fan-out pattern on AWS: SNS to SQS to Lambda, with S3 as a source.",
    license: "Apache-2.0",
    types: Object.fromEntries(types.sort(([a], [b]) => (a < b ? -1 : 1))),
    resources: {
      "fanout:index:FanoutTopic": componentSpec(
        declarations.docsOf("FanoutTopic"),
        topic,
        topicOutputs,
      ),
      "fanout:index:UploadBucket": componentSpec(
        declarations.docsOf("UploadBucket"),
        bucket,
        bucketOutputs,
      ),
    },
    language: {
      csharp: { respectSchemaVersion: true },
      // Go has no input types of plain objects otherwise, and their arguments do not compile.
      go: { generateExtraInputTypes: true, respectSchemaVersion: true },
      nodejs: { respectSchemaVersion: true },
      python: { pyproject: { enabled: true }, respectSchemaVersion: true },
    },
  };
}

type Outputs = Readonly<Record<string, PropertySpec>>;

const textByName = { type: "object", additionalProperties: { type: "string" } } as const;

const topicOutputs: Outputs = {
  topicArn: { type: "string", description: "ARN of the topic." },
  queueUrls: { ...textByName, description: "URLs of the new queues, by consumer." },
  queueArns: { ...textByName, description: "ARNs of the queues, by consumer." },
  deadLetterQueueUrls: {
    ...textByName,
    description: "By consumer, the queues of messages that failed too often.",
  },
  functionNames: { ...textByName, description: "Names of the functions, by consumer." },
  subscriptionArns: { ...textByName, description: "ARNs of the subscriptions, by consumer." },
  unpublishedQueueUrls: {
    ...textByName,
    description:
      "By source with `via: eventBridge`, `eventPattern` or `schedule`, the queues of messages that the topic did not accept.",
  },
  statementsToAdd: {
    type: "array",
    items: { $ref: "pulumi.json#/Any" },
    description:
      "Statements that the owners of existing topics, queues and keys have to add to their policies, each with the ARN of the resource: { resource, statement }.",
  },
};

const bucketOutputs: Outputs = {
  bucketName: { type: "string", description: "Name of the bucket." },
  bucketArn: { type: "string", description: "ARN of the bucket." },
};

function componentSpec(
  description: string,
  { properties, required = [] }: ObjectSpec,
  outputs: Outputs,
): ComponentSpec {
  return {
    isComponent: true,
    description,
    inputProperties: properties,
    ...(required.length > 0 && { requiredInputs: required }),
    properties: outputs,
    required: Object.keys(outputs),
  };
}
