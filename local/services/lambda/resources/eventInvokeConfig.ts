import type { Cloud } from "../../../cloud.ts";
import { range } from "../../../provider/declaration/checks.ts";
import {
  number,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { qualified } from "../functionArn.ts";

const destination = object({ destination: text(required) });

const inputs = {
  destinationConfig: object({ onFailure: destination, onSuccess: destination }),
  functionName: text(requiredReplaces),
  maximumEventAgeInSeconds: number({ check: range(60, 21_600) }),
  maximumRetryAttempts: number({ default: 2, check: range(0, 2) }),
  qualifier: text(replaces),
  region,
};

export const eventInvokeConfig = resourceType({
  type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  inputs,
  transient: true,
  create: (cloud, given) => {
    set(cloud, given);
    return qualified(given.functionName, given.qualifier);
  },
  update: (cloud, _id, given) => set(cloud, given),
  delete: ({ functions }, name) => {
    if (functions.find(name)) functions.setAsynchronousSettings(name, {});
  },
});

function set({ functions }: Cloud, given: Values<typeof inputs>): void {
  const { arn } = functions.get(qualified(given.functionName, given.qualifier));
  functions.setAsynchronousSettings(arn, {
    maximumRetryAttempts: given.maximumRetryAttempts,
    maximumEventAgeSeconds: given.maximumEventAgeInSeconds,
    onFailureArn: given.destinationConfig?.onFailure?.destination,
    onSuccessArn: given.destinationConfig?.onSuccess?.destination,
  });
}
