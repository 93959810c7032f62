import type { Published, Unpublished } from "./outcome.ts";

/** Messages that were not published because they are invalid. None of their call was published. */
export class InvalidMessagesError extends Error {
  override readonly name = "InvalidMessagesError";
  readonly problems: readonly { readonly index: number; readonly problem: string }[];

  /** @param count the messages of the call */
  constructor(count: number, problems: InvalidMessagesError["problems"]) {
    const lines = problems.map(({ index, problem }) => `\n  - message ${index}: ${problem}`);
    super(
      `${problems.length} of ${count} messages are invalid; none was published${lines.join("")}`,
    );
    this.problems = problems;
  }
}

/** Some messages were published and others were not, after all attempts. */
export class PublishError extends Error {
  override readonly name = "PublishError";
  /** By the index of the message in the call; undefined where it was not published. */
  readonly published: readonly (Published | undefined)[];
  readonly failed: readonly Unpublished[];

  constructor(
    published: readonly (Published | undefined)[],
    failed: readonly Unpublished[],
    options?: ErrorOptions,
  ) {
    const lines = failed.map(
      ({ index, code, reason }) => `\n  - message ${index}: ${code}: ${reason}`,
    );
    super(
      `${failed.length} of ${published.length} messages were not published${lines.join("")}`,
      options,
    );
    this.published = published;
    this.failed = failed;
  }
}
