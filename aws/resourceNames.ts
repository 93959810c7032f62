import { functionLimits, queueLimits, roleNameLength, topicLimits } from "./limits.ts";

/**
 * Why AWS rejects the name of a queue, or undefined if it does not.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export function queueNameProblem(name: string, fifo: boolean): string | undefined {
  return messagingNameProblem("queue", name, fifo, queueLimits.nameLength);
}

/**
 * Why AWS rejects the name of a topic, or undefined if it does not.
 * https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export function topicNameProblem(name: string, fifo: boolean): string | undefined {
  return messagingNameProblem("topic", name, fifo, topicLimits.nameLength);
}

function messagingNameProblem(
  what: "queue" | "topic",
  name: string,
  fifo: boolean,
  longest: number,
): string | undefined {
  if (name.endsWith(".fifo") !== fifo) {
    return fifo
      ? `the name "${name}" of a FIFO ${what} has to end with .fifo`
      : `the name "${name}" ends with .fifo, but the ${what} is not FIFO`;
  }
  if (!/^[A-Za-z0-9_-]+(\.fifo)?$/.test(name)) {
    return `the name "${name}" of a ${what} may have only letters, digits, - and _`;
  }
  return name.length > longest
    ? `the ${what} "${name}" would have a name of ${name.length} characters; AWS allows ${longest}`
    : undefined;
}

/**
 * Why Lambda rejects the name of a function, or undefined if it does not.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export function functionNameProblem(name: string): string | undefined {
  return patternProblem("function", name, /^[A-Za-z0-9_-]+$/, "letters, digits, - and _", {
    longest: functionLimits.nameLength,
  });
}

/**
 * Why IAM rejects the name of a role, or undefined if it does not.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function roleNameProblem(name: string): string | undefined {
  return patternProblem("role", name, /^[\w+=,.@-]+$/, "letters, digits and _+=,.@-", {
    longest: roleNameLength,
  });
}

/**
 * Why CloudWatch rejects the name of a log group, or undefined if it does not.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export function logGroupNameProblem(name: string): string | undefined {
  return patternProblem("log group", name, /^[\w./#-]+$/, "letters, digits and _./#-", {
    longest: 512,
  });
}

function patternProblem(
  what: string,
  name: string,
  pattern: RegExp,
  alphabet: string,
  { longest }: { readonly longest: number },
): string | undefined {
  if (!pattern.test(name)) return `the name "${name}" of a ${what} may have only ${alphabet}`;
  return name.length > longest
    ? `the ${what} "${name}" would have a name of ${name.length} characters; AWS allows ${longest}`
    : undefined;
}
