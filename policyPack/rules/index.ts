import type { Rule } from "../rule.ts";
import { deadLettersAreKeptLonger, workedQueuesHaveDeadLetters } from "./deadLetters.ts";
import {
  keysRotate,
  queuesAreEncrypted,
  tablesAreEncrypted,
  topicsAreEncrypted,
} from "./encryption.ts";
import { grantsAreNarrow, noFullAccess } from "./grants.ts";
import { functionsNameTheirLogs, logsEnd } from "./logs.ts";
import { everythingIsTagged } from "./tags.ts";
import { everyTargetHasAPolicy, policiesRequireTls } from "./transport.ts";

export const rules: readonly Rule[] = [
  queuesAreEncrypted,
  tablesAreEncrypted,
  topicsAreEncrypted,
  keysRotate,
  policiesRequireTls,
  everyTargetHasAPolicy,
  workedQueuesHaveDeadLetters,
  deadLettersAreKeptLonger,
  grantsAreNarrow,
  noFullAccess,
  logsEnd,
  functionsNameTheirLogs,
  everythingIsTagged,
];
