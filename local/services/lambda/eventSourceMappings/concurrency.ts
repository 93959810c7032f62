/**
 * How many batches of one mapping are worked on at once. Failures and throttles reduce it one by one,
 * successes bring it back.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-backoff-strategy
 */
export class Concurrency {
  readonly #most: number;
  #limit: number;

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  get limit(): number {
    return this.#limit;
  }

  reduce(): void {
    this.#limit = Math.max(this.#limit - 1, 1);
  }

  restore(): void {
    this.#limit = Math.min(this.#limit + 1, this.#most);
  }
}
