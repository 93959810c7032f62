const bytes = 1024;
const groups = 100;

/** A message of 1 KB that begins with the time at which it was sent, in milliseconds since 1970. */
export function message(topicArn: string, number: number) {
  const sentAt = performance.timeOrigin + performance.now();
  return {
    TopicArn: topicArn,
    Message: `${sentAt} ${process.pid} ${number} `.padEnd(bytes, "."),
    ...(topicArn.endsWith(".fifo") && {
      MessageGroupId: `${process.pid}-${number % groups}`,
      MessageDeduplicationId: `${process.pid}-${number}-${sentAt}`,
    }),
  };
}
