/**
 * The links in messages, which anybody may open. AWS's do without a version; this endpoint has all
 * services on one host, and knows SNS by it.
 */
const version = "Version=2010-03-31";

export function unsubscribeUrl(endpoint: string, subscriptionArn: string): string {
  return `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}&${version}`;
}

export function subscribeUrl(endpoint: string, topicArn: string, token: string): string {
  return `${endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}&${version}`;
}
