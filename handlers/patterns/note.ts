import { handleBatch } from "../lib/batch.ts";
import { noteMessage } from "./noteMessage.ts";

export const handler = handleBatch(noteMessage);
