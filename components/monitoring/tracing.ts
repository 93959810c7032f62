import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { type PolicyDocument, policyDocument, type Statement } from "../policyDocument.ts";

/**
 * Lets SNS send traces of the topic to X-Ray; without the policy they are silently lost. An account can
 * have five such policies in a region.
 */
export function createTracingPolicy(
  name: string,
  topic: aws.sns.Topic,
  parent: pulumi.Resource,
): aws.xray.ResourcePolicy {
  return new aws.xray.ResourcePolicy(
    `${name}-tracing`,
    {
      policyName: topic.arn.apply((arn) => `${arnParts(arn).resource}-tracing`),
      policyDocument: pulumi.jsonStringify(topic.arn.apply(topicTraces)),
    },
    { parent },
  );
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-active-tracing.html */
function topicTraces(topicArn: string): PolicyDocument {
  return policyDocument({
    Sid: "TopicTraces",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
    // X-Ray has no resource-level permissions.
    Resource: "*",
    Condition: {
      StringEquals: { "aws:SourceAccount": arnParts(topicArn).account },
      StringLike: { "aws:SourceArn": topicArn },
    },
  });
}

/**
 * Sending a function's traces, in its own region. X-Ray has no resource-level permissions.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export function sendTraces(functionRegion: string): Statement {
  return {
    Sid: "SendTraces",
    Effect: "Allow",
    Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": functionRegion } },
  };
}
