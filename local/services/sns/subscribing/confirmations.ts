import { randomBytes, randomUUID } from "node:crypto";
import { parseArn } from "../../../../aws/arn.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Delivering } from "../delivering/delivering.ts";
import type { Confirmation } from "../delivery.ts";
import { subscribeUrl } from "../endpoints.ts";
import { invalidParameter, notAuthorized } from "../errors.ts";
import type { Subscription } from "../subscription.ts";
import type { SubscriptionTable } from "../subscriptionTable.ts";
import type { TopicTable } from "../topicTable.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
const validMilliseconds = 2 * 24 * 60 * 60_000;

type Options = {
  readonly clock: Clock;
  readonly region: string;
  readonly endpoint: () => string;
  readonly topics: TopicTable;
  readonly subscriptions: SubscriptionTable;
  readonly delivering: Delivering;
};

export type ConfirmOptions = {
  /** Only a signed call may end the subscription. @default false */
  readonly authenticateOnUnsubscribe?: boolean;
  /** Whether the call was signed. @default true */
  readonly signed?: boolean;
};

/** Asks endpoints' owners whether they want their subscription, or its end, and hears their answers. */
export class Confirmations {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Sends a token to the endpoint; it holds for two days. */
  request(subscription: Subscription, type: Confirmation["type"] = "SubscriptionConfirmation") {
    const { clock, endpoint, subscriptions, delivering } = this.#options;
    const token = randomBytes(64).toString("hex");
    const expiresAt = clock.now() + validMilliseconds;
    const asked = subscriptions.save({ ...subscription, confirmation: { token, expiresAt } });
    const messageId = randomUUID();
    delivering.deliver(asked, {
      type,
      messageId,
      timestamp: clock.now(),
      token,
      subscribeUrl: subscribeUrl(endpoint(), subscription.topicArn, token),
      event: messageId,
    });
    return asked;
  }

  /**
   * Any holder of the token may confirm, any number of times.
   *
   * @param topicArn of any topic in the region: SNS finds the subscription by the token alone
   */
  confirm(topicArn: string, token: string, options: ConfirmOptions = {}): Subscription {
    const { signed = true, authenticateOnUnsubscribe = false } = options;
    const { service, region } = parseArn(topicArn) ?? {};
    if (service !== "sns" || region !== this.#options.region) throw invalidParameter("Topic");
    if (!/^[0-9a-f]+$/i.test(token)) throw new AwsError("InvalidParameter", "Invalid token");
    const now = this.#options.clock.now();
    const asked = this.#options.subscriptions.byToken(token);
    if (asked?.confirmation === undefined || asked.confirmation.expiresAt <= now) {
      throw invalidParameter("Token");
    }
    if (asked.status === "confirmed") return asked;
    return this.#options.subscriptions.save({
      ...asked,
      status: "confirmed",
      confirmedBySignature: signed,
      authenticateOnUnsubscribe,
    });
  }

  /**
   * Ends a subscription; one that does not exist has ended already. If anyone could have made the
   * call, its owner is told, and can take it back by the token.
   *
   * https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html
   */
  unsubscribe(subscriptionArn: string, { signed = true }: { signed?: boolean } = {}): void {
    const { topics, subscriptions, delivering } = this.#options;
    const subscription = subscriptions.find(subscriptionArn);
    if (subscription === undefined || subscription.status === "unsubscribed") return;
    if (!signed && subscription.authenticateOnUnsubscribe) {
      const reason = "The subscription was confirmed with AuthenticateOnUnsubscribe.";
      throw notAuthorized("anonymous", "SNS:Unsubscribe", subscriptionArn, reason);
    }
    topics.countUnsubscribed(subscription.topicArn);
    if (signed || !delivering.needsConfirmation(subscription)) {
      subscriptions.remove(subscription);
    } else {
      this.request({ ...subscription, status: "unsubscribed" }, "UnsubscribeConfirmation");
    }
  }
}
