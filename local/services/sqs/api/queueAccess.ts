import { account, formatArn } from "../../../arn.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operation } from "../../../protocol/call.ts";
import { isManagedByAws, keyArn } from "../../kms/interface.ts";
import { queueDoesNotExist } from "../errors.ts";
import type { Queue } from "../queue.ts";
import type { Queues } from "../queues.ts";
import { Input } from "./input.ts";

export type SqsOptions = {
  readonly queues: Queues;
  readonly authorize: Authorize;
  readonly region: string;
};

/** What an operation does on the queue that its `QueueUrl` names. */
export type QueueOperation = (queue: Queue, input: Input, call: Call) => Promise<object> | object;

/** What an operation does that names no queue by URL. */
export type AccountOperation = (input: Input, call: Call) => Promise<object> | object;

/** Finds the queue of a call and authorizes the caller. */
export class QueueAccess {
  readonly #options: SqsOptions;

  constructor(options: SqsOptions) {
    this.#options = options;
  }

  /** @param actions what the caller must be allowed on the queue, without the prefix `sqs:` */
  onQueue(actions: string | readonly string[], operate: QueueOperation): Operation {
    return (members, call) => {
      const input = new Input(members);
      const queue = this.#options.queues.get(this.#arnOf(input.requiredText("QueueUrl")));
      for (const action of [actions].flat()) this.check(call, action, queue.arn);
      return operate(queue, input, call);
    };
  }

  onAccount(operate: AccountOperation): Operation {
    return (members, call) => operate(new Input(members), call);
  }

  /** The ARN of a queue of this account, by name. */
  arn(name: string): string {
    return formatArn("sqs", this.#options.region, name);
  }

  /** @throws AccessDenied */
  check(call: Call, action: string, resource: string): void {
    const decision = this.#decide(call, `sqs:${action}`, resource);
    if (decision.allowed) return;
    throw new AwsError(
      "AccessDenied",
      `User: ${call.callerArn} is not authorized to perform: sqs:${action.toLowerCase()} on resource: ${resource}. ${decision.reason}`,
      { status: 403 },
    );
  }

  /**
   * The caller needs the queue's key, where it has one of its own, for what SQS does in his name.
   *
   * @throws KmsAccessDenied
   */
  checkKey(call: Call, queue: Queue, actions: readonly string[]): void {
    const key = queue.attributes.KmsMasterKeyId;
    // The key that AWS manages for SQS is open to everyone in the account.
    if (key === undefined || isManagedByAws(key)) return;
    const resource = keyArn(key, this.#options.region);
    for (const action of actions) {
      const decision = this.#decide(call, action, resource);
      if (decision.allowed) continue;
      throw new AwsError(
        "KmsAccessDenied",
        `User: ${call.callerArn} is not authorized to perform: ${action} on resource: ${resource}. ${decision.reason}`,
        { queryCode: "KMS.AccessDeniedException" },
      );
    }
  }

  #decide(call: Call, action: string, resource: string) {
    return this.#options.authorize({
      principal: call.principal,
      action,
      resource,
      context: overTls,
    });
  }

  /** A queue is known by the path of its URL, whatever the host, or by its bare name. */
  #arnOf(url: string): string {
    const [name = "", owner = account] = url.split("/").reverse();
    if (name === "" || owner !== account) throw queueDoesNotExist();
    return this.arn(name);
  }
}
