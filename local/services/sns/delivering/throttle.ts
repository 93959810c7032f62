/**
 * Spreads the deliveries to each endpoint so that no second has more of them than its delivery policy allows.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy
 */
export class Throttle {
  /** By subscription, how many deliveries each second of cloud time has. */
  readonly #reserved = new Map<string, Map<number, number>>();

  /**
   * When a delivery may be made: at once, or in the next second that has room, which it then takes.
   *
   * @param wanted in milliseconds of cloud time
   */
  reserve(subscriptionArn: string, perSecond: number, wanted: number, now: number): number {
    const seconds = this.#reserved.get(subscriptionArn) ?? new Map<number, number>();
    this.#reserved.set(subscriptionArn, seconds);
    for (const second of seconds.keys()) {
      if (second < Math.floor(now / 1000)) seconds.delete(second);
    }
    let second = Math.floor(wanted / 1000);
    while ((seconds.get(second) ?? 0) >= perSecond) second++;
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
    return Math.max(wanted, second * 1000);
  }
}
