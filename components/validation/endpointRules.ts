import { defaultDelaySeconds, type HttpsRetries } from "../consumers/endpointConsumer.ts";
import { addresses, formProblem } from "./addresses.ts";
import type { ConsumerFacts, ExternalConsumerSpec } from "./facts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

const subscribe = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html";
const deliveryPolicy = "https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html";

/** Rules about consumers with an endpoint outside the component. */
export const endpointRules: readonly Rule<ConsumerFacts>[] = [
  ...(["email", "sms", "https", "firehose"] as const).map(endpointRule),
  {
    about: "kind email",
    rule: "the owner of the address has to confirm within two days; before, nothing is delivered and the subscription cannot be deleted",
    severity: "warning",
    source: subscribe,
    check: ({ external }) => {
      if (external?.kind !== "email") return undefined;
      const address = known(external.endpoint);
      if (address !== undefined && !addresses.email.pattern.test(address)) return undefined;
      const owner = address === undefined ? "the address" : show(address);
      return `the owner of ${owner} has to confirm the subscription within two days, by the link in an e-mail from AWS; a destroy does not delete an unconfirmed subscription`;
    },
  },
  {
    about: "retries",
    rule: "0 to 100 attempts; delays of 1 to 3,600 seconds, the minimum not above the maximum; an hour in all",
    severity: "error",
    source: deliveryPolicy,
    check: ({ external }) =>
      external?.kind === "https" ? retryProblems(external.retries) : undefined,
  },
];

function endpointRule(kind: ExternalConsumerSpec["kind"]): Rule<ConsumerFacts> {
  return {
    about: `endpoint of kind ${kind}`,
    rule: addresses[kind].what,
    severity: "error",
    source: subscribe,
    check: ({ external }) =>
      external?.kind === kind
        ? formProblem("endpoint", addresses[kind], external.endpoint)
        : undefined,
  };
}

function retryProblems(retries: HttpsRetries | undefined): string[] {
  if (retries === undefined) return [];
  const {
    attempts,
    minimumDelaySeconds: least = defaultDelaySeconds,
    maximumDelaySeconds: most = defaultDelaySeconds,
  } = retries;
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
