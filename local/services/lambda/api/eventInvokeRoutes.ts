import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { AsynchronousSettings } from "../definition.ts";
import type { Functions } from "../functions.ts";
import type { LambdaFunction } from "../lambdaFunction.ts";
import { requestBody } from "./requestBody.ts";
import { jsonReply, type Route, refuseUnlessAllowed } from "./route.ts";

type Options = { readonly functions: Functions; readonly authorize: Authorize };

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
export function eventInvokeRoutes({ functions, authorize }: Options): Route[] {
  return [
    {
      method: "PUT",
      path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
      answer(call, name) {
        const { arn } = functions.get(name);
        refuseUnlessAllowed(authorize, call, "lambda:PutFunctionEventInvokeConfig", arn);
        const given = requestBody(settingsInput, call, "PutFunctionEventInvokeConfig");
        functions.setAsynchronousSettings(arn, settingsOf(given));
        return jsonReply(200, eventInvokeConfig(functions.get(arn)));
      },
    },
    {
      method: "DELETE",
      path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
      answer(call, name) {
        const found = functions.get(name);
        refuseUnlessAllowed(authorize, call, "lambda:DeleteFunctionEventInvokeConfig", found.arn);
        eventInvokeConfig(found);
        functions.setAsynchronousSettings(found.arn, {});
        return { status: 204, headers: {}, body: "" };
      },
    },
    {
      method: "GET",
      path: "/2019-09-25/functions/{FunctionName}/event-invoke-config",
      answer(call, name) {
        const found = functions.get(name);
        refuseUnlessAllowed(authorize, call, "lambda:GetFunctionEventInvokeConfig", found.arn);
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
  if (Object.values(asynchronous).every((value) => value === undefined)) {
    throw new AwsError(
      "ResourceNotFoundException",
      `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`,
      { status: 404 },
    );
  }
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccessArn, onFailureArn } = asynchronous;
  return {
    LastModified: lastModified / 1000,
    FunctionArn: `${arn}:$LATEST`,
    MaximumRetryAttempts: maximumRetryAttempts,
    MaximumEventAgeInSeconds: maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: { Destination: onSuccessArn },
      OnFailure: { Destination: onFailureArn },
    },
  };
}
