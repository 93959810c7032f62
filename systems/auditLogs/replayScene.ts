import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

/** FIFO queues drop messages that they received within five minutes. */
const deduplicationSeconds = 300;

const events = ["r-1", "r-2", "r-3"];

export const replayScene: Scene = {
  name: "replay",
  title:
    "Replay: a topic's archive is delivered again to one consumer, in order, then new messages",
  systems: ["audit-logs"],
  play: async (runner) => {
    const start = runner.run.cloud.clock.now();
    const published: string[] = [];
    for (const eventId of events) published.push(await publish(runner, eventId));
    for (const event of published) await runner.untilDone(event);
    runner.check("the trail has each event", await trail(runner), events);
    await runner.untilPassed(deduplicationSeconds);

    const { subscriptionArn = "" } = runner.system("audit-logs").consumers.trail ?? {};
    await runner.aws.replay(subscriptionArn, new Date(start));
    runner.say("the trail asks for all events since the beginning again");
    await runner.until("the events are received again", () =>
      published.every((event) => receives(runner, event).length === 2),
    );
    for (const event of published) await runner.untilDone(event);
    runner.showPath("the first event", published[0] ?? "");
    runner.check(
      "the replay is complete",
      await runner.aws.replayStatus(subscriptionArn),
      "Completed",
    );
    const again = published.map((event) => receives(runner, event)[1] ?? 0);
    runner.check(
      "they came in order",
      again,
      [...again].sort((a, b) => a - b),
    );
    runner.check("the trail has each event once", await trail(runner), events);

    await runner.untilDone(await publish(runner, "r-4"));
    runner.check("a new event follows", await trail(runner), [...events, "r-4"]);
  },
};

function publish(runner: SceneRunner, eventId: string): Promise<string> {
  const subject = "invoice/replayed";
  return runner.publish("audit-logs", {
    groupId: subject,
    message: {
      eventId,
      time: "2026-01-31T10:30:00Z",
      actor: "ada@example.com",
      action: "invoice.approved",
      subject,
    },
  });
}

/** The ids of this scene's events in the trail. */
async function trail(runner: SceneRunner): Promise<string[]> {
  const keys = await runner.aws.keysIn(runner.output("audit-logs", "trail"));
  return keys.flatMap((key) => /r-\d/.exec(key) ?? []).sort();
}

/** When an event was received, as positions in the run. */
function receives(runner: SceneRunner, event: string): number[] {
  const received = runner.hopsOf(event).filter(({ kind }) => kind === "received");
  return received.map(({ sequence }) => sequence);
}
