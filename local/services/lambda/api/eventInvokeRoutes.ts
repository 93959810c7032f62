import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Functions } from "../functions.ts";
import type { LambdaFunction } from "../lambdaFunction.ts";
import { jsonReply, type Route, refuseUnlessAllowed } from "./route.ts";

type Options = { readonly functions: Functions; readonly authorize: Authorize };

/** The operation that shows a function's settings for asynchronous invocation. */
export function eventInvokeRoutes({ functions, authorize }: Options): Route[] {
  return [
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
