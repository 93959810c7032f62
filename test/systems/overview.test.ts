import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { createOverview } from "../../systems/shared/overview.ts";
import { topicOutputs } from "../../systems/shared/system.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

describe("the overview of a stack", () => {
  it("shows every topic, and every queue with its dead letters, in four graphs", async () => {
    const run = await runProgram(() => {
      const topic = (name: string) => new FanoutTopic(name, { consumers: [{ name: "mail" }] });
      createOverview({ news: topicOutputs(topic("news")), jobs: topicOutputs(topic("jobs")) });
      return {};
    });
    const dashboard = resource(run, "aws:cloudwatch/dashboard:Dashboard", "overview");
    expect(dashboard.inputs.dashboardName).to.equal("fanout-dev");
    const visible = "ApproximateNumberOfMessagesVisible";
    expect(graphsOf(json(dashboard, "dashboardBody"))).to.deep.equal([
      [
        "published",
        ["NumberOfMessagesPublished news-1a2b3c4", "NumberOfMessagesPublished jobs-1a2b3c4"],
      ],
      [
        "not delivered",
        ["NumberOfNotificationsFailed news-1a2b3c4", "NumberOfNotificationsFailed jobs-1a2b3c4"],
      ],
      ["waiting", [`${visible} news-1a2b3c4-mail`, `${visible} jobs-1a2b3c4-mail`]],
      ["dead letters", [`${visible} news-1a2b3c4-mail-dlq`, `${visible} jobs-1a2b3c4-mail-dlq`]],
    ]);
  });
});

/** Title and metrics of each graph. */
function graphsOf(body: unknown): unknown[] {
  const { widgets } = body as {
    widgets: { properties: { title: string; metrics: string[][] } }[];
  };
  return widgets.map(({ properties: { title, metrics } }) => [
    title,
    metrics.map(([, name, , value]) => `${name} ${value}`),
  ]);
}
