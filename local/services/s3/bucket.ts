import type { NotificationRule } from "./notification/rule.ts";

export type Bucket = {
  readonly name: string;
  readonly arn: string;
  /** Cloud time in milliseconds since 1970. */
  readonly created: number;
  readonly versioning: Versioning;
  readonly notification: readonly NotificationRule[];
};

/** A bucket that once kept versions can only suspend it. */
export type Versioning = "Disabled" | "Enabled" | "Suspended";
