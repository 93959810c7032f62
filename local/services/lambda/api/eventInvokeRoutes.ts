import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import type { AsynchronousSettings } from "../definition.ts";
import { withQualifier } from "../functionArn.ts";
import type { LambdaFunction } from "../lambdaFunction.ts";
import { type FindOptions, findFunction } from "./findFunction.ts";
import { requestBody } from "./requestBody.ts";
import { jsonReply, type Route } from "./route.ts";

const settingsInput = v.strictObject({
  DestinationConfig: v.optional(
    v.strictObject({
      OnSuccess: v.optional(v.strictObject({ Destination: v.optional(v.string()) })),
      OnFailure: v.optional(v.strictObject({ Destination: v.optional(v.string()) })),
    }),
  ),
  MaximumEventAgeInSeconds: v.optional(v.number()),
  MaximumRetryAttempts: v.optional(v.number()),
});

/** The operations on a function's settings for asynchronous invocation. */
export function eventInvokeRoutes(options: FindOptions): Route[] {
  const { functions } = options;
  return [
    {
      method: "PUT",
      path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
      answer(call, name) {
        const { arn } = findFunction(options, call, "PutFunctionEventInvokeConfig", name);
        const given = requestBody(settingsInput, call, "PutFunctionEventInvokeConfig");
        functions.setAsynchronousSettings(arn, settingsOf(given));
        return jsonReply(200, eventInvokeConfig(functions.get(arn)));
      },
    },
    {
      method: "DELETE",
      path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
      answer(call, name) {
        const found = findFunction(options, call, "DeleteFunctionEventInvokeConfig", name);
        eventInvokeConfig(found);
        functions.setAsynchronousSettings(found.arn, {});
        return { status: 204, headers: {}, body: "" };
      },
    },
    {
      method: "GET",
      path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
      answer(call, name) {
        const found = findFunction(options, call, "GetFunctionEventInvokeConfig", name);
        return jsonReply(200, eventInvokeConfig(found));
      },
    },
  ];
}

function settingsOf(given: v.InferOutput<typeof settingsInput>): AsynchronousSettings {
  const { DestinationConfig: destinations } = given;
  const onSuccessArn = destinations?.OnSuccess?.Destination;
  const onFailureArn = destinations?.OnFailure?.Destination;
  return {
    ...(given.MaximumRetryAttempts !== undefined && {
      maximumRetryAttempts: given.MaximumRetryAttempts,
    }),
    ...(given.MaximumEventAgeInSeconds !== undefined && {
      maximumEventAgeSeconds: given.MaximumEventAgeInSeconds,
    }),
    ...(onSuccessArn !== undefined && { onSuccessArn }),
    ...(onFailureArn !== undefined && { onFailureArn }),
  };
}

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html
 *
 * @throws AwsError `ResourceNotFoundException` for a function without settings
 */
function eventInvokeConfig({ arn, asynchronous, lastModified }: LambdaFunction): object {
  const target = withQualifier(arn);
  if (Object.values(asynchronous).every((value) => value === undefined)) {
    throw new AwsError(
      "ResourceNotFoundException",
      `The function ${target} doesn't have an EventInvokeConfig`,
      { status: 404 },
    );
  }
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccessArn, onFailureArn } = asynchronous;
  return {
    LastModified: lastModified / 1000,
    FunctionArn: target,
    MaximumRetryAttempts: maximumRetryAttempts,
    MaximumEventAgeInSeconds: maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: { Destination: onSuccessArn },
      OnFailure: { Destination: onFailureArn },
    },
  };
}
