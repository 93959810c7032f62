import type { Outbox } from "../../../outbox.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import type { Call, Operation } from "../../../protocol/call.ts";
import type { Trace } from "../../../trace/trace.ts";
import { missingAuthenticationToken, notAuthorized } from "../errors.ts";
import type { Topics } from "../topics.ts";
import { Input } from "./input.ts";

export type SnsOptions = {
  readonly topics: Topics;
  readonly authorize: Authorize;
  readonly region: string;
  /** Takes the text messages that go to a phone number without a topic. */
  readonly outbox: Outbox;
  readonly trace: Trace;
};

/** Asks whether the caller of an action may. */
export class TopicAccess {
  readonly #authorize: Authorize;

  constructor(authorize: Authorize) {
    this.#authorize = authorize;
  }

  /** An action on the topic (`TopicArn`) that the request names. */
  onTopic(action: string, operate: (topicArn: string, input: Input, call: Call) => object) {
    return operation((input, call) => {
      const topicArn = input.requiredText("TopicArn");
      this.check(call, action, topicArn);
      return operate(topicArn, input, call);
    });
  }

  /**
   * @param context condition keys of the action beside those of every call
   * @throws AuthorizationError, MissingAuthenticationToken
   */
  check(
    call: Call,
    action: string,
    resource: string,
    context: Readonly<Record<string, string>> = {},
  ): void {
    const decision = this.#authorize({
      principal: call.principal,
      action: `sns:${action}`,
      resource,
      context: { ...overTls, ...context },
    });
    if (decision.allowed) return;
    if (call.principal.kind === "anonymous") throw missingAuthenticationToken();
    throw notAuthorized(call.callerArn, `SNS:${action}`, resource, decision.reason);
  }
}

/** An operation that reads its members by type. */
export function operation(operate: (input: Input, call: Call) => object): Operation {
  return (members, call) => operate(new Input(members), call);
}
