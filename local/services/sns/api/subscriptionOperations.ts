import { account } from "../../../arn.ts";
import type { Call, Operation, Operations } from "../../../protocol/call.ts";
import type { Subscription } from "../subscription.ts";
import { checkSubscriptionArn } from "../topic.ts";
import { type Input, page } from "./input.ts";
import { operation, type SnsOptions, type TopicAccess } from "./topicAccess.ts";

export function subscriptionOperations(
  { topics, region }: SnsOptions,
  access: TopicAccess,
): Operations {
  return {
    Subscribe: operation((input, call) => {
      const topicArn = input.requiredText("TopicArn");
      const protocol = input.requiredText("Protocol");
      const endpoint = input.requiredText("Endpoint");
      const conditions = { "sns:Protocol": protocol, "sns:Endpoint": endpoint };
      access.check(call, "Subscribe", topicArn, conditions);
      const attributes = input.textMap("Attributes");
      const subscription = topics.subscribe(
        topicArn,
        protocol,
        endpoint,
        attributes,
        call.callerArn,
      );
      const known = subscription.status === "confirmed" || input.flag("ReturnSubscriptionArn");
      return { SubscriptionArn: known ? subscription.arn : "pending confirmation" };
    }),

    ConfirmSubscription: operation((input, call) => {
      const topicArn = input.requiredText("TopicArn");
      const token = input.requiredText("Token");
      const authenticateOnUnsubscribe = input.flag("AuthenticateOnUnsubscribe");
      const signed = isSigned(call);
      if (signed || authenticateOnUnsubscribe) access.check(call, "ConfirmSubscription", topicArn);
      const { arn } = topics.confirm(topicArn, token, { authenticateOnUnsubscribe, signed });
      return { SubscriptionArn: arn };
    }),

    Unsubscribe: operation((input, call) => {
      const arn = input.requiredText("SubscriptionArn");
      checkSubscriptionArn(arn, region);
      const signed = isSigned(call);
      if (signed) access.check(call, "Unsubscribe", topicOf(arn));
      topics.unsubscribe(arn, { signed });
      return {};
    }),

    GetSubscriptionAttributes: onSubscription("GetSubscriptionAttributes", (arn) => ({
      Attributes: new Map(Object.entries(topics.subscriptionAttributes(arn))),
    })),

    SetSubscriptionAttributes: onSubscription("SetSubscriptionAttributes", (arn, input) => {
      const name = input.requiredText("AttributeName");
      topics.setSubscriptionAttributes(arn, { [name]: input.text("AttributeValue") ?? "" });
      return {};
    }),

    ListSubscriptions: operation((input, call) => {
      access.check(call, "ListSubscriptions", "*");
      return list(topics.subscriptions(), input);
    }),

    ListSubscriptionsByTopic: access.onTopic("ListSubscriptionsByTopic", (topicArn, input) =>
      list(topics.subscriptions(topicArn), input),
    ),
  };

  function onSubscription(
    action: string,
    operate: (arn: string, input: Input, call: Call) => object,
  ): Operation {
    return operation((input, call) => {
      const arn = input.requiredText("SubscriptionArn");
      checkSubscriptionArn(arn, region);
      access.check(call, action, topicOf(arn));
      return operate(arn, input, call);
    });
  }
}

/** Links in messages are opened without a signature. */
function isSigned(call: Call): boolean {
  return call.principal.kind !== "anonymous";
}

function topicOf(subscriptionArn: string): string {
  return subscriptionArn.split(":").slice(0, 6).join(":");
}

function list(subscriptions: readonly Subscription[], input: Input): object {
  const { items, NextToken } = page(subscriptions, input.text("NextToken"));
  return { Subscriptions: items.map(describe), NextToken };
}

function describe({ arn, topicArn, protocol, endpoint, status }: Subscription) {
  return {
    SubscriptionArn: status === "pending" ? "PendingConfirmation" : arn,
    Owner: account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
