import * as v from "valibot";
import { archiveFiles } from "../../provider/archiveFiles.ts";
import {
  optionalFlag,
  optionalNumber,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

export const lambda: Readonly<Record<string, ResourceType>> = {
  "aws:lambda/function:Function": resourceType(
    {
      name: optionalText,
      description: optionalText,
      runtime: v.string(),
      architectures: v.optional(v.array(v.string())),
      handler: v.string(),
      code: v.unknown(),
      role: v.string(),
      memorySize: optionalNumber,
      timeout: optionalNumber,
      reservedConcurrentExecutions: optionalNumber,
      environment: v.optional(v.strictObject({ variables: v.record(v.string(), v.string()) })),
      loggingConfig: v.optional(v.record(v.string(), v.string())),
      tracingConfig: v.optional(v.record(v.string(), v.string())),
      region: optionalText,
      tags,
    },
    async (cloud, logicalName, inputs) => {
      const name = inputs.name ?? logicalName;
      const { arn } = cloud.functions.create({
        name,
        runtime: inputs.runtime,
        handler: inputs.handler,
        files: await archiveFiles(inputs.code),
        roleArn: inputs.role,
        memoryMb: inputs.memorySize,
        timeoutSeconds: inputs.timeout,
        reservedConcurrency: inputs.reservedConcurrentExecutions,
        environment: inputs.environment?.variables,
      });
      return { id: name, outputs: { name, arn } };
    },
  ),

  "aws:lambda/eventSourceMapping:EventSourceMapping": resourceType(
    {
      eventSourceArn: v.string(),
      functionName: v.string(),
      batchSize: optionalNumber,
      maximumBatchingWindowInSeconds: optionalNumber,
      functionResponseTypes: v.optional(v.array(v.string()), []),
      scalingConfig: v.optional(v.strictObject({ maximumConcurrency: v.number() })),
      provisionedPollerConfig: v.optional(
        v.strictObject({ minimumPollers: optionalNumber, maximumPollers: optionalNumber }),
      ),
      enabled: optionalFlag,
      region: optionalText,
      tags,
    },
    (cloud, _name, inputs) => {
      const pollers = inputs.provisionedPollerConfig;
      const { uuid, arn } = cloud.mappings.create({
        queueArn: inputs.eventSourceArn,
        functionArn: cloud.functions.get(inputs.functionName).arn,
        batchSize: inputs.batchSize,
        windowSeconds: inputs.maximumBatchingWindowInSeconds,
        reportBatchItemFailures: inputs.functionResponseTypes.includes("ReportBatchItemFailures"),
        maximumConcurrency: inputs.scalingConfig?.maximumConcurrency,
        provisionedPollers: pollers && {
          minimum: pollers.minimumPollers,
          maximum: pollers.maximumPollers,
        },
        enabled: inputs.enabled,
      });
      return { id: uuid, outputs: { uuid, arn } };
    },
  ),

  "aws:lambda/permission:Permission": resourceType(
    {
      action: v.string(),
      function: v.string(),
      principal: v.string(),
      sourceArn: optionalText,
      sourceAccount: optionalText,
      statementId: optionalText,
      region: optionalText,
    },
    (cloud, logicalName, inputs) => {
      const { function: functionName, action, principal, sourceArn, sourceAccount } = inputs;
      const statementId = inputs.statementId ?? logicalName;
      const { arn } = cloud.functions.get(functionName);
      cloud.functions.addPermission(arn, {
        statementId,
        action,
        principal,
        sourceArn,
        sourceAccount,
      });
      return { id: statementId, outputs: { statementId } };
    },
  ),

  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": resourceType(
    {
      functionName: v.string(),
      maximumRetryAttempts: optionalNumber,
      maximumEventAgeInSeconds: optionalNumber,
      destinationConfig: v.optional(
        v.strictObject({
          onFailure: v.optional(v.strictObject({ destination: v.string() })),
          onSuccess: v.optional(v.strictObject({ destination: v.string() })),
        }),
      ),
      region: optionalText,
    },
    (cloud, _name, inputs) => {
      const { arn } = cloud.functions.get(inputs.functionName);
      cloud.functions.setAsynchronousSettings(arn, {
        maximumRetryAttempts: inputs.maximumRetryAttempts,
        maximumEventAgeSeconds: inputs.maximumEventAgeInSeconds,
        onFailureArn: inputs.destinationConfig?.onFailure?.destination,
        onSuccessArn: inputs.destinationConfig?.onSuccess?.destination,
      });
      return { id: inputs.functionName };
    },
  ),
};
