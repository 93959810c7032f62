/**
 * The trust policy of a role that EventBridge Scheduler assumes: for schedules of the account only.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function trustScheduler(account: string) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SchedulerAssumes",
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  } as const;
}
