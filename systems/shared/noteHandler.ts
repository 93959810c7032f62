import type * as aws from "@pulumi/aws";
import type { HandlerArgs } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";
import { onTable } from "./permissions.ts";

/** A handler that records in a table which messages its consumer received. */
export function noteHandler(
  consumer: string,
  notes: aws.dynamodb.Table,
  { logRetentionDays }: Settings,
  entry = "handlers/patterns/note.ts",
): HandlerArgs {
  return {
    entry,
    timeoutSeconds: 10,
    logRetentionDays,
    environment: { NOTES_TABLE: notes.name, CONSUMER: consumer },
    permissions: [onTable(notes, "PutItem")],
  };
}
