import type { Input } from "@pulumi/pulumi";

/** Each number may be raised, or be `false` for no alarm of that kind. */
export interface AlarmsArgs {
  /**
   * ARNs of topics that are told when an alarm begins and when it is over: up to 5, in the topic's
   * region. Not the topic that is watched. CloudWatch needs the right to publish to them:
   * `publishers: [{ service: "cloudwatch.amazonaws.com" }]`. @default none: alarms are seen in CloudWatch
   */
  actions?: Input<string>[];
  /** Messages that lie in a dead-letter queue, of any kind. @default 0 */
  deadLetters?: number | false;
  /** Age of the oldest message that waits in a queue, in seconds, below the queue's retention. @default 900 */
  oldestMessageSeconds?: number | false;
  /** Deliveries that SNS gave up within five minutes, kept in a dead-letter queue or not. @default 0 */
  failedDeliveries?: number | false;
  /** Invocations that failed within five minutes. A batch that names its failed messages is none. @default 0 */
  functionErrors?: number | false;
  /** Invocations that were throttled, within each of three times five minutes. @default 0 */
  throttles?: number | false;
  /** The longest invocation, in percent of the function's timeout, in each of three times five minutes: 1 to 100. @default 90 */
  durationPercent?: number | false;
}
