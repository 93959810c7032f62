import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../permissions.ts";
import { createTable } from "../storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/** Alerts on as many channels as their attribute `severity` deserves: a log, e-mail, text messages. */
export function systemAlerts(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, alertEmail, alertPhone } = settings;
  const alerts = createTable("system-alerts", "alertId", settings);

  const topic = new FanoutTopic("system-alerts", {
    ...settings.topicArgs,
    consumers: [
      {
        name: "log",
        kind: "function",
        handler: {
          entry: "handlers/systemAlerts/log.ts",
          logRetentionDays,
          environment: { ALERTS_TABLE: alerts.name },
          permissions: [onTable(alerts, "PutItem")],
        },
      },
      {
        name: "email",
        kind: "email",
        endpoint: alertEmail,
        filter: { severity: ["warning", "critical"] },
      },
      {
        name: "sms",
        kind: "sms",
        endpoint: alertPhone,
        filter: { severity: ["critical"] },
      },
    ],
  });
  return { ...topicOutputs(topic), alertsTable: alerts.name };
}
