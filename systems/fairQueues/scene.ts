import type { Message } from "@aws-sdk/client-sqs";
import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

const backlog = 100;
/** A group with 30 messages in flight or more can be noisy. */
const busyWith = 40;
const others = ["birch", "cedar", "dogwood"];

export const scene: Scene = {
  name: "fair-queues",
  title: "Fair queues: a tenant with a backlog delays others only where messages name no tenant",
  systems: ["fair-queues"],
  play: async (runner) => {
    runner.say(
      `acorn publishes ${backlog} messages, the others one each while ${busyWith} are in work`,
    );
    const without = await play(runner, () => undefined);
    runner.check(
      "without a MessageGroupId, the others wait for the whole backlog",
      without.before,
      { birch: backlog, cedar: backlog, dogwood: backlog },
    );
    runner.check("SQS knows no groups", without.noisyGroups, undefined);

    const withGroups = await play(runner, (tenant) => tenant);
    runner.check("with the tenant as the MessageGroupId, the others are next", withGroups.before, {
      birch: busyWith,
      cedar: busyWith,
      dogwood: busyWith,
    });
    runner.check(
      "SQS counts one noisy group, of which metrics and alarms know",
      withGroups.noisyGroups,
      1,
    );
  },
};

type Result = {
  /** How many messages of the backlog were received before the one of another tenant. */
  readonly before: Readonly<Record<string, number>>;
  readonly noisyGroups: number | undefined;
};

async function play(
  runner: SceneRunner,
  groupOf: (tenant: string) => string | undefined,
): Promise<Result> {
  const tenants = Array.from({ length: backlog }, () => "acorn");
  await publish(runner, tenants, groupOf);
  const inWork = await receive(runner, busyWith);
  await publish(runner, others, groupOf);
  const noisyGroups = countNoisyGroups(runner);
  const received = [...inWork, ...(await receive(runner, backlog + others.length - busyWith))];
  for (const message of received) await runner.aws.deleteMessage(queueUrl(runner), message);
  const bodies = received.map(({ Body }) => Body);
  const before = others.map((tenant) => [tenant, acornsBefore(bodies, tenant)]);
  return { before: Object.fromEntries(before), noisyGroups };
}

function acornsBefore(bodies: readonly (string | undefined)[], tenant: string): number {
  return bodies.slice(0, bodies.indexOf(tenant)).filter((body) => body === "acorn").length;
}

/** One message of each tenant. */
async function publish(
  runner: SceneRunner,
  tenants: readonly string[],
  groupOf: (tenant: string) => string | undefined,
): Promise<void> {
  const messages = tenants.map((tenant) => {
    const groupId = groupOf(tenant);
    return { message: tenant, ...(groupId !== undefined && { groupId }) };
  });
  await runner.publishAll("fair-queues", messages);
}

/** Receives messages, ten at a time, as an application does whose work on them has not ended yet. */
async function receive(runner: SceneRunner, wanted: number): Promise<Message[]> {
  const received: Message[] = [];
  while (received.length < wanted) {
    const batch = await runner.aws.receive(queueUrl(runner));
    if (batch.length === 0) break;
    received.push(...batch);
  }
  return received;
}

function queueUrl(runner: SceneRunner): string {
  return runner.queueUrl("fair-queues", "jobs");
}

function countNoisyGroups(runner: SceneRunner): number | undefined {
  const { queues } = runner.run.cloud;
  const queue = queues.list().find(({ url }) => url === queueUrl(runner));
  return queue && queues.counts(queue.arn).fairness?.noisyGroups;
}
