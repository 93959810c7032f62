import { logGroupName } from "../environments/variables.ts";
import { qualifierOf } from "../functionArn.ts";
import type { LambdaFunction } from "../lambdaFunction.ts";
import { lambdaTime } from "../lambdaTime.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html */
export function functionConfiguration(found: LambdaFunction): object {
  const { name, arn, version, code, deadLetterTargetArn, layers, imageUri } = found;
  return {
    FunctionName: name,
    FunctionArn: arn,
    ...(imageUri === undefined && { Runtime: version.runtime, Handler: version.handler }),
    Role: version.roleArn,
    CodeSize: code.size,
    Description: found.description,
    Timeout: version.timeoutSeconds,
    MemorySize: version.memoryMb,
    LastModified: lambdaTime(found.lastModified),
    CodeSha256: code.sha256,
    Version: qualifierOf(version.functionArn),
    ...(deadLetterTargetArn ? { DeadLetterConfig: { TargetArn: deadLetterTargetArn } } : {}),
    ...(layers.length > 0 ? { Layers: layers.map((Arn) => ({ Arn })) } : {}),
    Environment: { Variables: version.environment },
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: imageUri === undefined ? "Zip" : "Image",
    LoggingConfig: { LogFormat: "Text", LogGroup: logGroupName(name) },
  };
}
