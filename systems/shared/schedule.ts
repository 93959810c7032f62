import * as aws from "@pulumi/aws";
import { arnParts } from "../../aws/arn.ts";
import { trustScheduler } from "../../aws/trustPolicies.ts";

/**
 * Invokes a function on a schedule, by a role that allows nothing else.
 *
 * @param rate such as `rate(1 hour)`:
 *   https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#rate-based
 */
export function invokeAtRate(
  name: string,
  rate: string,
  target: aws.lambda.Function,
): aws.scheduler.Schedule {
  const role = new aws.iam.Role(name, {
    description: `lets EventBridge Scheduler invoke ${name}`,
    assumeRolePolicy: target.arn.apply((arn) =>
      JSON.stringify(trustScheduler(arnParts(arn).account)),
    ),
  });
  const policy = new aws.iam.RolePolicy(name, {
    role: role.id,
    policy: target.arn.apply((arn) => JSON.stringify(invokePolicy(arn))),
  });
  return new aws.scheduler.Schedule(
    name,
    {
      scheduleExpression: rate,
      flexibleTimeWindow: { mode: "OFF" },
      target: { arn: target.arn, roleArn: role.arn },
    },
    { dependsOn: [policy] },
  );
}

function invokePolicy(functionArn: string) {
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Invoke", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: functionArn },
    ],
  };
}
