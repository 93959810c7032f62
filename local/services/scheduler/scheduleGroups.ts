import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Clock } from "../../time/clock.ts";

/** The group of schedules that name none. It is always there. */
export const defaultGroup = "default";

export type ScheduleGroup = {
  readonly arn: string;
  readonly name: string;
  /** Cloud time, in milliseconds since 1970. */
  readonly created: number;
};

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-group.html */
export class ScheduleGroups {
  readonly #options: { readonly clock: Clock; readonly region: string };
  readonly #groups = new Map<string, ScheduleGroup>();

  constructor(options: { readonly clock: Clock; readonly region: string }) {
    this.#options = options;
    this.#add(defaultGroup);
  }

  /** @throws AwsError ConflictException */
  create(name: string): ScheduleGroup {
    if (this.#groups.has(name)) {
      const message = `Schedule group ${name} already exists.`;
      throw new AwsError("ConflictException", message, { status: 409 });
    }
    return this.#add(name);
  }

  find(name: string): ScheduleGroup | undefined {
    return this.#groups.get(name);
  }

  /** @throws AwsError ResourceNotFoundException */
  require(name: string): void {
    if (this.#groups.has(name)) return;
    const message = `Schedule group ${name} does not exist.`;
    throw new AwsError("ResourceNotFoundException", message, { status: 404 });
  }

  delete(name: string): void {
    this.#groups.delete(name);
  }

  #add(name: string): ScheduleGroup {
    const { clock, region } = this.#options;
    const arn = formatArn("scheduler", region, `schedule-group/${name}`);
    const group = { arn, name, created: clock.now() };
    this.#groups.set(name, group);
    return group;
  }
}
