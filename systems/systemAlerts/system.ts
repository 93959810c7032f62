import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../shared/permissions.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** Delivers alerts to a log, by e-mail and by text message, depending on the attribute `severity`. */
export function deploy(settings: SystemSettings): SystemOutputs {
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
