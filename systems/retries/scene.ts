import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

/** Of the consumer's backoff, in seconds: half of each delay is random. */
const delays = [20, 60, 180];
const busySeconds = 400;

export const scene: Scene = {
  name: "retries",
  title: "Retries: later and later, when a service says so, or never",
  systems: ["retries"],
  play: async (runner) => {
    await setState(runner, "shop", { state: "busy", seconds: busySeconds });
    const down = await publish(runner, { id: "c-1", service: "bank" });
    const busy = await publish(runner, { id: "c-2", service: "shop" });
    const malformed = await publish(runner, { id: "c-3" });

    await runner.untilDone(malformed);
    const deadLetterQueue = runner.deadLetterQueueUrl("retries", "calls");
    const [letter] = await runner.aws.receive(deadLetterQueue, 0);
    runner.check("the malformed message was received once", receives(runner, malformed).length, 1);
    runner.check(
      "it is a dead letter with its reason",
      letter?.MessageAttributes?.FailureReason?.StringValue,
      'PermanentError: not a valid call: service: Invalid key: Expected "service" but received undefined',
    );

    await runner.until("the shop was called", () => hasFailed(runner, busy));
    await setState(runner, "shop", { state: "up" });
    await runner.until(
      "the bank was called four times",
      () => receives(runner, down).length > delays.length,
    );
    await setState(runner, "bank", { state: "up" });
    runner.say("the bank is up again");
    await runner.untilDone(down);
    await runner.untilDone(busy);

    runner.showPath("a call of a service that was down", down);
    const waits = waitsOf(runner, down);
    delays.forEach((delay, index) => {
      const waited = Math.round(waits[index] ?? 0);
      const isWithin = waited >= delay / 2 && waited <= delay + 5;
      runner.check(
        `retry ${index + 1} came after ${waited} s, of at most ${delay}`,
        isWithin,
        true,
      );
    });
    runner.showPath("a call of a service that was busy", busy);
    const [waited = 0] = waitsOf(runner, busy);
    runner.check(
      `the busy service was called again when it said: after ${Math.round(waited)} s`,
      waited >= busySeconds && waited <= busySeconds + 5,
      true,
    );
  },
};

function publish(runner: SceneRunner, message: object): Promise<string> {
  return runner.publish("retries", { message });
}

function setState(runner: SceneRunner, service: string, state: object): Promise<void> {
  return runner.aws.putItem(runner.output("retries", "servicesTable"), { service, ...state });
}

function receives(runner: SceneRunner, event: string): number[] {
  const received = runner.hopsOf(event).filter(({ kind }) => kind === "received");
  return received.map(({ time }) => time);
}

function hasFailed(runner: SceneRunner, event: string): boolean {
  return runner.hopsOf(event).some(({ kind }) => kind === "failed");
}

/** Seconds between the receives. */
function waitsOf(runner: SceneRunner, event: string): number[] {
  const times = receives(runner, event);
  return times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000);
}
