import type { ConsumerFacts } from "./facts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

const subscribe = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html";
const deliveryPolicy = "https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html";

const emailAddress = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** Consumers that are addresses. */
export const endpointRules: readonly Rule<ConsumerFacts>[] = [
  endpointRule("email", "an e-mail address", emailAddress),
  endpointRule(
    "sms",
    'a phone number in E.164 form, such as "+4915112345678"',
    /^\+[1-9]\d{6,14}$/,
  ),
  endpointRule(
    "https",
    "an https URL (http for 127.0.0.1, in a local run)",
    /^https:\/\/[^\s/]+|^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?(\/|$)/,
  ),
  endpointRule(
    "firehose",
    "the ARN of a delivery stream",
    /^arn:[\w-]+:firehose:[\w-]+:\d{12}:deliverystream\/[\w.-]+$/,
  ),
  {
    about: "kind email",
    rule: "the owner of the address confirms within two days; until then it gets nothing, and cannot be unsubscribed",
    severity: "warning",
    source: subscribe,
    check: ({ outside }) => {
      if (outside?.kind !== "email") return undefined;
      const address = known(outside.endpoint);
      if (address !== undefined && !emailAddress.test(address)) return undefined;
      const owner = address === undefined ? "the address" : show(address);
      return `the owner of ${owner} has to confirm the subscription within two days, by the link in a mail from AWS; an unconfirmed one stays behind after a destroy`;
    },
  },
  {
    about: "retries",
    rule: "0 to 100 attempts; delays of 1 to 3,600 seconds, the minimum not above the maximum; an hour in all",
    severity: "error",
    source: deliveryPolicy,
    check: ({ outside }) =>
      outside?.kind === "https" ? retryProblems(outside.retries) : undefined,
  },
];

function endpointRule(kind: string, what: string, pattern: RegExp): Rule<ConsumerFacts> {
  return {
    about: `endpoint of kind ${kind}`,
    rule: what,
    severity: "error",
    source: subscribe,
    check: ({ outside }) => {
      const given = outside?.kind === kind ? known(outside.endpoint) : undefined;
      return given === undefined || pattern.test(given)
        ? undefined
        : `endpoint must be ${what} (given ${show(given)})`;
    },
  };
}

type Retries = { attempts: number; minimumDelaySeconds?: number; maximumDelaySeconds?: number };

function retryProblems(retries: Retries | undefined): string[] {
  if (retries === undefined) return [];
  const { attempts, minimumDelaySeconds: least = 20, maximumDelaySeconds: most = 20 } = retries;
  return [
    ...(attempts < 0 || attempts > 100
      ? [`retries.attempts must be 0 to 100 (given ${attempts})`]
      : []),
    ...(least < 1 || most > 3600 || least > most
      ? [
          `retries: delays must be 1 to 3,600 seconds, the minimum not above the maximum (given ${least} and ${most})`,
        ]
      : []),
    ...(attempts * most > 3600
      ? [`retries must end within an hour (given up to ${attempts} x ${most} seconds)`]
      : []),
  ];
}
